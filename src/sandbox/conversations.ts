import type { Instant } from "../model/instant.ts";
import { type Answer, jsonReply, refusalReply } from "./answer.ts";
import type { Call } from "./call.ts";
import type { DeliveredMessage } from "./outbox.ts";
import type { World } from "./world.ts";

/** Details of older messages are not given (messenger-platform.md section 8). */
const SHOWN_MESSAGES = 20;
const PAGE_SIZE = 25;
const MAX_PAGE_SIZE = 100;

interface Message {
  readonly id: string;
  readonly at: Instant;
  readonly fromPage: boolean;
  readonly text: string;
}

/**
 * `GET /<page>/conversations`: the threads of the people who were named or written to. Between the
 * first page and the second stands an empty one, as Meta says may happen.
 */
export function listConversations(call: Call, world: World): Answer {
  if (!world.conversationLimit.admit(world.now())) return refusalReply(TOO_MANY_CALLS);
  const threads = threadsOf(world);
  const { user_id: wanted, after } = call.params;
  const psids = typeof wanted === "string" ? [wanted] : [...threads.keys()];
  const asked = Number(call.params["limit"] ?? PAGE_SIZE);
  const size = Math.min(MAX_PAGE_SIZE, asked >= 1 ? Math.floor(asked) : PAGE_SIZE);
  const cursor = /^(\d+)(e?)$/.exec(String(after ?? "0"));
  const start = Number(cursor?.[1] ?? 0);
  const page = cursor?.[2] === "e" ? [] : psids.slice(start, start + size);
  const shown = page.filter((psid) => threads.has(psid));
  const rows = shown.map((psid) => conversation(psid, threads.get(psid) ?? [], world));
  const end = start + page.length;
  const hasMore = end < psids.length;
  const next = start === 0 && page.length > 0 ? `${end}e` : `${end}`;
  return jsonReply({ data: rows, ...(hasMore ? { paging: paging(call, next) } : {}) });
}

/** `GET /t_<psid>`, and `/t_<psid>/messages`. */
export function showConversation(call: Call, world: World): Answer {
  if (!world.conversationLimit.admit(world.now())) return refusalReply(TOO_MANY_CALLS);
  const psid = call.path[0]?.slice(2) ?? "";
  const messages = threadsOf(world).get(psid);
  if (messages === undefined) return refusalReply({ code: 100, subcode: 33, message: "No thread" });
  const thread = conversation(psid, messages, world);
  return jsonReply(call.path[1] === "messages" ? thread.messages : thread);
}

const TOO_MANY_CALLS = { code: 613, message: "Calls to this api have exceeded the rate limit." };

/** Every thread's messages by PSID, the newest first; one inbound for whoever wrote. */
function threadsOf({ people, outbox, now }: World): ReadonlyMap<string, readonly Message[]> {
  const threads = new Map<string, Message[]>();
  for (const psid of people.known()) {
    const { lastInboundAt = now() } = people.find(psid);
    const inbound = { id: `m_inbound_${psid}`, fromPage: false, text: "Hello" };
    threads.set(psid, lastInboundAt === null ? [] : [{ ...inbound, at: lastInboundAt }]);
  }
  for (const delivered of outbox.newest) {
    const thread = threads.get(delivered.psid) ?? [];
    thread.push(outbound(delivered));
    threads.set(delivered.psid, thread);
  }
  for (const thread of threads.values()) thread.sort((a, b) => b.at - a.at);
  return threads;
}

function outbound({ messageId, at, message }: DeliveredMessage): Message {
  const text = typeof message["text"] === "string" ? message["text"] : "";
  return { id: messageId, at, fromPage: true, text };
}

/** In Meta's shape; the `email` is as synthetic as Meta's. */
function conversation(psid: string, messages: readonly Message[], { pageId, now }: World) {
  const person = { name: `Person ${psid.slice(-4)}`, email: `${psid}@facebook.com`, id: psid };
  const page = { name: "Sandbox", email: `${pageId}@facebook.com`, id: pageId };
  const shown = messages.slice(0, SHOWN_MESSAGES).map((message) => ({
    id: message.id,
    created_time: graphTime(message.at),
    from: message.fromPage ? page : person,
    to: { data: [message.fromPage ? person : page] },
    message: message.text,
  }));
  return {
    id: `t_${psid}`,
    updated_time: graphTime(messages[0]?.at ?? now()),
    participants: { data: [person, page] },
    messages: { data: shown },
  };
}

/** `2026-11-20T08:15:30+0000`. */
function graphTime(at: Instant): string {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/, "+0000");
}

function paging(call: Call, after: string) {
  const query = new URLSearchParams({ ...stringParams(call), after });
  const version = call.version === undefined ? "" : `/${call.version}`;
  return { cursors: { after }, next: `${version}/${call.path.join("/")}?${query.toString()}` };
}

function stringParams({ params }: Call): Record<string, string> {
  const kept = Object.entries(params).filter(([name]) => name !== "access_token");
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}
