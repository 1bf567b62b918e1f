import type { FailureClass, Limited, StopScope } from "../../model/delivery.ts";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../../model/instant.ts";

/** How an error of Meta's is to be read. */
export type Reading =
  | { readonly as: "failed"; readonly errorClass: FailureClass; readonly stops: StopScope }
  | { readonly as: "unknown" }
  | {
      readonly as: "not_sent";
      readonly limited: Limited | null;
    };

export interface ErrorRow {
  /** `any`: the subcode alone decides; Meta lists some under codes that differ. */
  readonly code: number | "any";
  readonly subcode?: number | readonly number[];
  /** Must occur in Meta's message. */
  readonly words?: RegExp;
  readonly reading: Reading;
  /**
   * Meta's pages: ERR error-codes, EH error-handling, PM page/messages, RATE-G rate-limiting, SEC
   * secure-requests, PROF user-profile, CONV conversations, MM marketing messages. Else a thread
   * or a sender in a public repository. More of each in messenger-platform.md, section 0.
   */
  readonly source: string;
}

const UNAVAILABLE = failed("user_unavailable", "person");
const OUTSIDE_WINDOW = failed("outside_window", "person");
const INVALID = failed("message_invalid", "campaign");
const DENIED = failed("denied", "run");
const RESTRICTED = failed("page_restricted", "page");
const REJECTED = failed("rejected", "person");
const UNKNOWN: Reading = { as: "unknown" };
const RETRY: Reading = { as: "not_sent", limited: null };
/** Somebody else writes in the thread just now; Meta names no wait. */
const THREAD_BUSY = limit("thread", { firstWaitMs: 5 * SECOND_MS, maxWaitMs: MINUTE_MS });
/** The waits of section 5. */
const APP_LIMIT = limit("app", { firstWaitMs: 5 * MINUTE_MS, maxWaitMs: HOUR_MS });
const PAGE_LIMIT = limit("page", { firstWaitMs: 5 * MINUTE_MS, maxWaitMs: HOUR_MS });
const BUSINESS_LIMIT = limit("page", { firstWaitMs: 15 * MINUTE_MS, maxWaitMs: 6 * HOUR_MS });
/** "30–60 s then double to 15 min"; of one recipient while others pass it is that thread's. */
export const CALL_LIMIT = limit("page_or_thread", {
  firstWaitMs: 30 * SECOND_MS,
  spreadMs: 30 * SECOND_MS,
  maxWaitMs: 15 * MINUTE_MS,
});

/**
 * Every error that messenger-platform.md section 4 lists, the waits of its section 5. The first row
 * that fits decides, so narrow rows stand above wide ones. A row without subcode takes any.
 */
