import type { Check, CheckName } from "../model/checkup.ts";
import type { Instant } from "../model/instant.ts";
import type { Workspace } from "../model/workspace.ts";
import type { Clock } from "../ports/clock.ts";
import type { GraphAnswer, GraphReader } from "../ports/graph-reader.ts";
import { clockCheck } from "./clock-check.ts";
import { pageCheck, pageName, restrictionCheck, taskCheck } from "./page-checks.ts";
import { scopeChecks } from "./scope-check.ts";
import { templateChecks, usesUtility } from "./template-checks.ts";
import { type KnownToken, tokenChecks } from "./token-checks.ts";
import { skipped } from "./verdicts.ts";
import { versionChecks } from "./version-checks.ts";
import { webhookCheck } from "./webhook-check.ts";

/** Those who can ask Meta. */
export interface Readers {
  /** With the page's token. */
  readonly page: GraphReader;
  /** With the app's own id and secret, which may inspect any of its tokens. */
  readonly app: GraphReader | undefined;
  /** With the token of a person. */
  readonly user: GraphReader | undefined;
}

export interface GraphCheckInput {
  readonly workspace: Workspace;
  readonly readers: Readers;
  readonly token: string;
  /** Its campaigns could be read. */
  readonly hasCampaigns: boolean;
  readonly now: Instant;
  /** Of real time: Meta's is too. */
  readonly clock: Clock;
}

export interface GraphChecks {
  readonly checks: readonly Check[];
  readonly pageName: string | null;
}

const NEED_TOKEN: readonly CheckName[] = [
  "scopes",
  "page",
  "tasks",
  "restrictions",
  "webhook",
  "templates",
  "clock",
];

/** What follows where Meta cannot be asked at all. */
export function skippedGraph(asked: string, because: string, now: Instant): readonly Check[] {
  return [
    ...NEED_TOKEN.map((name) => skipped(name, because)),
    ...versionChecks({ asked, served: null }, now),
  ];
}

/** All that is asked of Meta; a question that fails leaves the others alone. */
export async function graphChecks(input: GraphCheckInput): Promise<GraphChecks> {
  const { workspace, readers, now } = input;
  const { page, graph } = workspace;
  const inspector = readers.app ?? readers.page;
  const known = tokenChecks(await inspector.inspect(input.token), page, now);
  if (!known.isUsable) {
    const isSilent = known.checks.some(({ code }) => code === "META_UNREACHED");
    const because = isSilent ? NO_ANSWER : "it needs a token that works";
    const rest = skippedGraph(graph.version, because, now);
    return { checks: [...known.checks, ...rest], pageName: null };
  }
  const { answer, aheadMs } = await timed(input, () => readers.page.read(page.id, NAME));
  const checks = [
    ...known.checks,
    ...scopeChecks(known.scopes, { utility: usesUtility(workspace.campaigns) }),
    pageCheck(answer, page),
    ...versionChecks({ asked: graph.version, served: versionOf(answer) }, now),
    clockCheck(aheadMs, page),
    ...(answer.kind === "unreached" ? restSkipped() : await edgeChecks(input, known)),
  ];
  return { checks, pageName: pageName(answer) };
}

const NO_ANSWER = "the Graph API gave no answer";
const NAME = { fields: "id,name" };

function restSkipped(): readonly Check[] {
  const names = ["tasks", "restrictions", "webhook", "templates"] as const;
  return names.map((name) => skipped(name, NO_ANSWER));
}

async function edgeChecks(
  input: GraphCheckInput,
  { appId }: KnownToken,
): Promise<readonly Check[]> {
  const { workspace, readers } = input;
  const { page, campaigns } = workspace;
  const templates = input.hasCampaigns
    ? templateChecks(readers.page, campaigns, page)
    : [skipped("templates", "the campaigns hold errors")];
  const [tasks, status, apps, ofTemplates] = await Promise.all([
    taskCheck(readers.user, page),
    readers.page.read(`${page.id}/page_status`),
    readers.page.read(`${page.id}/subscribed_apps`),
    templates,
  ]);
  return [tasks, restrictionCheck(status), webhookCheck(apps, page, appId), ...ofTemplates];
}

/** How far this machine's clock is ahead of the answerer's, taken in the middle of the call. */
async function timed(
  { clock }: GraphCheckInput,
  ask: () => Promise<GraphAnswer>,
): Promise<{ readonly answer: GraphAnswer; readonly aheadMs: number | null }> {
  const askedAt = clock.now();
  const answer = await ask();
  const at = answer.kind === "unreached" ? null : answer.heard.at;
  return { answer, aheadMs: at === null ? null : (askedAt + clock.now()) / 2 - at };
}

function versionOf(answer: GraphAnswer): string | null {
  return answer.kind === "unreached" ? null : answer.heard.version;
}
