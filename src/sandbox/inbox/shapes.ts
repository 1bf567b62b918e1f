import type { Instant } from "../../model/instant.ts";
import type { JsonObject } from "../../model/json.ts";
import type { About } from "../about.ts";
import type { Inbound, SendResult, SentRequest } from "../entry.ts";
import type { PostedCounts } from "../webhooks/posted-counts.ts";

// What the inbox page and the sandbox say to each other. The page imports these types alone.

export type EntryOutcome = SendResult["outcome"] | "answer";

/** One line of the list of conversations. */
export interface ConversationRow {
  readonly psid: string;
  readonly name: string;
  /** The newest entry that the filters let pass. */
  readonly at: Instant;
  readonly text: string;
  readonly outcome: EntryOutcome;
  readonly campaign: string | null;
}

export interface ConversationList {
  readonly total: number;
  /** Where the first row stands among all, from 0. */
  readonly from: number;
  readonly rows: readonly ConversationRow[];
}

/** One entry of a conversation. */
export interface ShownEntry {
  readonly number: number;
  readonly at: Instant;
  readonly content:
    | { readonly kind: "sent"; readonly message: JsonObject; readonly sent: ShownSend }
    | { readonly kind: "received"; readonly inbound: Inbound };
}

export interface ShownSend {
  readonly outcome: SendResult["outcome"];
  /** What the sender was told, where that was not a plain yes. */
  readonly answer: string | null;
  readonly messageId: string | null;
  readonly deliveryId: string | null;
  readonly tries: number;
  readonly about: About | null;
}

export interface ShownThread {
  readonly psid: string;
  readonly name: string;
  readonly person: ShownPerson;
  /** Oldest first. */
  readonly entries: readonly ShownEntry[];
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
}

export interface ShownPerson {
  readonly isBlocked: boolean;
  readonly isWindowOpen: boolean;
  readonly isOwnedByOtherApp: boolean;
}

export interface Summary {
  readonly pageId: string;
  readonly delivered: number;
  /** Deliveries that reached their person more than once. */
  readonly repeats: number;
  readonly conversations: number;
  readonly campaigns: readonly string[];
  readonly faults: string;
  readonly isRevoked: boolean;
  readonly isRestricted: boolean;
  readonly webhook: { readonly url: string | null; readonly counts: PostedCounts } | null;
}

export type ShownRequest = SentRequest;

/** Told over the live stream; `psids` is null when more changed than are worth naming. */
export interface Change {
  readonly psids: readonly string[] | null;
}
