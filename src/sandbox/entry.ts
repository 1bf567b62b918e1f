import type { Instant } from "../model/instant.ts";
import type { JsonObject } from "../model/json.ts";
import type { About } from "./about.ts";

/** One thing that stands in a conversation. */
export type Entry = SentEntry | ReceivedEntry;

/** A send of the Page, whatever came of it. */
export interface SentEntry {
  readonly kind: "sent";
  /** Counts up over everything the sandbox sees. */
  readonly number: number;
  readonly psid: string;
  readonly at: Instant;
  /** `message.metadata`, which carries the delivery id; null when there was none. */
  readonly deliveryId: string | null;
  /** The Send API's message object as it came. */
  readonly message: JsonObject;
  readonly result: SendResult;
  /** How often it was tried in a row with this result. */
  readonly tries: number;
  readonly request: SentRequest;
  /** What Posthorn told of it; null for any other sender. */
  readonly about: About | null;
}

/** What came of a send: for the person, and for the sender who may know less. */
export type SendResult =
  /** It reached the person, and the sender was told so. */
  | { readonly outcome: "delivered"; readonly messageId: string }
  /** It reached the person; the sender got no answer, or one that does not say so. */
  | { readonly outcome: "unconfirmed"; readonly messageId: string; readonly answer: string }
  /** It did not reach the person, and the sender was told so. */
  | { readonly outcome: "refused"; readonly answer: string }
  /** It did not reach the person, and the sender got no answer that says so. */
  | { readonly outcome: "lost"; readonly answer: string };

/** The call without its token and proof. */
export interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly body: "none" | "json" | "form" | "malformed";
  readonly params: Readonly<Record<string, unknown>>;
}

/** What a person wrote or tapped. */
export interface ReceivedEntry {
  readonly kind: "received";
  readonly number: number;
  readonly psid: string;
  readonly at: Instant;
  readonly messageId: string;
  readonly inbound: Inbound;
}

export type Inbound =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "quick_reply"; readonly title: string; readonly payload: string }
  | { readonly type: "postback"; readonly title: string; readonly payload: string };

/** The words of what a person wrote or tapped. */
export function inboundText(inbound: Inbound): string {
  return inbound.type === "text" ? inbound.text : inbound.title;
}

/** The message's id where it reached the person; else null. */
export function reachedId({ result }: SentEntry): string | null {
  return "messageId" in result ? result.messageId : null;
}
