import type { Diagnostic, Place } from "../diag/diagnostic.ts";
import type { Rendered } from "../message/compile-content.ts";
import { canonicalJson } from "../model/canonical-json.ts";
import type { Workspace } from "../model/workspace.ts";
import type { Cell, TestEngine } from "../ports/sql-engine.ts";
import { type CampaignCase, type SegmentCase, testCases } from "./test-case.ts";
import { TestVerdicts } from "./test-verdicts.ts";
import { TestWorld } from "./test-world.ts";

/**
 * Runs the `tests:` of every segment and campaign through the statements that a plan uses, many
 * tests at a time; a campaign with `at` or `every` is due at the test's clock. One diagnostic for
 * each test that fails. Whoever opens the engine closes it.
 */
export async function runTests(
  workspace: Workspace,
  openEngine: () => TestEngine | Promise<TestEngine>,
): Promise<Diagnostic[]> {
  const holders = [...workspace.segments.values(), ...workspace.campaigns];
  // The engine takes longer to load than everything else in `validate`.
  if (holders.every(({ tests }) => tests.length === 0)) return [];
  return judgeTests(workspace, await openEngine());
}

async function judgeTests(workspace: Workspace, engine: TestEngine): Promise<Diagnostic[]> {
  const cases = testCases(workspace);
  const campaigns = cases.filter((one) => one.kind === "campaign");
  // All is asked before the first answer is waited for: the engine works on it meanwhile.
  const world = new TestWorld(engine, cases, workspace);
  const asked = [
    world.matched(cases.map(({ subject, isMatched: asked }) => ({ key: subject.key, asked }))),
    world.triggered(
      campaigns.flatMap(({ subject, isTrigger: asked }) =>
        asked === null ? [] : [{ key: subject.key, asked }],
      ),
    ),
  ] as const;
  const verdicts = new TestVerdicts(workspace, campaigns);
  const rowsAsked = world.rows(
    campaigns.map((one) => ({ key: one.subject.key, asked: verdicts.question(one) })),
  );
  const [matched, triggered, rows] = await Promise.all([...asked, rowsAsked, world.made()]);
  const failures = cases.map((one) => {
    const { key } = one.subject;
    if (one.kind === "segment") return segmentFailure(one, matched.has(key));
    const isMatched = matched.has(key) && (one.isTrigger === null || triggered.has(key));
    const row = rows.get(key);
    const rendered = row && verdicts.render(one, row);
    return campaignFailure(one, rendered, outcomeOf(isMatched, row?.["reason"], rendered));
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

function campaignFailure(
  { test: { expect, name, at } }: CampaignCase,
  rendered: Rendered | undefined,
  outcome: string,
): Diagnostic | null {
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
