import type { DeliveryId } from "./delivery.ts";
import type { Instant } from "./instant.ts";

/** What a person can do that the page is told of; `conversation`: written, as Meta remembers it. */
export type InboundKind =
  | "message"
  | "postback"
  | "optin"
  | "referral"
  | "reaction"
  | "conversation";

/** What one event says of a person. */
export interface InboundFact {
  /** The same for the same event, however often it comes: its `mid`, or a hash. */
  readonly key: string;
  readonly kind: InboundKind;
  readonly psid: string;
  /** Meta's clock. */
  readonly at: Instant;
  /** Whether it opens the messaging window. */
  readonly opens: boolean;
  /** Whether the person thereby gave or took back their consent; null: neither. */
  readonly consent: boolean | null;
  readonly text?: string | undefined;
  /** Of a button, a quick reply or an opt-in. */
  readonly payload?: string | undefined;
  readonly title?: string | undefined;
  /** Of an m.me link, an ad or a plugin. */
  readonly ref?: string | undefined;
  /** Shared by a quick reply. */
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly reaction?: string | undefined;
}

/** A message of the page, by which a delivery surely was sent. */
export interface EchoFact {
  readonly key: string;
  readonly kind: "echo";
  readonly at: Instant;
  readonly delivery: DeliveryId;
  readonly mid: string | null;
}

/** What Meta did to the page. Source: messenger-platform.md section 9. */
export interface PolicyFact {
  readonly key: string;
  readonly kind: "policy";
  readonly at: Instant;
  readonly action: string;
  readonly reason: string | null;
}

export type PageFact = InboundFact | EchoFact | PolicyFact;
