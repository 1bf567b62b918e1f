import { personalVariables } from "../audience/candidates-sql.ts";
import { compiledContent } from "../audience/compiled-content.ts";
import { neededColumns } from "../audience/needed-columns.ts";
import { readLongestValues, readPersonValues } from "../audience/person-values.ts";
import { EXIT, Stop } from "../diag/errors.ts";
import type { Campaign } from "../model/campaign.ts";
import type { Preview } from "../model/preview.ts";
import type { Workspace } from "../model/workspace.ts";
import type { UserData } from "../ports/user-data.ts";
import { buildPreview } from "../preview/build-preview.ts";
import { madeUpValue } from "../preview/made-up-values.ts";
import { type PreviewPerson, type PreviewScope, withoutPsid } from "../preview/preview-person.ts";
import { samplePerson } from "../preview/sample-person.ts";
import { worstPeople } from "../preview/worst-people.ts";
import { showJson } from "../view/escape.ts";
import { showPreviewText } from "../view/preview-text.ts";
import { type Call, usage } from "./options.ts";
import { campaignOf, refuseUnknownVariant, workspaceOf } from "./workspace-of.ts";

interface PreviewFlags {
  readonly as?: readonly string[];
  readonly worst?: boolean;
  readonly variant?: string;
  readonly locale?: string;
  readonly event?: string;
  readonly html?: boolean;
}

/** A campaign's message as people would see it; no network, no token, no ledger. */
export async function preview(call: Call<PreviewFlags>): Promise<number> {
  const { args, flags, options, surroundings } = call;
  const needsUsers = flags.worst === true || flags.as !== undefined;
  if (flags.event !== undefined && flags.as === undefined) throw usage("--event needs --as USER.");
  if (flags.html && options.format === "json") throw usage("--html is no --format json.");
  const workspace = await workspaceOf(call, needsUsers ? "with users" : "files alone");
  const campaign = campaignOf(workspace, args[0] ?? "");
  refuseUnknownVariant(campaign, flags.variant);
  const now = options.now ?? (await surroundings.clock(undefined)).now();
  const scope = scopeOf(campaign, workspace, now);
  const people = needsUsers ? await chosenPeople(scope, call) : [samplePerson(scope)];
  await print(buildPreview(scope, people, flags), call);
  return EXIT.ok;
}

function scopeOf(campaign: Campaign, workspace: Workspace, now: number): PreviewScope {
  const content = compiledContent(campaign, workspace);
  const variables = personalVariables({ workspace, content });
  const attributes = variables.map(({ attribute }) => attribute);
  return { workspace, campaign, content, attributes, now };
}

async function chosenPeople(scope: PreviewScope, call: Call<PreviewFlags>) {
  const { campaign, workspace } = scope;
  const { as = [], worst } = call.flags;
  const [first] = as;
  const users = await call.surroundings.openUserData(workspace, {
    ...neededColumns({ ...workspace, campaigns: [campaign] }),
    ...(as.length === 1 && first !== undefined && !worst && { onlyUser: first }),
  });
  try {
    if (users.diagnostics.some((one) => one.severity === "error")) {
      throw new Stop(
        "invalid",
        "The user data is not valid; nothing was shown.",
        users.diagnostics,
      );
    }
    const people: PreviewPerson[] = [];
    for (const id of as) people.push(await userOf(id, { users, scope, call }));
    if (!worst) return people;
    return [...people, ...worstPeople(scope, await readLongestValues(users.engine, scope))];
  } finally {
    users.engine.close();
  }
}

/** Values of an event that never happened are made up, so that there is something to see. */
async function userOf(
  userId: string,
  from: {
    readonly users: UserData;
    readonly scope: PreviewScope;
    readonly call: Call<PreviewFlags>;
  },
): Promise<PreviewPerson> {
  const { scope, users, call } = from;
  const eventId = call.flags.event;
  const found = await readPersonValues(users.engine, scope, { userId, eventId });
  if (found === undefined) throw usage(`The user data has no user "${userId}".`);
  const { zone, variant, locale, values } = found;
  const { send } = scope.campaign;
  const lacksEvent = send.kind === "on" && found.eventId === null;
  if (lacksEvent && eventId !== undefined) {
    throw usage(`The user "${userId}" has no event "${eventId}" that starts ${scope.campaign.id}.`);
  }
  const made = lacksEvent ? scope.attributes.filter(({ name }) => name.startsWith("event.")) : [];
  const madeUp = Object.fromEntries(made.map((one) => [one.name, madeUpValue(one, scope.now)]));
  return {
    name: `user ${userId}${lacksEvent ? ` (who has no event ${send.event})` : ""}`,
    zone,
    values: withoutPsid({ ...values, ...madeUp }, scope.workspace),
    madeUp: new Set(Object.keys(madeUp)),
    own: { variant, locale: scope.content.localeFor(variant, locale) },
  };
}

async function print(shown: Preview, { flags, options, surroundings }: Call<PreviewFlags>) {
  const { out, width, outIsTerminal } = surroundings.terminal;
  if (flags.html || options.format === "html") {
    out((await import("../view/html/preview-html.ts")).showPreviewHtml(shown));
  } else if (options.format === "json") out(showJson(shown));
  else out(showPreviewText(shown, { width, color: options.color && outIsTerminal }));
}
