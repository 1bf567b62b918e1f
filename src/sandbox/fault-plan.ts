/**
 * The faults of a send that have a name, and what each does. Those that end in `_after`, and
 * `garbage`, `empty`, `no_id` and `invalid_reply`, strike after the message has reached the person;
 * the others strike before.
 */
export const SEND_FAULTS = {
  delay: "takes the call at once and answers late, by the duration written after =",
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

/** What usage headers tell, in percent: `=50..120/3` rises, and is regained in 3 minutes. */
export const USAGE_FAULTS = {
  page_usage: "x-business-use-case-usage of the Page, also the time to regain access",
  app_usage: "x-app-usage",
} as const;

/** What goes wrong with webhooks. `@7` is the 7th event that the fault could strike. */
export const EVENT_FAULTS = {
  no_echo: "the echo of a message never comes",
  no_delivery: "its delivery event never comes",
  no_read: "its read event never comes",
  no_mids: "the delivery event has a watermark but no mids",
  event_twice: "an event is posted twice",
  event_late: "an event comes late, behind others, by the duration written after =",
  bad_signature: "an event is posted with a signature that is not the app's",
} as const;

export type SendFaultName = keyof typeof SEND_FAULTS;
export type UsageFaultName = keyof typeof USAGE_FAULTS;
export type EventFaultName = keyof typeof EVENT_FAULTS;

export type Fault =
  | { readonly kind: SendFaultName; readonly ms: number | undefined }
  /** Refused with this Graph error; `ms` is told as `Retry-After`. */
  | {
      readonly kind: "code";
      readonly code: number;
      readonly subcode: number | undefined;
      readonly ms: number | undefined;
    };

export interface UsageFault {
  readonly kind: UsageFaultName;
  readonly fromPercent: number;
  readonly toPercent: number;
  readonly regainMinutes: number;
}

export interface EventFault {
  readonly kind: EventFaultName;
  readonly ms: number | undefined;
}

/** Calls count from 1, over all sends whose token was accepted; both ends are included. */
export type Moment =
  | { readonly kind: "rate"; readonly rate: number }
  | { readonly kind: "calls"; readonly from: number; readonly to: number };

export interface FaultRule<Kind> {
  readonly fault: Kind;
  readonly moment: Moment;
}

/** The same plan and the same calls give the same faults. */
export interface FaultPlan {
  readonly seed: number;
  readonly rules: readonly FaultRule<Fault>[];
  readonly usage: readonly FaultRule<UsageFault>[];
  readonly events: readonly FaultRule<EventFault>[];
}

export const NO_FAULTS: FaultPlan = { seed: 0, rules: [], usage: [], events: [] };