export const ERROR_TABLE: readonly ErrorRow[] = [
  // Unavailable under 551 and under 200; thread owned by another app or by Meta's own answers.
  { code: "any", subcode: 1545041, reading: UNAVAILABLE, source: "ERR, courier#421" },
  { code: "any", subcode: [2018300, 2018321], reading: THREAD_BUSY, source: "ERR" },
  { code: 1, subcode: 99, reading: DENIED, source: "ERR" },
  // 1/1357046 above all: "Received invalid JSON reply" comes although every message was sent.
  { code: 1, reading: UNKNOWN, source: "EH, ERR (1357046)" },
  { code: 2, subcode: 2018344, reading: DENIED, source: "ERR" },
  { code: 2, reading: UNKNOWN, source: "EH, ERR" },
  { code: 3, reading: DENIED, source: "EH" },
  { code: 4, subcode: 2018354, reading: REJECTED, source: "ERR" },
  { code: 4, reading: APP_LIMIT, source: "RATE-G" },
  { code: 9, subcode: 2018352, reading: REJECTED, source: "ERR" },
  { code: 10, subcode: [2018278, 2018065, 2534022], reading: OUTSIDE_WINDOW, source: "ERR" },
  { code: 10, subcode: [2018108, 1893015, 2018336], reading: UNAVAILABLE, source: "ERR" },
  { code: 10, subcode: 1893063, reading: RESTRICTED, source: "ERR (25 Jun 2026)" },
  { code: 10, subcode: 1404170, reading: failed("page_restricted", "campaign"), source: "ERR" },
  { code: 10, reading: DENIED, source: "EH, ERR" },
  { code: 17, reading: PAGE_LIMIT, source: "RATE-G" },
  { code: 32, reading: PAGE_LIMIT, source: "RATE-G, bottender#420" },
  // The object of the path is the Page; any other that does not exist is the person.
  {
    code: 100,
    subcode: 33,
    words: /unsupported (get|post|delete) request/i,
    reading: DENIED,
    source: "ERR",
  },
  { code: 100, subcode: [33, 2018001, 2534014], reading: UNAVAILABLE, source: "ERR" },
  { code: 100, subcode: 2018164, reading: DENIED, source: "ERR" },
  { code: 100, subcode: 2534029, reading: RESTRICTED, source: "ERR" },
  { code: 100, subcode: 2534037, reading: THREAD_BUSY, source: "ERR" },
  {
    code: 100,
    subcode: [2018008, 2018014, 2018034, 2018047, 2018074, 2018109],
    reading: INVALID,
    source: "ERR, fbmessenger-node#24",
  },
  {
    code: 100,
    subcode: [2018294, 2018320, 2018328, 1893061, 2534015],
    reading: INVALID,
    source: "ERR, chatwoot#14669",
  },
  { code: 100, words: /appsecret_proof/i, reading: DENIED, source: "SEC" },
  {
    code: 100,
    words: /no matching user|invalid fbid|\brecipient\b/i,
    reading: UNAVAILABLE,
    source: "ERR, opsdroid",
  },
  { code: 100, words: /notification_messages_token/i, reading: UNAVAILABLE, source: "ERR" },
  { code: 100, reading: INVALID, source: "EH, botframework-sdk#1335" },
  { code: 102, reading: DENIED, source: "EH" },
  { code: 105, reading: INVALID, source: "botman#694" },
  { code: 190, reading: DENIED, source: "EH" },
  { code: 194, reading: INVALID, source: "fchat FAQ" },
  // In development mode only people with a role can be reached: the others fail one by one.
  {
    code: 200,
    subcode: [2018028, 2018027],
    reading: failed("denied", "person"),
    source: "ERR, pymessenger#81",
  },
  { code: 200, subcode: 2018021, reading: INVALID, source: "ERR" },
  { code: 200, subcode: 2534041, reading: DENIED, source: "ERR" },
  { code: 200, words: /\bperson\b/i, reading: UNAVAILABLE, source: "botkit#559" },
  { code: 200, reading: DENIED, source: "EH" },
  { code: 230, reading: DENIED, source: "PM" },
  { code: 341, reading: APP_LIMIT, source: "EH" },
  { code: 368, reading: RESTRICTED, source: "PM, EH" },
  { code: 506, reading: REJECTED, source: "EH" },
  { code: 508, subcode: 2534122, reading: RESTRICTED, source: "ERR" },
  { code: 551, reading: UNAVAILABLE, source: "courier#421" },
  { code: 613, subcode: [2018338, 1893016], reading: REJECTED, source: "ERR" },
  { code: 613, reading: CALL_LIMIT, source: "RATE-G, botkit#865" },
  { code: 1200, reading: RETRY, source: "messaging-apis#237" },
  { code: 2022, reading: RESTRICTED, source: "ERR, PM" },
  { code: 10303, reading: REJECTED, source: "ERR" },
  { code: 10900, reading: REJECTED, source: "PM" },
  { code: 10902, reading: REJECTED, source: "PM" },
  { code: 10903, reading: REJECTED, source: "PM" },
  { code: 10904, reading: RESTRICTED, source: "PM" },
  { code: 36000, reading: INVALID, source: "courier" },
  { code: 80001, reading: BUSINESS_LIMIT, source: "RATE-G" },
  { code: 80006, reading: BUSINESS_LIMIT, source: "RATE-G" },
  { code: 2018144, reading: REJECTED, source: "ERR" },
  { code: 2018218, reading: REJECTED, source: "PROF" },
  { code: 2018247, reading: REJECTED, source: "ERR" },
  { code: 2018300, reading: THREAD_BUSY, source: "ERR" },
  { code: 2018321, reading: THREAD_BUSY, source: "ERR" },
  { code: 2018416, reading: INVALID, source: "vlab" },
  { code: 2300052, reading: REJECTED, source: "MM" },
  { code: 9000001, reading: REJECTED, source: "ERR, CONV" },
];

/** How to read an error, or `undefined` when it is not listed. */
export function readError(error: {
  readonly code: number | null;
  readonly subcode: number | null;
  readonly message: string;
}): Reading | undefined {
  return ERROR_TABLE.find(
    (row) =>
      (row.code === "any" || row.code === error.code) &&
      (row.subcode === undefined || [row.subcode].flat().includes(error.subcode ?? -1)) &&
      (row.words?.test(error.message) ?? true),
  )?.reading;
}

function failed(errorClass: FailureClass, stops: StopScope): Reading {
  return { as: "failed", errorClass, stops };
}

function limit(
  scope: Limited["scope"],
  waits: Pick<Limited, "firstWaitMs" | "maxWaitMs"> & { readonly spreadMs?: number },
): Reading {
  return { as: "not_sent", limited: { scope, spreadMs: 0, ...waits } };
}
