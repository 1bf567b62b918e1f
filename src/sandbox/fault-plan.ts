/**
 * The faults that have a name, and what each does to a send. Those that end in `_after`, and
 * `garbage`, `empty`, `no_id` and `invalid_reply`, strike after the message has reached the person;
 * the others strike before.
 */
export const FAULT_NAMES = {
  delay: "answers late, by the duration written after =",
  hang_before: "never answers; nothing was delivered",
  hang_after: "delivers and never answers",
  reset_before: "cuts the connection; nothing was delivered",
  reset_after: "delivers, then cuts the connection",
  html_500: "HTTP 500 with an HTML page; nothing was delivered",
  html_500_after: "delivers, then HTTP 500 with an HTML page",
  code_2: "HTTP 500 with Graph error 2; nothing was delivered",
  code_2_after: "delivers, then HTTP 500 with Graph error 2",
  garbage: "delivers, then HTTP 200 with a body that is no JSON",
  empty: "delivers, then HTTP 200 with an empty body",
  no_id: "delivers, then HTTP 200 without message_id",
  invalid_reply: "delivers, then Graph error 1 with subcode 1357046",
  too_many: "HTTP 429 without a Graph error",
  revoked: "the token is revoked: from this call on everything is 190",
  restricted: "Meta restricts the Page: from this call on every send is 10/1893063",
  blocked: "the person is unavailable, 551; a rate means that share of people, not of calls",
} as const;

export type FaultName = keyof typeof FAULT_NAMES;

export type Fault =
  | { readonly kind: FaultName; readonly ms: number | undefined }
  /** Refused with this Graph error; `ms` is told as `Retry-After`. */
  | {
      readonly kind: "code";
      readonly code: number;
      readonly subcode: number | undefined;
      readonly ms: number | undefined;
    };

/** Calls count from 1, over all sends whose token was accepted; both ends are included. */
export type Moment =
  | { readonly kind: "rate"; readonly rate: number }
  | { readonly kind: "calls"; readonly from: number; readonly to: number };

export interface FaultRule {
  readonly fault: Fault;
  readonly moment: Moment;
}

/** The same plan and the same calls give the same faults. */
export interface FaultPlan {
  readonly seed: number;
  readonly rules: readonly FaultRule[];
}
