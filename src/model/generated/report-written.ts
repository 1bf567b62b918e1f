// Generated from schemas/ by scripts/generate.mjs. Change the schema, not this file.
import type { Guard, Rollout, Source, Warning } from "./plan-written.ts";

export type PlanRollout = Rollout;
export type PlanGuard = Guard;
export type PlanWarning = Warning;

/**
 * What an apply did, to how many, and what to do next. It holds counts, never people.
 */
export interface WrittenReport {
  /**
   * Name and version of this document's form.
   */
  format: "posthorn.report/1";
  /**
   * The workspace's name.
   */
  workspace: string;
  /**
   * The run's id, which the ledger's rows carry too.
   */
  run_id: string;
  /**
   * Where the messages went.
   */
  target: "meta" | "sandbox";
  /**
   * The commit that was applied; null outside of git.
   */
  commit: string | null;
  /**
   * Digest of the intent that was applied, as plans carry it.
   */
  intent: string;
  /**
   * When the run began to judge.
   */
  started_at: string;
  /**
   * When its last outcome was written down.
   */
  finished_at: string;
  /**
   * How the run ended; each has an exit code of its own.
   */
  outcome: "ok" | "partial" | "denied" | "interrupted";
  /**
   * Why it ended before everybody was tried; null where nothing cut it off.
   */
  cut_off: CutOff | null;
  totals: Totals;
  /**
   * Campaigns that were due, in the order they were sent.
   */
  campaigns: Campaign[];
  /**
   * How fast it went; null where nothing was sent.
   */
  pace: Pace | null;
  /**
   * Deliveries of earlier runs whose outcome nobody knows; they are left alone.
   */
  unresolved_before: number;
  /**
   * Every guard that was looked at.
   */
  guards: PlanGuard[];
  /**
   * Things worth knowing that stopped nothing.
   */
  warnings: PlanWarning[];
  /**
   * What to do next, the most urgent first.
   */
  next: Step[];
}
/**
 * What ended a run before everybody was tried.
 */
export interface CutOff {
  /**
   * What cut it off.
   */
  by: "signal" | "max_runtime" | "halt" | "limit" | "outage" | "breaker" | "fault";
  /**
   * A full sentence.
   */
  because: string;
}
/**
 * Over all campaigns: matched is the sum of all the others.
 */
export interface Totals {
  /**
   * People in the segments; (event, user) pairs for `on`.
   */
  matched: number;
  /**
   * Those left out for a reason.
   */
  left_out: number;
  /**
   * Meta took the message.
   */
  sent: number;
  /**
   * Meta refused it.
   */
  failed: number;
  /**
   * It left and nobody knows its fate; never sent again by itself.
   */
  unknown: number;
  /**
   * Surely not taken, and due again.
   */
  released: number;
  /**
   * Due, but not tried before the run ended.
   */
  untried: number;
}
/**
 * One campaign: matched is the sum of left_out, sent, failed, unknown, released and untried.
 */
export interface Campaign {
  /**
   * The campaign's id.
   */
  id: string;
  /**
   * Where its file begins.
   */
  source: Source;
  /**
   * As in totals.
   */
  matched: number;
  left_out: LeftOut;
  /**
   * As in totals.
   */
  sent: number;
  /**
   * As in totals.
   */
  failed: number;
  /**
   * As in totals.
   */
  unknown: number;
  /**
   * As in totals.
   */
  released: number;
  /**
   * As in totals.
   */
  untried: number;
  /**
   * What went wrong, the most frequent first.
   */
  errors: Error[];
  /**
   * Its waves and where they stand now; null without a rollout.
   */
  rollout: PlanRollout | null;
  /**
   * Why its sending ended before everybody was tried; null where it did not.
   */
  stopped: Stop | null;
  /**
   * How long it took.
   */
  seconds: number;
}
/**
 * People by the one reason each was left out for.
 */
export interface LeftOut {
  [k: string]: number;
}
/**
 * Deliveries that went wrong in one way.
 */
export interface Error {
  /**
   * How it is read.
   */
  class:
    | "user_unavailable"
    | "outside_window"
    | "message_invalid"
    | "denied"
    | "page_restricted"
    | "rejected"
    | "unknown"
    | "released";
  /**
   * Meta's error code; null where it gave none.
   */
  code: number | null;
  /**
   * Meta's error subcode.
   */
  subcode: number | null;
  /**
   * Meta's words without ids, or ours where it said nothing.
   */
  message: string;
  /**
   * How many deliveries.
   */
  count: number;
}
/**
 * What stopped a campaign.
 */
export interface Stop {
  /**
   * How far it reaches; wave: until the campaign acknowledges it.
   */
  scope: "person" | "campaign" | "page" | "run" | "wave";
  /**
   * Meta's words, or the figures of the wave.
   */
  because: string;
}
/**
 * How fast it went.
 */
export interface Pace {
  /**
   * Requests that were written, repeated ones included.
   */
  requests: number;
  /**
   * Requests a second, from the first to the last.
   */
  mean_per_second: number;
  /**
   * The most that began in any one second.
   */
  peak_per_second: number;
  /**
   * What held sending up, by cause.
   */
  pauses: Pause[];
}
/**
 * Pauses with one cause.
 */
export interface Pause {
  /**
   * What Meta said or did.
   */
  cause: string;
  /**
   * How many of them.
   */
  count: number;
  /**
   * Their time together.
   */
  seconds: number;
}
/**
 * Something to do after the run.
 */
export interface Step {
  /**
   * What it is about.
   */
  kind: "access" | "stop" | "unknown" | "apply";
  /**
   * Full sentences.
   */
  text: string;
  /**
   * What to type or to paste; null where there is nothing.
   */
  command: string | null;
}
