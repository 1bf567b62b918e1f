import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ERROR_TABLE } from "../../../src/adapters/graph-api/error-table.ts";
import type { Limited } from "../../../src/model/delivery.ts";
import { type Loopback, sendOnce, startLoopback } from "./loopback.ts";

let server: Loopback;
beforeAll(async () => {
  server = await startLoopback(() => undefined);
});
afterAll(() => server.close());

interface GraphError {
  readonly code: number;
  readonly subcode?: number;
  readonly message?: string;
  readonly transient?: boolean;
}

/** Sends while the server refuses with this error, and gives a short form of what came of it. */
async function read(error: GraphError, status = 400, headers: Record<string, string> = {}) {
  server.answering = (_request, response) => {
    const { code, subcode, message = "Some words", transient } = error;
    const body = { message, code, error_subcode: subcode, is_transient: transient };
    response.writeHead(status, headers);
    response.end(JSON.stringify({ error: body }));
  };
  const outcome = await sendOnce(server.url);
  switch (outcome.status) {
    case "failed":
      return `${outcome.errorClass} stops ${outcome.stops}`;
    case "not_sent":
      return `not_sent ${showLimit(outcome.limited)}, told ${outcome.retryAfterMs}`;
    default:
      return outcome.status;
  }
}

function showLimit(limited: Limited | null): string {
  if (limited === null) return "no limit";
  const { scope, firstWaitMs, spreadMs, maxWaitMs } = limited;
  const first = spreadMs === 0 ? firstWaitMs / 1000 : `${firstWaitMs / 1000}+${spreadMs / 1000}`;
  return `${scope} ${first}..${maxWaitMs / 1000} s`;
}

const UNAVAILABLE = "user_unavailable stops person";
const WINDOW = "outside_window stops person";
const INVALID = "message_invalid stops campaign";
const DENIED = "denied stops run";
const RESTRICTED = "page_restricted stops page";
const REJECTED = "rejected stops person";
const THREAD = "not_sent thread 5..60 s, told null";
const RETRY = "not_sent no limit, told null";
const CALL_LIMIT = "not_sent page_or_thread 30+30..900 s, told";
const APP_LIMIT = "not_sent app 300..3600 s, told null";
const PAGE_LIMIT = "not_sent page 300..3600 s, told null";
const BUSINESS_LIMIT = "not_sent page 900..21600 s, told null";

// code, subcode, Meta's words, what it means
const LISTED: readonly [number, number | undefined, string, string][] = [
  [1, undefined, "An unknown error occurred", "unknown"],
  [1, 99, "An unknown error occurred", DENIED],
  [1, 1357046, "Received invalid JSON reply", "unknown"],
  [2, undefined, "Service temporarily unavailable", "unknown"],
  [2, 2018344, "Privacy terms not accepted", DENIED],
  [3, undefined, "Capability", DENIED],
  [4, undefined, "Application request limit reached", APP_LIMIT],
  [4, 2018354, "Delay between notifications", REJECTED],
  [9, 2018352, "Too many actions", REJECTED],
  [10, undefined, "Application does not have permission for this action", DENIED],
  [10, 2018278, "Outside of allowed window", WINDOW],
  [10, 2018065, "Outside of allowed window", WINDOW],
  [10, 2534022, "Outside of allowed window", WINDOW],
  [10, 2018108, "Can't receive your messages right now", UNAVAILABLE],
  [10, 1893015, "Stopped notifications", UNAVAILABLE],
  [10, 2018336, "User thread impact", UNAVAILABLE],
  [10, 1893063, "Temporarily restricted", RESTRICTED],
  [10, 1404170, "Restricted from requests", "page_restricted stops campaign"],
  [17, undefined, "User request limit reached", PAGE_LIMIT],
  [32, undefined, "Page request limit reached", PAGE_LIMIT],
  [100, undefined, "Invalid parameter", INVALID],
  [100, undefined, "Length of param message[text] must be less than or equal to 2000", INVALID],
  [100, undefined, "No matching user found", UNAVAILABLE],
  [100, undefined, "Invalid FBID", UNAVAILABLE],
  [100, undefined, "The parameter recipient is required", UNAVAILABLE],
  [100, undefined, "notification_messages_token is expired", UNAVAILABLE],
  [100, undefined, "Invalid appsecret_proof provided in the API argument", DENIED],
  [100, 33, "Unsupported post request. Object with ID '1' does not exist", DENIED],
  [100, 33, "Object does not exist", UNAVAILABLE],
  [100, 2018001, "No matching user found", UNAVAILABLE],
  [100, 2534014, "No matching Instagram user", UNAVAILABLE],
  [100, 2018164, "Incorrect app id", DENIED],
  [100, 2534029, "Blocked from sending", RESTRICTED],
  [100, 2534037, "Not the thread owner", THREAD],
  ...[2018008, 2018014, 2018034, 2018047, 2018074, 2018109, 2018294, 2018320, 2018328].map(
    (subcode): [number, number, string, string] => [100, subcode, "Bad message", INVALID],
  ),
  [100, 1893061, "Invalid parameter", INVALID],
  [100, 2534015, "Invalid message data", INVALID],
  [102, undefined, "Session", DENIED],
  [105, undefined, "param name_placeholder[buttons] has too many elements.", INVALID],
  [190, undefined, "Invalid OAuth access token", DENIED],
  [190, 460, "Password changed", DENIED],
  [194, undefined, "has too few elements", INVALID],
  [200, undefined, "Permissions error", DENIED],
  [200, undefined, "This person isn't receiving messages from you right now", UNAVAILABLE],
  [200, 1545041, "Message Not Sent", UNAVAILABLE],
  [200, 2018028, "Cannot message users who are not testers", "denied stops person"],
  [200, 2018027, "Cannot message users who are not testers", "denied stops person"],
  [200, 2018021, "Phone matching fee", INVALID],
  [200, 2534041, "Disabled access", DENIED],
  [230, undefined, "Permissions disallow message to user", DENIED],
  [341, undefined, "Application limit reached", APP_LIMIT],
  [368, 1346003, "Deemed abusive", RESTRICTED],
  [506, undefined, "Duplicate post", REJECTED],
  [508, 2534122, "Link can not be shared", RESTRICTED],
  [551, undefined, "This person isn't available right now", UNAVAILABLE],
  [551, 1545041, "This person isn't available right now", UNAVAILABLE],
  [613, undefined, "Calls to this api have exceeded the rate limit", `${CALL_LIMIT} null`],
  [613, 1996, "Inconsistent request volume", `${CALL_LIMIT} null`],
  [613, 2534040, "Rate limit", `${CALL_LIMIT} null`],
  [613, 2018338, "Warning! bothersome or abusive", REJECTED],
  [613, 1893016, "Multiple requests", REJECTED],
  [1200, undefined, "Temporary send message failure", RETRY],
  [1200, 2018024, "Temporary send message failure", RETRY],
  [2022, undefined, "Commerce messages temporarily disabled", RESTRICTED],
  [10303, undefined, "Bad linking token", REJECTED],
  [10900, undefined, "Already replied to", REJECTED],
  [10902, undefined, "Not a replyable activity", REJECTED],
  [10903, undefined, "This user can't reply", REJECTED],
  [10904, undefined, "The Page has messages disabled", RESTRICTED],
  [36000, undefined, "Image size too large", INVALID],
  [80001, undefined, "Too many calls to this Page account", BUSINESS_LIMIT],
  [80006, undefined, "Too many messages", BUSINESS_LIMIT],
  [2018144, undefined, "Quota", REJECTED],
  [2018218, undefined, "No profile", REJECTED],
  [2018247, undefined, "Insufficient permission", REJECTED],
  [2018300, undefined, "Another app controls this thread", THREAD],
  [100, 2018300, "Another app controls this thread", THREAD],
  [2018321, undefined, "Automated flow", THREAD],
  [2018416, undefined, "Fatal", INVALID],
  [2300052, undefined, "Not available", REJECTED],
  [9000001, undefined, "Message deleted", REJECTED],
];

