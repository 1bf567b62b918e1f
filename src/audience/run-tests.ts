import type { Diagnostic, Place } from "../diag/diagnostic.ts";
import type { Rendered } from "../message/compile-content.ts";
import { canonicalJson } from "../model/canonical-json.ts";
import type { Workspace } from "../model/workspace.ts";
import type { Cell, SqlEngine } from "../ports/sql-engine.ts";
import { type CampaignCase, type SegmentCase, testCases } from "./test-case.ts";
import { TestWorld } from "./test-world.ts";

/**
 * Runs the `tests:` of every segment and campaign through the statements that a plan uses, many
 * tests at a time; a campaign with `at` or `every` is due at the test's clock. One diagnostic for
 * each test that fails.
 */
export async function runTests(
  workspace: Workspace,
  openEngine: () => Promise<SqlEngine>,
): Promise<Diagnostic[]> {
  const holders = [...workspace.segments.values(), ...workspace.campaigns];
  // The engine takes longer to load than everything else in `validate`.
  if (holders.every(({ tests }) => tests.length === 0)) return [];
  const engine = await openEngine();
  try {
    return await judgeTests(workspace, engine);
  } finally {
    engine.close();
  }
}

async function judgeTests(workspace: Workspace, engine: SqlEngine): Promise<Diagnostic[]> {
  const cases = testCases(workspace);
  const campaigns = cases.filter((one) => one.kind === "campaign");
  const world = await TestWorld.open(engine, cases, workspace);
  const matched = await world.matched(
    cases.map(({ subject, isMatched }) => ({ key: subject.key, asked: isMatched })),
  );
  const triggered = await world.triggered(
    campaigns.flatMap(({ subject, candidates: { isTrigger } }) =>
      isTrigger === null ? [] : [{ key: subject.key, asked: isTrigger }],
    ),
  );
  const verdicts = await world.rows(
    campaigns.map(({ subject, verdict }) => ({ key: subject.key, asked: verdict })),
  );
  const failures = cases.map((one) => {
    const { key } = one.subject;
    if (one.kind === "segment") return segmentFailure(one, matched.has(key));
    const isTriggered = one.candidates.isTrigger === null || triggered.has(key);
    return campaignFailure(one, matched.has(key) && isTriggered, verdicts.get(key));
  });
  return failures.filter((failure) => failure !== null);
}

function segmentFailure({ test }: SegmentCase, isMatched: boolean): Diagnostic | null {
  const actual = isMatched ? "in" : "out";
  if (actual === test.expect) return null;
  return failure(
    test.at,
    `${JSON.stringify(test.name)} expects ${test.expect}, and the person is ${actual}.`,
  );
}

type Row = Readonly<Record<string, Cell>>;

function campaignFailure(one: CampaignCase, isMatched: boolean, row?: Row): Diagnostic | null {
  const { expect, name, at } = one.test;
  const rendered = row && renderRow(one, row);
  const outcome = outcomeOf(isMatched, row?.["reason"], rendered);
  if (outcome !== expect.outcome) {
    const why = outcome === "missing_value" ? missingNames(rendered) : "";
    return failure(
      at,
      `${JSON.stringify(name)} expects ${expect.outcome}, and it is ${outcome}${why}.`,
    );
  }
  if (expect.message === undefined || rendered?.kind !== "message") return null;
  const [wanted, got] = [expect.message, rendered.message].map(canonicalJson);
  if (wanted === got) return null;
  return failure(
    at,
    `${JSON.stringify(name)} gets another message.\n  expected ${wanted}\n  rendered ${got}`,
  );
}

function renderRow({ candidates, subject, variables }: CampaignCase, row: Row): Rendered {
  const { content, workspace } = candidates;
  const own = variables.map((name, index) => [name, row[`v${index}`] ?? null]);
  const [variant, locale] = [row["variant"], row["locale"]] as (string | null)[];
  return content.render({
    variant: variant ?? null,
    locale: locale ?? null,
    zone: subject.zone,
    values: { ...workspace.vars, ...(Object.fromEntries(own) as Record<string, Cell>) },
  });
}

/** There is no row where no event has the name that the campaign waits for. */
function outcomeOf(isMatched: boolean, reason?: Cell, rendered?: Rendered): string {
  if (rendered === undefined) return "no event";
  if (!isMatched) return "not_in_segment";
  if (typeof reason === "string") return reason;
  const reasons = { message: "send", missing: "missing_value", invalid: "invalid_message" };
  return reasons[rendered.kind];
}

function failure(at: Place, detail: string): Diagnostic {
  return { code: "TEST_FAILED", severity: "error", at, summary: "A test fails", detail };
}

function missingNames(rendered: Rendered | undefined): string {
  return rendered?.kind === "missing" ? ` (missing: ${rendered.variables.join(", ")})` : "";
}
