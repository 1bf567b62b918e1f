import type { Diagnostic, Place } from "../diag/diagnostic.ts";
import type { Rendered } from "../message/compile-content.ts";
import { changeLines, messageChanges } from "../message/message-diff.ts";
import { canonicalJson } from "../model/canonical-json.ts";
import type { JsonObject } from "../model/json.ts";
import type { Workspace } from "../model/workspace.ts";
import type { Cell, TestEngine } from "../ports/sql-engine.ts";
import { type CampaignCase, type SegmentCase, testCases } from "./test-case.ts";
import { TestVerdicts } from "./test-verdicts.ts";
import { TestWorld } from "./test-world.ts";

/** A test that does not come out as it expects. */
export interface TestFailure {
  readonly diagnostic: Diagnostic;
  /** The message that it gets; null where it is not the message that differs. */
  readonly rendered: RenderedMessage | null;
}

/** What one test of a file gets. */
export interface RenderedMessage {
  readonly file: string;
  /** The test's position in the file, from 0. */
  readonly test: number;
  readonly message: JsonObject;
}

/**
 * Runs the `tests:` of every segment and campaign through the statements that a plan uses, many
 * tests at a time; a campaign with `at` or `every` is due at the test's clock. Gives the tests that
 * fail. Whoever opens the engine closes it.
 */
export async function runTests(
  workspace: Workspace,
  openEngine: () => TestEngine | Promise<TestEngine>,
): Promise<TestFailure[]> {
  const holders = [...workspace.segments.values(), ...workspace.campaigns];
  // The engine takes longer to load than everything else in `validate`.
  if (holders.every(({ tests }) => tests.length === 0)) return [];
  // A test says all that is known of its person.
  const alone = { ...workspace, users: { ...workspace.users, inbound: undefined } };
  return judgeTests(alone, await openEngine());
}

async function judgeTests(workspace: Workspace, engine: TestEngine): Promise<TestFailure[]> {
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

function segmentFailure({ test }: SegmentCase, isMatched: boolean): TestFailure | null {
  const actual = isMatched ? "in" : "out";
  if (actual === test.expect) return null;
  const detail = `${JSON.stringify(test.name)} expects ${test.expect}, and it is ${actual}.`;
  return { diagnostic: failed(test.expectedAt([]), detail), rendered: null };
}

function campaignFailure(
  one: CampaignCase,
  rendered: Rendered | undefined,
  outcome: string,
): TestFailure | null {
  const { expect, name, expectedAt } = one.test;
  if (outcome !== expect.outcome) {
    const why = outcome === "missing_value" ? missingNames(rendered) : "";
    const detail = `${JSON.stringify(name)} expects ${expect.outcome}, and it is ${outcome}${why}.`;
    return { diagnostic: failed(expectedAt(["outcome"]), detail), rendered: null };
  }
  if (expect.message === undefined || rendered?.kind !== "message") return null;
  const [wanted, got] = [expect.message, rendered.message].map(canonicalJson);
  if (wanted === got) return null;
  return messageFailure(one, expect.message, rendered.message);
}

/** At the first part of the message that differs, with every part that does. */
function messageFailure(
  { test, campaign }: CampaignCase,
  expected: JsonObject,
  message: JsonObject,
): TestFailure {
  const changes = messageChanges(expected, message);
  const lines = changes.flatMap(changeLines);
  const detail = [
    `${JSON.stringify(test.name)} gets another message: [-expected-] {+rendered+}`,
    ...lines,
  ].join("\n");
  return {
    diagnostic: failed(test.expectedAt(["message", ...(changes[0]?.path ?? [])]), detail),
    rendered: { file: campaign.at.file, test: campaign.tests.indexOf(test), message },
  };
}

/** There is no row where no event has the name that the campaign waits for. */
function outcomeOf(isMatched: boolean, reason?: Cell, rendered?: Rendered): string {
  if (rendered === undefined) return "no event";
  if (!isMatched) return "not_in_segment";
  if (typeof reason === "string") return reason;
  const reasons = { message: "send", missing: "missing_value", invalid: "invalid_message" };
  return reasons[rendered.kind];
}

function failed(at: Place, detail: string): Diagnostic {
  return { code: "TEST_FAILED", severity: "error", at, summary: "A test fails", detail };
}

function missingNames(rendered: Rendered | undefined): string {
  return rendered?.kind === "missing" ? ` (missing: ${rendered.variables.join(", ")})` : "";
}
