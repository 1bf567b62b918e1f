import { sendBody } from "../apply/send-body.ts";
import { dueNow } from "../audience/due-now.ts";
import type { Inspection } from "../audience/inspect.ts";
import { EXIT, Stop } from "../diag/errors.ts";
import { didYouMean } from "../diag/nearest.ts";
import type { Campaign } from "../model/campaign.ts";
import type { Outcome } from "../model/delivery.ts";
import type { JsonObject } from "../model/json.ts";
import { ownValue } from "../model/own-value.ts";
import type { Workspace } from "../model/workspace.ts";
import { escapeText, showJson } from "../view/escape.ts";
import { openAudience } from "./open-audience.ts";
import { type Call, usage } from "./options.ts";
import { graphUrlOf, targetOf } from "./target.ts";
import { campaignOf, refuseUnknownVariant, workspaceOf } from "./workspace-of.ts";

interface TestSendFlags {
  readonly to: string;
  readonly as?: string;
  readonly variant?: string;
  readonly locale?: string;
  readonly event?: string;
  readonly dryRun?: boolean;
}

/** One message to a declared tester; rules are shown, not enforced; no ledger, no caps. */
export async function testSend(call: Call<TestSendFlags>): Promise<number> {
  const { args, flags, surroundings } = call;
  const workspace = await workspaceOf(call);
  const campaign = campaignOf(workspace, args[0] ?? "");
  const psid = testerPsid(workspace, flags.to);
  refuseUnknownVariant(campaign, flags.variant);
  const inspection = await inspectFor(campaign, workspace, call);
  showVerdict(inspection, call);
  const body = sendBody(campaign, { psid, message: messageOf(inspection) });
  if (flags.dryRun) return dryRun(body, workspace, call);
  const gateway = await surroundings.openGateway(workspace, targetOf(workspace, surroundings));
  try {
    return showOutcome((await gateway.send(body)).outcome, call);
  } finally {
    await gateway.close();
  }
}

function testerPsid({ page }: Workspace, name: string): string {
  const psid = ownValue(page.testers, name);
  if (psid !== undefined) return psid;
  const known = Object.keys(page.testers);
  throw usage(`page.testers in posthorn.yaml names no "${name}".${didYouMean(name, known)}`);
}

/** Judges the user that the message is rendered for: `--as`, else the tester's own record. */
async function inspectFor(
  campaign: Campaign,
  workspace: Workspace,
  { flags, options, surroundings }: Call<TestSendFlags>,
): Promise<Inspection> {
  const now = options.now ?? (await surroundings.clock(undefined)).now();
  const nothingSent = {
    document: undefined,
    ledger: [],
    liveRun: null,
    halted: null,
    peopleKey: null,
    forgotten: null,
  };
  const { users, audience } = await openAudience(workspace, nothingSent, { now, surroundings });
  try {
    const userId = flags.as ?? (await audience.userIdOf(testerPsid(workspace, flags.to)));
    if (userId === undefined) throw usage(`No user has ${flags.to}'s PSID. Say --as USER.`);
    const occasion = dueNow(campaign, workspace, { now, zones: users.zones });
    const { variant, locale, event: eventId } = flags;
    const subject = { userId, eventId, ...(variant && { variant }), ...(locale && { locale }) };
    const inspection = await audience.inspect({ campaign, occasion }, subject);
    if (inspection !== undefined) return inspection;
    const missing = eventId === undefined ? "" : ` with an event "${eventId}"`;
    throw usage(`There is no such user${missing} for the campaign ${campaign.id}.`);
  } finally {
    users.engine.close();
  }
}

function showVerdict({ isMatched, reason, variant, locale }: Inspection, call: Call): void {
  const verdict = isMatched ? (reason ?? "eligible") : "not_in_segment";
  call.surroundings.terminal.err(
    `By the rules, which a test send does not enforce: ${verdict}; ` +
      `variant ${variant ?? "none"}, locale ${locale ?? "base"}.\n`,
  );
}

function messageOf({ rendered }: Inspection): JsonObject {
  if (rendered.kind === "message") return rendered.message;
  const why =
    rendered.kind === "missing"
      ? `these values are missing: ${rendered.variables.join(", ")}`
      : rendered.findings.map((finding) => finding.detail).join(" ");
  throw new Stop("invalid", `There is no message to send: ${why}`);
}

/** The request as it would go out; the token does not have to be there and is never shown. */
function dryRun(body: JsonObject, workspace: Workspace, { surroundings }: Call): number {
  const { page, graph } = workspace;
  const url = `${graphUrlOf(workspace, surroundings.env)}/${graph.version}/${page.id}/messages`;
  surroundings.terminal.out(
    `POST ${url}\nauthorization: Bearer •••\ncontent-type: application/json\n\n${showJson(body)}`,
  );
  return EXIT.ok;
}

function showOutcome(outcome: Outcome, { options, surroundings }: Call): number {
  const { terminal } = surroundings;
  if (options.format === "json") terminal.out(showJson(outcome));
  else terminal.out(`${escapeText(outcomeText(outcome))}\n`);
  if (outcome.status === "sent") return EXIT.ok;
  const isDenied = outcome.status === "failed" && outcome.stops !== "person";
  return isDenied && outcome.errorClass !== "message_invalid" ? EXIT.denied : EXIT.partial;
}

function outcomeText(outcome: Outcome): string {
  if (outcome.status === "sent") return `sent, message id ${outcome.messageId}`;
  const { code, subcode, message } = outcome.error;
  const codes = code === null ? "" : ` (code ${code}${subcode === null ? "" : `/${subcode}`})`;
  return `${outcome.status.replace("_", " ")}${codes}: ${message}`;
}
