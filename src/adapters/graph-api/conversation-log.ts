import { PortError, Stop } from "../../diag/errors.ts";
import { SECOND_MS } from "../../model/instant.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../model/json.ts";
import type { Clock } from "../../ports/clock.ts";
import type { ConversationLog, PageMessage } from "../../ports/conversation-log.ts";
import { readError } from "./error-table.ts";
import { exchange } from "./exchange.ts";
import { type GraphGatewayOptions, openPool, proofQuery } from "./graph-gateway.ts";
import { metaWords } from "./meta-words.ts";

/** Two calls a second for a page; a little more between two of them keeps it strict (section 5). */
const CALL_EVERY_MS = 510;
const MAX_TRIES = 5;
const FIRST_WAIT_MS = 30 * SECOND_MS;
const FIELDS = "messages.limit(20){id,created_time,from,message}";

/** Meta's Conversations API (messenger-platform.md section 8). */
export function openConversationLog(options: GraphGatewayOptions, clock: Clock): ConversationLog {
  const pool = openPool(new URL(options.url).origin, options);
  let freeAtMs = Number.NEGATIVE_INFINITY;
  const turn = async () => {
    const waitMs = freeAtMs - clock.monotonicMs();
    freeAtMs = Math.max(clock.monotonicMs(), freeAtMs) + CALL_EVERY_MS;
    if (waitMs > 0) await clock.sleep(waitMs);
  };
  const call = async (psid: string) => {
    await turn();
    const request = requestFor(options, psid);
    return read(await exchange(await pool, request, options.timeoutMs), options);
  };
  return {
    async messagesTo(psid) {
      for (let tries = 1; ; tries++) {
        const body = await call(psid);
        if (body !== "limited") return pageMessages(body, options.pageId);
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

function requestFor(options: GraphGatewayOptions, psid: string) {
  const { origin, pathname } = new URL(options.url);
  const base = `${pathname.replace(/\/+$/, "")}/${options.version}/${options.pageId}`;
  const query = new URLSearchParams({ platform: "messenger", user_id: psid, fields: FIELDS });
  const proof = proofQuery(options).replace("?", "&");
  return {
    origin,
    path: `${base}/conversations?${query}${proof}`,
    method: "GET" as const,
    headers: ["authorization", `Bearer ${options.token}`],
  };
}

function read(
  result: Awaited<ReturnType<typeof exchange>>,
  { token, appSecret = "" }: GraphGatewayOptions,
): JsonObject | "limited" {
  if (result.kind !== "answered") {
    throw new PortError(`Meta was not reached: ${result.reason}.`, { retryable: true });
  }
  const { status, body } = result.response;
  const value = parse(body);
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
  throw new PortError(`Meta answered: ${words} (code ${code})`, { retryable: true });
}

function pageMessages({ data }: JsonObject, pageId: string): PageMessage[] {
  return objects(data).flatMap(({ messages }) =>
    objects(isJsonObject(messages) ? messages["data"] : undefined).flatMap((message) => {
      const { id, message: text, created_time: created, from } = message;
      const createdAt = Date.parse(instantText(String(created)));
      const isOwn = isJsonObject(from) && String(from["id"]) === pageId;
      if (!isOwn || typeof id !== "string" || Number.isNaN(createdAt)) return [];
      return [{ id, text: typeof text === "string" ? text : "", createdAt }];
    }),
  );
}

/** Meta writes `2026-11-20T08:15:30+0000`, without the colon that ISO asks for. */
function instantText(created: string): string {
  return created.replace(/([+-]\d{2})(\d{2})$/, "$1:$2");
}

function objects(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function parse(text: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
