import { PortError, Stop } from "../../diag/errors.ts";
import { SECOND_MS } from "../../model/instant.ts";
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from "../../model/json.ts";
import type { Clock } from "../../ports/clock.ts";
import { readError } from "./error-table.ts";
import { type Exchange, exchange } from "./exchange.ts";
import { type GraphGatewayOptions, openPool, proofQuery } from "./graph-gateway.ts";
import { metaWords } from "./meta-words.ts";

/** Two calls a second for a page; a little more between two of them keeps it strict (section 5). */
const CALL_EVERY_MS = 510;
const MAX_TRIES = 5;
const FIRST_WAIT_MS = 30 * SECOND_MS;
/** Fifty conversations with the longest texts, escaped, stay below it. */
const MAX_BYTES = 32 * 1024 * 1024;

/** Asks for a page's conversations, as slowly as Meta wants it. */
export interface ConversationCalls {
  /** Throws Stop `denied`, Refused for what Meta does not understand, and PortError. */
  ask(query: Readonly<Record<string, string>>): Promise<JsonObject>;
  close(): Promise<void>;
}

/** Meta answered, and would answer the same again. */
export class Refused extends PortError {}

/** Meta's Conversations API (messenger-platform.md section 8). */
export function openConversationCalls(
  options: GraphGatewayOptions,
  clock: Clock,
): ConversationCalls {
  const pool = openPool(new URL(options.url).origin, options);
  let freeAtMs = Number.NEGATIVE_INFINITY;
  const turn = async () => {
    const waitMs = freeAtMs - clock.monotonicMs();
    freeAtMs = Math.max(clock.monotonicMs(), freeAtMs) + CALL_EVERY_MS;
    if (waitMs > 0) await clock.sleep(waitMs);
  };
  const call = async (query: Readonly<Record<string, string>>) => {
    await turn();
    const limits = { timeoutMs: options.timeoutMs, maxBytes: MAX_BYTES };
    return read(await exchange(await pool, requestFor(options, query), limits), options);
  };
  return {
    async ask(query) {
      for (let tries = 1; ; tries++) {
        const body = await call(query);
        if (body !== "limited") return body;
        if (tries === MAX_TRIES) {
          throw new PortError("Meta limits the calls for conversations.", { retryable: true });
        }
        await clock.sleep(FIRST_WAIT_MS * 2 ** (tries - 1));
      }
    },
    async close() {
      await (await pool).close();
    },
  };
}

function requestFor(options: GraphGatewayOptions, query: Readonly<Record<string, string>>) {
  const { origin, pathname } = new URL(options.url);
  const base = `${pathname.replace(/\/+$/, "")}/${options.version}/${options.pageId}`;
  const asked = new URLSearchParams({ platform: "messenger", ...query });
  const proof = proofQuery(options).replace("?", "&");
  return {
    origin,
    path: `${base}/conversations?${asked}${proof}`,
    method: "GET" as const,
    headers: ["authorization", `Bearer ${options.token}`],
  };
}

function read(
  result: Exchange,
  { token, appSecret = "" }: GraphGatewayOptions,
): JsonObject | "limited" {
  if (result.kind !== "answered") {
    throw new PortError(`Meta was not reached: ${result.reason}.`, { retryable: true });
  }
  const { status, body } = result.response;
  const value = parseJson(body);
  const error = isJsonObject(value) ? value["error"] : undefined;
  if (!isJsonObject(error)) {
    if (isJsonObject(value) && status === 200) return value;
    throw new PortError(`Meta answered ${status} without conversations.`, { retryable: true });
  }
  const raw = String(error["message"] ?? "");
  const [code, subcode] = [Number(error["code"]), Number(error["error_subcode"] ?? Number.NaN)];
  const reading = readError({ code, subcode, message: raw });
  if (reading?.as === "not_sent" || status === 429) return "limited";
  const words = metaWords(
    raw,
    [token, appSecret].filter((secret) => secret !== ""),
  );
  if (reading?.as === "failed" && reading.errorClass === "denied") {
    const needs = "It needs pages_messaging and pages_read_engagement.";
    throw new Stop(
      "denied",
      `Meta refuses to show conversations: ${words} (code ${code}) ${needs}`,
    );
  }
  throw new Refused(`Meta answered: ${words} (code ${code})`, { retryable: true });
}

/** Meta writes `2026-11-20T08:15:30+0000`, without the colon that ISO asks for. */
export function graphInstant(created: JsonValue | undefined): number | undefined {
  const at = Date.parse(String(created).replace(/([+-]\d{2})(\d{2})$/, "$1:$2"));
  return Number.isNaN(at) ? undefined : at;
}

/** The objects of a list; none where it is no list. */
export function objects(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** The `data` of a list within an object, as Graph writes it. */
export function edge(value: JsonValue | undefined): JsonObject[] {
  return objects(isJsonObject(value) ? value["data"] : undefined);
}
