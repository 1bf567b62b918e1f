import { type Answer, jsonReply, refusalReply } from "./answer.ts";
import type { Call } from "./call.ts";
import { conversationFields, messageFields, selectFields } from "./conversation-fields.ts";
import { hasMessages, type Message, messagesOf } from "./conversation-messages.ts";
import { type Field, parseFields } from "./graph-fields.ts";
import type { Refusal } from "./refusal.ts";
import type { World } from "./world.ts";

/** Details of older messages are not given (messenger-platform.md section 8). */
const SHOWN_MESSAGES = 20;
const PAGE_SIZE = 25;
const MAX_PAGE_SIZE = 100;

/** What a call without `fields` gets. */
const CONVERSATION_DEFAULT = "id,updated_time";
const MESSAGE_DEFAULT = "id,created_time";

const TOO_MANY_CALLS: Refusal = {
  code: 613,
  message: "Calls to this api have exceeded the rate limit.",
};
const NO_SUCH_OBJECT: Refusal = {
  code: 100,
  subcode: 33,
  message: "Unsupported get request. The object does not exist",
};
const DELETED: Refusal = { code: 9000001, message: "This message has been deleted" };

/**
 * `GET /<page>/conversations`: the threads of the people who were written to or have written, the
 * newest first. Between the first page and the second stands an empty one, as Meta says may happen.
 */
export function listConversations(call: Call, world: World): Answer {
  const asked = askedFields(call, world, CONVERSATION_DEFAULT);
  if ("refused" in asked) return asked.refused;
  const psids = psidsOf(call, world);
  const { start, size, isGap } = cursorOf(call);
  const page = isGap ? [] : psids.slice(start, start + size);
  const data = page.map((psid) => conversationFields(psid, shownOf(psid, world), world));
  const rows = data.map((conversation) => selectFields(conversation, asked.fields));
  const end = start + page.length;
  const next = start === 0 && page.length > 0 ? `${end}e` : `${end}`;
  return jsonReply({ data: rows, ...(end < psids.length ? { paging: paging(call, next) } : {}) });
}

/** `GET /t_<psid>`, and `/t_<psid>/messages`. */
export function showConversation(call: Call, world: World): Answer {
  const isMessages = call.path[1] === "messages";
  const standard = isMessages ? MESSAGE_DEFAULT : CONVERSATION_DEFAULT;
  const asked = askedFields(call, world, standard);
  if ("refused" in asked) return asked.refused;
  const psid = call.path[0]?.slice(2) ?? "";
  const messages = shownOf(psid, world);
  if (messages.length === 0) return refusalReply(NO_SUCH_OBJECT);
  if (!isMessages) {
    return jsonReply(selectFields(conversationFields(psid, messages, world), asked.fields));
  }
  const data = messages.map((message) => messageFields(message, world));
  return jsonReply({ data: data.map((message) => selectFields(message, asked.fields)) });
}

/** `GET /<message>`: only the newest 20 of a thread have details. */
export function showMessage(call: Call, world: World): Answer {
  const asked = askedFields(call, world, MESSAGE_DEFAULT);
  if ("refused" in asked) return asked.refused;
  const id = call.path[0] ?? "";
  const entry = world.threads.findMessage(id);
  if (entry === undefined) return refusalReply(NO_SUCH_OBJECT);
  const message = shownOf(entry.psid, world).find((shown) => shown.id === id);
  if (message === undefined) return refusalReply(DELETED);
  return jsonReply(selectFields(messageFields(message, world), asked.fields));
}

/** Counts the call against the limit, and reads what it asks for. */
function askedFields(
  { params }: Call,
  world: World,
  standard: string,
): { readonly refused: Answer } | { readonly fields: readonly Field[] } {
  if (!world.conversationLimit.admit(world.now())) {
    return { refused: refusalReply(TOO_MANY_CALLS) };
  }
  const fields = parseFields(String(params["fields"] ?? standard));
  if (fields !== undefined) return { fields };
  return { refused: refusalReply({ code: 2500, message: "Syntax error in the fields parameter" }) };
}

function psidsOf({ params }: Call, world: World): readonly string[] {
  const { user_id: wanted } = params;
  const written = world.threads.psids();
  const named = world.people.known();
  const all = typeof wanted === "string" ? [wanted] : new Set([...written, ...named]);
  return [...all].filter((psid) => hasMessages(psid, world));
}

function cursorOf({ params }: Call) {
  const asked = Number(params["limit"] ?? PAGE_SIZE);
  const cursor = /^(\d+)(e?)$/.exec(String(params["after"] ?? "0"));
  return {
    start: Number(cursor?.[1] ?? 0),
    size: Math.min(MAX_PAGE_SIZE, asked >= 1 ? Math.floor(asked) : PAGE_SIZE),
    isGap: cursor?.[2] === "e",
  };
}

function shownOf(psid: string, world: World): readonly Message[] {
  return messagesOf(psid, world).slice(0, SHOWN_MESSAGES);
}

/** The address of the next page, in full as Meta gives it; the token is not in it. */
function paging(call: Call, after: string) {
  const kept = Object.entries(call.params).filter(
    ([name]) => name !== "access_token" && name !== "appsecret_proof",
  );
  const asked = Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
  const query = new URLSearchParams({ ...asked, after });
  const version = call.version === undefined ? "" : `/${call.version}`;
  const next = `http://${call.host}${version}/${call.path.join("/")}?${query.toString()}`;
  return { cursors: { before: "0", after }, next };
}
