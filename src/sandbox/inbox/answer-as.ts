import { isRecord } from "../call.ts";
import type { Inbound } from "../entry.ts";
import type { World } from "../world.ts";

/** Messenger takes no longer ones. */
const MAX_TEXT = 2000;

/** What a person is made to write or tap, or why that cannot be. */
export function parseInbound(value: unknown): Inbound | string {
  if (!isRecord(value)) return "inbound must be an object.";
  const { type, text, title, payload } = value;
  if (type === "text") {
    if (typeof text !== "string" || text.trim() === "") return "text must not be empty.";
    return text.length <= MAX_TEXT ? { type, text } : `text has more than ${MAX_TEXT} characters.`;
  }
  if (type !== "quick_reply" && type !== "postback") {
    return "type must be text, quick_reply or postback.";
  }
  if (typeof title !== "string" || typeof payload !== "string") {
    return "title and payload must be texts.";
  }
  return { type, title, payload };
}

/** The person writes or taps: the window opens, and a webhook event tells so. */
export function answerAs(psid: string, inbound: Inbound, world: World): void {
  const at = world.now();
  const messageId = world.outbox.newMessageId();
  world.people.wrote(psid, at);
  const entry = world.threads.add({ kind: "received", psid, at, messageId, inbound });
  if (entry.kind === "received") world.events?.stream.received(entry);
}
