import type { MetaError, Outcome } from "../../model/delivery.ts";
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import { CALL_LIMIT, type Reading, readError } from "./error-table.ts";
import { metaWords } from "./meta-words.ts";
import { parseRetryAfterMs } from "./retry-after.ts";
import { type Headers, parseUsage } from "./usage.ts";

/** A whole answer to a Send API call. */
export interface GraphResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

const RETRY: Reading = { as: "not_sent", limited: null };
const UNKNOWN: Reading = { as: "unknown" };
const REJECTED: Reading = { as: "failed", errorClass: "rejected", stops: "person" };

/**
 * What an answer means (SPEC section 8, rules 3 and 4). A listed error wins over the HTTP status;
 * what cannot be read is `unknown`. `secrets` are cut out of Meta's words.
 */
export function outcomeOf(response: GraphResponse, secrets: readonly string[]): Outcome {
  const body = parseBody(response.body);
  const error = body?.["error"];
  if (isJsonObject(error)) return judge(response, error, secrets);
  const messageId = body?.["message_id"];
  const isOk = response.status >= 200 && response.status < 300;
  if (isOk && typeof messageId === "string" && messageId !== "") {
    return { status: "sent", messageId };
  }
  const reading = response.status === 429 ? CALL_LIMIT : UNKNOWN;
  return outcome(reading, response, plainError(response.status));
}

function judge(response: GraphResponse, error: JsonObject, secrets: readonly string[]): Outcome {
  const raw = typeof error["message"] === "string" ? error["message"] : "";
  const code = wholeNumber(error["code"]);
  const subcode = wholeNumber(error["error_subcode"]);
  const reading =
    readError({ code, subcode, message: raw }) ??
    unlisted(response.status, { isGraphError: code !== null, error });
  return outcome(reading, response, { code, subcode, message: metaWords(raw, secrets) });
}

/** An error that the table does not have: the HTTP status decides. */
function unlisted(
  status: number,
  { isGraphError, error }: { readonly isGraphError: boolean; readonly error: JsonObject },
): Reading {
  if (status === 429) return CALL_LIMIT;
  if (!isGraphError || status >= 500 || (status >= 300 && status < 400)) return UNKNOWN;
  return status >= 400 && error["is_transient"] === true ? RETRY : REJECTED;
}

function outcome(reading: Reading, { headers }: GraphResponse, error: MetaError): Outcome {
  switch (reading.as) {
    case "failed":
      return { status: "failed", errorClass: reading.errorClass, error, stops: reading.stops };
    case "unknown":
      return { status: "unknown", error };
    case "not_sent": {
      const retryAfterMs = parseUsage(headers)?.regainAccessMs ?? parseRetryAfterMs(headers);
      return { status: "not_sent", error, retryAfterMs, limited: reading.limited };
    }
  }
}

function parseBody(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Meta writes codes as numbers; a proxy in between may have made them text. */
function wholeNumber(value: unknown): number | null {
  if (typeof value === "string" && /^\d{1,9}$/.test(value)) return Number(value);
  return typeof value === "number" && Number.isSafeInteger(value) ? value : null;
}

function plainError(status: number): MetaError {
  const message = `HTTP ${status} without a message id or a Graph error that can be read`;
  return { code: null, subcode: null, message };
}
