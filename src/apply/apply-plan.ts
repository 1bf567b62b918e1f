import { Stop } from "../diag/errors.ts";
import type { Plan } from "../model/plan.ts";
import type { CampaignReport, Report } from "../model/report.ts";
import { buildPlan, type Decision, type PlanInput } from "../plan/build-plan.ts";
import type { Clock } from "../ports/clock.ts";
import type { MessageGateway } from "../ports/message-gateway.ts";
import type { StateStore, StateWriter } from "../ports/state-store.ts";
import { reportHeld } from "./held.ts";
import { Memory, rememberStart, rememberTried } from "./memory.ts";
import { Pace } from "./pace.ts";
import { reportOf } from "./report-of.ts";
import type { RunEnd } from "./run-end.ts";
import { sendPlanned, untriedReport } from "./send-planned.ts";

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
  /** The intent digest that was approved. */
  readonly expect: string | undefined;
  progress(line: Progress): void;
}

/** One run of an apply. */
export interface ApplyRun extends ApplyInput {
  /** The page's, which all campaigns of the run share. */
  readonly pace: Pace;
  readonly memory: Memory;
}

/** How far the campaign that is being sent has come. */
export interface Progress {
  readonly campaign: string;
  readonly eligible: number;
  readonly sent: number;
  readonly failed: number;
  readonly unknown: number;
}

/**
 * Carries out what a fresh plan decides. `planned` sees the plan before anything is sent.
 * Throws Stop `blocked` when a guard holds and `stale` when the intent is not the expected one.
 */
export async function applyPlan(input: ApplyInput, planned: (plan: Plan) => void): Promise<Report> {
  const startedAt = input.clock.now();
  const decision = await buildPlan(input);
  planned(decision.plan);
  refuseOther(decision.plan, input.expect);
  refuseBlocked(decision.plan);
  const unresolvedBefore = await input.audience.unresolvedCount();
  const memory = new Memory(input.document, input.writer);
  const pace = new Pace(input.clock, input.workspace.page.rate);
  const run = { ...input, pace, memory };
  await rememberStart(decision, run);
  const campaigns = [...(await holdAll(decision, run)), ...(await sendAll(decision, run))];
  return reportOf(run, decision, { startedAt, campaigns, unresolvedBefore });
}

async function holdAll({ held }: Decision, run: ApplyRun): Promise<CampaignReport[]> {
  const reports: CampaignReport[] = [];
  for (const one of held) reports.push(await reportHeld(one, run));
  return reports;
}

async function sendAll(decision: Decision, run: ApplyRun): Promise<CampaignReport[]> {
  const reports: CampaignReport[] = [];
  for (const one of decision.sending) {
    const isOver = run.end.signal.aborted || reports.some(stopsTheRest);
    if (isOver) {
      reports.push(untriedReport(one.planned));
      continue;
    }
    const { report, isTried } = await sendPlanned(one, run);
    if (isTried) await rememberTried(one, run);
    reports.push(report);
  }
  return reports;
}

function stopsTheRest({ stopped }: CampaignReport): boolean {
  return stopped?.scope === "page" || stopped?.scope === "run";
}

function refuseOther(plan: Plan, expect: string | undefined): void {
  const { intent } = plan.digests;
  if (expect === undefined || expect === intent) return;
  throw new Stop(
    "stale",
    `The intent is ${intent}, not the expected ${expect}: campaigns or guards were changed ` +
      "since it was approved. Nothing was sent. Plan again and have that approved.",
  );
}

function refuseBlocked({ summary }: Plan): void {
  if (summary.blocked === 0) return;
  const guards = summary.blocked === 1 ? "A guard holds" : `${summary.blocked} guards hold`;
  throw new Stop("blocked", `${guards}; nothing was sent.`);
}