describe("listed errors", () => {
  it.each(LISTED)("reads %s/%s %s as: %s", async (...row) => {
    const [code, subcode, message, want] = row;
    const error = subcode === undefined ? { code, message } : { code, subcode, message };
    expect(await read(error)).toBe(want);
  });

  it("are the same under any HTTP status", async () => {
    for (const status of [200, 401, 403, 429, 500, 503]) {
      expect(await read({ code: 551 }, status)).toBe(UNAVAILABLE);
    }
  });

  it("have a source each", () => {
    expect(ERROR_TABLE.filter(({ source }) => source.length < 2)).toEqual([]);
  });

  it("are all tried above", () => {
    const tried = new Set<unknown>(LISTED.flat());
    const codes = ERROR_TABLE.flatMap(({ code, subcode }) => [code, subcode ?? []].flat());
    expect(codes.filter((code) => code !== "any" && !tried.has(code))).toEqual([]);
  });
});

describe("errors that are not listed", () => {
  it.each([
    [{ code: 77777 }, 400, REJECTED],
    [{ code: 77777 }, 403, REJECTED],
    [{ code: 77777 }, 200, REJECTED],
    [{ code: 77777, transient: true }, 400, RETRY],
    [{ code: 77777, transient: false }, 400, REJECTED],
    [{ code: 77777, transient: true }, 500, "unknown"],
    [{ code: 77777 }, 500, "unknown"],
    [{ code: 77777 }, 429, `${CALL_LIMIT} null`],
    [{ code: 2, transient: true }, 400, "unknown"],
  ])("reads %j with HTTP %s as: %s", async (error, status, want) => {
    expect(await read(error, status)).toBe(want);
  });
});

describe("how long to wait", () => {
  const limited = { code: 613 };
  const regain = (minutes: number) => ({
    "x-business-use-case-usage": JSON.stringify({
      1: [{ type: "messenger", call_count: 100, estimated_time_to_regain_access: minutes }],
    }),
  });

  it("takes the minutes that Meta estimates before anything else", async () => {
    const headers = { ...regain(7), "retry-after": "5" };
    expect(await read(limited, 400, headers)).toBe(`${CALL_LIMIT} 420000`);
  });

  it("takes Retry-After where Meta estimates none", async () => {
    const headers = { ...regain(0), "retry-after": "5" };
    expect(await read(limited, 400, headers)).toBe(`${CALL_LIMIT} 5000`);
  });

  it("takes Retry-After of a 429 without a Graph error", async () => {
    server.answering = (_request, response) => {
      response.writeHead(429, { "retry-after": "2" });
      response.end("Too Many Requests");
    };
    const outcome = await sendOnce(server.url);
    expect(outcome).toMatchObject({ status: "not_sent", retryAfterMs: 2000 });
  });
});
