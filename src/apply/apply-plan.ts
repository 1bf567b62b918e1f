import type { Plan } from "../model/plan.ts";
import type { CampaignReport, Report } from "../model/report.ts";
import { buildPlan, type Decision, type PlanInput } from "../plan/build-plan.ts";
import type { Clock } from "../ports/clock.ts";
import type { MessageGateway } from "../ports/message-gateway.ts";
import type { StateStore, StateWriter } from "../ports/state-store.ts";
import { reportHeld } from "./held.ts";
import { Memory, rememberStart, rememberTried } from "./memory.ts";
import { PageLimits } from "./page-limits.ts";
import { type Approval, refuseUnapproved } from "./refusals.ts";
import { reportOf } from "./report-of.ts";
import { RequestCount } from "./request-count.ts";
import type { RunEnd } from "./run-end.ts";
import { sendPlanned, untriedReport } from "./send-planned.ts";
import type { UserChanges } from "./user-changes.ts";

/** What an apply works with: a plan's input, and the way out. */
export interface ApplyInput extends PlanInput {
  readonly state: StateStore;
  /** Holds the state's lease. */
  readonly writer: StateWriter;
  readonly gateway: MessageGateway;
  readonly clock: Clock;
  random(): number;
  /** Asks for a clean stop: by a signal, or at the end of `--max-runtime`. */
  readonly end: RunEnd;
  readonly target: "meta" | "sandbox";
  readonly approval: Approval;
  /** Watches the user files while the run goes on. */
  readonly changes: UserChanges;
  progress(line: Progress): void;
  /** Says in a sentence what the run waits for. */
  notice(text: string): void;
}

/** One run of an apply. */
export interface ApplyRun extends ApplyInput {
  /** The page's, which all campaigns of the run share. */
  readonly limits: PageLimits;
  readonly memory: Memory;
  readonly requests: RequestCount;
}

/** How far the campaign that is being sent has come. */
export interface Progress {
  readonly campaign: string;
  readonly eligible: number;
  readonly sent: number;
  readonly failed: number;
  readonly unknown: number;
  /** Judged again, and left out. */
  readonly leftOut: number;
}

/** What became of an apply. */
export interface Applied {
  readonly report: Report;
  /** What broke the run after it had begun to send; undefined: nothing. */
  readonly fault: unknown;
}

/**
 * Carries out what a fresh plan decides. `planned` sees the plan before anything is sent.
 * Throws Stop `blocked` when a guard holds and `stale` when it is not what was approved.
 */
export async function applyPlan(
  input: ApplyInput,
  planned: (plan: Plan) => void,
): Promise<Applied> {
  const startedAt = input.clock.now();
  const decision = await buildPlan(input);
  planned(decision.plan);
  refuseUnapproved(decision.plan, input.approval);
  const unresolvedBefore = await input.audience.unresolvedCount();
  const memory = new Memory(input.document, input.writer);
  const { rate } = input.workspace.page;
  const limits = new PageLimits({ ...input, rate, random: () => input.random() });
  const run = { ...input, limits, memory, requests: new RequestCount(input.clock) };
  await rememberStart(decision, run);
  const held = await holdAll(decision, run);
  const { reports, fault } = await sendAll(decision, run);
  const campaigns = [...held, ...reports];
  return { report: reportOf(run, decision, { startedAt, campaigns, unresolvedBefore }), fault };
}

async function holdAll({ held }: Decision, run: ApplyRun): Promise<CampaignReport[]> {
  const reports: CampaignReport[] = [];
  for (const one of held) reports.push(await reportHeld(one, run));
  return reports;
}

async function sendAll(decision: Decision, run: ApplyRun) {
  const reports: CampaignReport[] = [];
  let broken: unknown;
  for (const one of decision.sending) {
    const isOver = run.end.signal.aborted || reports.some(stopsTheRest);
    if (isOver) {
      reports.push(untriedReport(one.planned));
      continue;
    }
    const { report, isTried, fault } = await sendPlanned(one, run);
    if (isTried) await rememberTried(one, run);
    broken = fault;
    reports.push(report);
  }
  return { reports, fault: broken };
}

function stopsTheRest({ stopped }: CampaignReport): boolean {
  return stopped?.scope === "page" || stopped?.scope === "run";
}
