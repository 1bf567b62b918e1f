import type { FailureClass, Limited } from "../model/delivery.ts";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../model/instant.ts";

/*
 * Every threshold at which a run slows down, keeps still or stops, in one place. Sections are those
 * of messenger-platform.md; Meta writes none of these numbers down, they protect the page.
 */

/** Failures that reach beyond the one person once there are enough of them. */
export interface Breaker {
  readonly errorClass: FailureClass;
  /** Only failures with this code of Meta's. */
  readonly code?: number;
  /**
   * `alike`: so many of the same code and subcode with no success between them.
   * `share`: more than so many among the first 200 that were tried.
   */
  readonly rule: "alike" | "share";
  readonly limit: number;
  /** `refused`: nothing else can go out either. `cut_off`: a person has to look at it first. */
  readonly stops: "campaign" | "refused" | "cut_off";
}

/** How many of a campaign a `share` looks at. */
export const SHARE_OF_FIRST = 200;

export const BREAKERS: readonly Breaker[] = [
  // Section 4, CAMPAIGN: the payload is wrong for everybody, or for everybody of a variant.
  { errorClass: "message_invalid", rule: "alike", limit: 3, stops: "campaign" },
  { errorClass: "message_invalid", rule: "share", limit: 20, stops: "campaign" },
  // Section 4, 10/1404170: a feature that the campaign needs is taken from the page.
  { errorClass: "page_restricted", rule: "alike", limit: 3, stops: "campaign" },
  // Section 4, unknown codes: "the same unknown code 10x in a row".
  { errorClass: "rejected", rule: "alike", limit: 10, stops: "campaign" },
  // Section 4, 200/2018028: of one person in development mode, of the app when all fail.
  { errorClass: "denied", rule: "alike", limit: 10, stops: "refused" },
  // Section 4, 100/2018001, and section 10: nobody is known, so it is another Page's list or token.
  { errorClass: "user_unavailable", code: 100, rule: "alike", limit: 20, stops: "cut_off" },
  // Section 4, circuit breakers: "USER_PERMANENT > 20 % of the first 200".
  { errorClass: "user_unavailable", rule: "share", limit: 40, stops: "cut_off" },
];

/** Section 5, usage headers, in percent: half the rate, a probe each minute, nothing at all. */
export const USAGE = { slowFrom: 75, pauseFrom: 90, stopFrom: 100 } as const;
export const SLOWED_SHARE = 0.5;

/** Section 5, waits: between `pauseFrom` and `stopFrom` one request each minute looks again. */
export const USAGE_HIGH: Limited = {
  scope: "app",
  firstWaitMs: MINUTE_MS,
  spreadMs: 0,
  maxWaitMs: MINUTE_MS,
};
/** As codes 4, 17, 32 and 341, which come next. */
export const USAGE_FULL: Limited = {
  scope: "app",
  firstWaitMs: 5 * MINUTE_MS,
  spreadMs: 0,
  maxWaitMs: HOUR_MS,
};

/** Section 5: "after recovery restart at 25 % and ramp". A step more of the rate in each time. */
export const RAMP = { step: 0.25, everyMs: 30 * SECOND_MS } as const;

/**
 * Section 10, 1200 and 2 in waves: the platform is out, not the person. So many answers in a row
 * that were none (refused connections, 1200, or an unknown fate) hold everybody up.
 */
export const OUTAGE_IN_A_ROW = 10;
export const OUTAGE: Limited = {
  scope: "app",
  firstWaitMs: 5 * SECOND_MS,
  spreadMs: 5 * SECOND_MS,
  maxWaitMs: MINUTE_MS,
};

/** A run keeps still for so long in all; what is left is due again in the next one. */
export const PATIENCE_MS = { limit: HOUR_MS, outage: 5 * MINUTE_MS } as const;

/** A delivery that was not taken: tries, waits between them, and for how long at most. */
export const RETRY = {
  maxTries: 5,
  firstWaitMs: SECOND_MS / 2,
  maxWaitMs: 2 * MINUTE_MS,
} as const;

/**
 * 613 of one recipient while others pass is that thread's (section 5). It is the page's when two
 * people in a row get it, or more than one in 20: each counts 20, each that passes takes one off.
 */
export const THREAD_OR_PAGE = { weight: 20, pageAbove: 60 } as const;
