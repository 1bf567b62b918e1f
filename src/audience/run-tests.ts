import type { Diagnostic, Place } from "../diag/diagnostic.ts";
import type { Campaign, CampaignTest, Segment, SegmentTest } from "../model/campaign.ts";
import { canonicalJson } from "../model/canonical-json.ts";
import { sql } from "../model/sql.ts";
import type { Workspace } from "../model/workspace.ts";
import type { OpenTestData } from "../ports/user-data.ts";
import { Audience } from "./audience.ts";
import { dueNow } from "./due-now.ts";
import type { Inspection } from "./inspect.ts";
import { conditionOver } from "./prepare-candidates.ts";
import { TEST_EVENT, testData, testLedgerSql } from "./test-subject.ts";

/**
 * Runs the `tests:` of every segment and campaign through the queries that a plan uses; a campaign
 * with `at` or `every` is due at the test's clock. One diagnostic for each test that fails.
 */
export async function runTests(
  workspace: Workspace,
  opener: () => Promise<OpenTestData>,
): Promise<Diagnostic[]> {
  const holders = [...workspace.segments.values(), ...workspace.campaigns];
  // The engine takes longer to load than everything else in `validate`.
  if (holders.every(({ tests }) => tests.length === 0)) return [];
  const open = await opener();
  const failures: (Diagnostic | null)[] = [];
  for (const segment of workspace.segments.values()) {
    for (const test of segment.tests) {
      failures.push(await runSegmentTest(segment, test, { workspace, open }));
    }
  }
  for (const campaign of workspace.campaigns) {
    for (const test of campaign.tests) {
      failures.push(await runCampaignTest(campaign, test, { workspace, open }));
    }
  }
  return failures.filter((failure) => failure !== null);
}

interface Bench {
  readonly workspace: Workspace;
  readonly open: OpenTestData;
}

async function runSegmentTest(
  segment: Segment,
  test: SegmentTest,
  { workspace, open }: Bench,
): Promise<Diagnostic | null> {
  const users = await open(workspace, testData(test, workspace));
  try {
    const isMatched = conditionOver(segment.where, workspace, { now: test.now, alias: "u" });
    const rows = await users.engine.rows(sql`SELECT 1 AS one FROM users u WHERE ${isMatched}`);
    const actual = rows.length > 0 ? "in" : "out";
    if (actual === test.expect) return null;
    return failure(
      test.at,
      `${JSON.stringify(test.name)} expects ${test.expect}, and the person is ${actual}.`,
    );
  } finally {
    users.engine.close();
  }
}

async function runCampaignTest(
  campaign: Campaign,
  test: CampaignTest,
  bench: Bench,
): Promise<Diagnostic | null> {
  const found = await inspectTest(campaign, test, bench);
  const outcome = found === undefined ? "no event" : outcomeOf(found);
  const { expect, name } = test;
  if (outcome !== expect.outcome) {
    const why = found?.rendered.kind === "missing" ? missingNames(found.rendered.variables) : "";
    return failure(
      test.at,
      `${JSON.stringify(name)} expects ${expect.outcome}, and it is ${outcome}${why}.`,
    );
  }
  if (expect.message === undefined || found?.rendered.kind !== "message") return null;
  const [wanted, rendered] = [expect.message, found.rendered.message].map(canonicalJson);
  if (wanted === rendered) return null;
  return failure(
    test.at,
    `${JSON.stringify(name)} gets another message.\n  expected ${wanted}\n  rendered ${rendered}`,
  );
}

async function inspectTest(
  campaign: Campaign,
  test: CampaignTest,
  { workspace, open }: Bench,
): Promise<Inspection | undefined> {
  const { now } = test;
  const given = testData(test, workspace);
  const users = await open(workspace, given);
  try {
    const ledger = testLedgerSql(test, given.userId, workspace);
    const audience = await Audience.open({ workspace, users, ledger, peopleKey: null, now });
    const occasion = dueNow(campaign, workspace, { now, zones: users.zones });
    const eventId = campaign.send.kind === "on" ? TEST_EVENT : undefined;
    return await audience.inspect({ campaign, occasion }, { userId: given.userId, eventId });
  } finally {
    users.engine.close();
  }
}

function outcomeOf({ isMatched, reason }: Inspection): string {
  return isMatched ? (reason ?? "send") : "not_in_segment";
}

function failure(at: Place, detail: string): Diagnostic {
  return { code: "TEST_FAILED", severity: "error", at, summary: "A test fails", detail };
}

function missingNames(variables: readonly string[]): string {
  return ` (missing: ${variables.join(", ")})`;
}
