import type { Instant } from "../model/instant.ts";
import { type Entry, inboundText, reachedId } from "./entry.ts";
import type { World } from "./world.ts";

/** A message as the Conversations API knows it: metadata is not part of it. */
export interface Message {
  readonly id: string;
  readonly psid: string;
  readonly at: Instant;
  readonly fromPage: boolean;
  readonly text: string;
}

/** A conversation's messages, the newest first; what never reached the person is none. */
export function messagesOf(psid: string, world: World): readonly Message[] {
  const messages = world.threads
    .of(psid)
    .map(messageOf)
    .filter((one) => one !== undefined);
  const first = firstInbound(psid, world);
  const hasWritten = messages.some(({ fromPage }) => !fromPage);
  if (first !== undefined && !hasWritten) messages.push(first);
  return messages.sort((a, b) => b.at - a.at);
}

/** Whether there is a conversation at all. */
export function hasMessages(psid: string, world: World): boolean {
  const entries = world.threads.of(psid);
  const isThere = (entry: Entry) => entry.kind === "received" || reachedId(entry) !== null;
  return entries.some(isThere) || firstInbound(psid, world) !== undefined;
}

function messageOf(entry: Entry): Message | undefined {
  const { psid, at } = entry;
  if (entry.kind === "received") {
    return { id: entry.messageId, psid, at, fromPage: false, text: inboundText(entry.inbound) };
  }
  const id = reachedId(entry);
  const { text } = entry.message;
  return id === null
    ? undefined
    : { id, psid, at, fromPage: true, text: typeof text === "string" ? text : "" };
}

/** Of somebody who was named with an instant it is known only that they wrote then. */
function firstInbound(psid: string, { people, now }: World): Message | undefined {
  if (!people.isNamed(psid)) return undefined;
  const { exists, lastInboundAt = now() } = people.find(psid);
  if (exists === false || lastInboundAt === null) return undefined;
  return { id: `m_inbound_${psid}`, psid, at: lastInboundAt, fromPage: false, text: "Hello" };
}
