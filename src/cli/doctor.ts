import { neededColumns } from "../audience/needed-columns.ts";
import { readWorkspace } from "../config/read-workspace.ts";
import { ENV_MISSING } from "../config/source-path.ts";
import type { Diagnostic } from "../diag/diagnostic.ts";
import { checkupOf, exitOf } from "../doctor/checkup-of.ts";
import {
  type GraphChecks,
  graphChecks,
  type Readers,
  skippedGraph,
} from "../doctor/graph-checks.ts";
import { modeCheck } from "../doctor/mode-check.ts";
import { unsetSecret, unsetToken } from "../doctor/token-checks.ts";
import { filesCheck, stateChecks, unsetSource, userChecks } from "../doctor/workspace-checks.ts";
import type { Check } from "../model/checkup.ts";
import type { Instant } from "../model/instant.ts";
import { ownValue } from "../model/own-value.ts";
import type { SecretName, Workspace } from "../model/workspace.ts";
import { showCheckup } from "../view/checkup-text.ts";
import { showJson } from "../view/escape.ts";
import type { Call } from "./options.ts";
import type { Surroundings } from "./surroundings.ts";
import { graphUrlOf, isMeta } from "./target.ts";
import { settingsOf } from "./workspace-of.ts";

/** Looks whether page, token, data and state are ready for a campaign; sends nothing. */
export async function doctor(call: Call): Promise<number> {
  const { options, surroundings } = call;
  const patient = await patientOf(call);
  const { workspace } = patient;
  const url = graphUrlOf(workspace, surroundings.env);
  const target = isMeta(url) ? ("meta" as const) : ("sandbox" as const);
  const [graph, own] = await Promise.all([
    askGraph(patient, url, surroundings),
    ownChecks(patient, target, surroundings),
  ]);
  const page = { id: workspace.page.id, name: graph.pageName };
  const head = { workspace: workspace.id, page, target };
  const checkup = checkupOf(head, [...graph.checks, ...own]);
  const { out, outIsTerminal, width } = surroundings.terminal;
  const color = options.color && outIsTerminal;
  out(options.format === "json" ? showJson(checkup) : showCheckup(checkup, { color, width }));
  return exitOf(checkup);
}

interface Patient {
  readonly workspace: Workspace;
  /** Errors of campaigns and segments, which then are not there. */
  readonly faults: number;
  /** Sources whose environment variable is not set. */
  readonly unset: readonly Diagnostic[];
  readonly now: Instant;
}

/** Throws Stop `invalid` where posthorn.yaml itself cannot be used. */
async function patientOf(call: Call): Promise<Patient> {
  const { options, surroundings } = call;
  const files = await surroundings.workspaceFiles(options.folder);
  const { workspace, diagnostics } = readWorkspace(files, surroundings.env);
  const unset = diagnostics.filter(({ code }) => code === ENV_MISSING);
  const faults = diagnostics.filter(({ severity }) => severity === "error").length;
  const now = options.now ?? (await surroundings.clock(undefined)).now();
  return { workspace: workspace ?? (await settingsOf(call)), faults, unset, now };
}

async function askGraph(
  { workspace, faults, now }: Patient,
  url: string,
  surroundings: Surroundings,
): Promise<GraphChecks> {
  const { page, graph } = workspace;
  const { env } = surroundings;
  const token = secretOf(page.accessToken, env);
  const appSecret = page.appSecret && secretOf(page.appSecret, env);
  if (token === undefined || (page.appSecret !== undefined && appSecret === undefined)) {
    const fault = token === undefined ? unsetToken(page) : unsetSecret(page);
    const rest = skippedGraph(graph.version, "it needs a token that works", now);
    return { checks: [fault, ...rest], pageName: null };
  }
  const open = (key: string, secret: string | undefined) =>
    surroundings.openGraphReader(workspace, { url, token: key, appSecret: secret });
  const appId = ownValue(env, "POSTHORN_APP_ID");
  const user = ownValue(env, "POSTHORN_USER_TOKEN");
  const readers: Readers = {
    page: await open(token, appSecret),
    app: appId && appSecret ? await open(`${appId}|${appSecret}`, appSecret) : undefined,
    user: user ? await open(user, appSecret) : undefined,
  };
  try {
    const clock = await surroundings.clock(undefined);
    return await graphChecks({ workspace, readers, token, hasCampaigns: faults === 0, now, clock });
  } finally {
    await Promise.all([readers.page, readers.app, readers.user].map((one) => one?.close()));
  }
}

/** What can be known without Meta. */
async function ownChecks(
  { workspace, faults, unset, now }: Patient,
  target: "meta" | "sandbox",
  surroundings: Surroundings,
): Promise<readonly Check[]> {
  const clock = await surroundings.clock(undefined);
  const openUsers = () => surroundings.openUserData(workspace, neededColumns(workspace));
  const users = unset.length > 0 ? unsetSource(unset) : userChecks(openUsers, workspace, now);
  const read = async () => (await surroundings.openState(workspace, workspace.state, clock)).read();
  const isCi = surroundings.env["CI"] === "true";
  return [
    filesCheck(workspace, faults),
    modeCheck(workspace.page),
    ...(await users),
    ...(await stateChecks(read, workspace, { target, isCi })),
  ];
}

function secretOf({ env: name }: SecretName, env: Surroundings["env"]): string | undefined {
  return ownValue(env, name) || undefined;
}
