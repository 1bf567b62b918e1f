import { Stop } from "../diag/errors.ts";
import type { Plan } from "../model/plan.ts";
import { ceilingMoves, intentMoves } from "../plan/moved-since.ts";

/** What was approved. */
export interface Approval {
  /** A saved plan. */
  readonly plan: Plan | undefined;
  /** The digest of an intent. */
  readonly intent: string | undefined;
}

/**
 * Throws Stop `stale` when something else would be sent than was approved, and `blocked` when a
 * guard holds. A written limit comes before a plan's ceiling, which never lies above it.
 */
export function refuseUnapproved(plan: Plan, approval: Approval): void {
  if (approval.plan !== undefined) refuseOtherPlan(plan, approval.plan);
  refuseOtherIntent(plan, approval.intent);
  refuseBlocked(plan);
  if (approval.plan !== undefined) refuseMore(plan, approval.plan);
}

/** Throws Stop `stale` for a plan of another workspace. */
export function refuseOtherWorkspace(approved: Plan, workspace: string): void {
  if (approved.intent.workspace === workspace) return;
  throw new Stop(
    "stale",
    `The plan is of the workspace "${approved.intent.workspace}", and this is "${workspace}". ` +
      "Nothing was sent. Apply it in its own folder (-C).",
  );
}

function refuseOtherPlan(plan: Plan, approved: Plan): void {
  if (plan.digests.intent === approved.digests.intent) return;
  const moves = intentMoves(approved.intent, plan.intent);
  throw stale("What is written is not what the plan was made from", moves);
}

function refuseOtherIntent({ digests }: Plan, expected: string | undefined): void {
  if (expected === undefined || expected === digests.intent) return;
  throw new Stop(
    "stale",
    `The intent is ${digests.intent}, not the expected ${expected}: campaigns or guards were ` +
      "changed since it was approved. Nothing was sent. Plan again and have that approved.",
  );
}

function refuseBlocked({ summary }: Plan): void {
  if (summary.blocked === 0) return;
  const guards = summary.blocked === 1 ? "A guard holds" : `${summary.blocked} guards hold`;
  throw new Stop("blocked", `${guards}; nothing was sent.`);
}

function refuseMore(plan: Plan, approved: Plan): void {
  const moves = ceilingMoves(approved, plan);
  if (moves.length > 0) throw stale("More people are due than the plan lets pass", moves);
}

function stale(summary: string, moves: readonly string[]): Stop {
  const lines = moves.map((move) => `  - ${move}`);
  const rest = "Nothing was sent. Plan again and have that approved.";
  return new Stop("stale", [`${summary}:`, ...lines, rest].join("\n"));
}
