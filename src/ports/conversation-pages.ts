import type { Instant } from "../model/instant.ts";

/** What a person wrote, as Meta keeps it. */
export interface PersonMessage {
  readonly id: string;
  readonly text: string;
  readonly at: Instant;
}

/** One conversation of the page. */
export interface Conversation {
  /** Of the person; null where Meta names none. */
  readonly psid: string | null;
  /** What the person wrote, of the newest 20 messages: Meta shows no more. The newest first. */
  readonly inbound: readonly PersonMessage[];
}

/** Some conversations of the page. A page may be empty and not the last. */
export interface ConversationPage {
  readonly conversations: readonly Conversation[];
  /** Leads to the next page; null after the last one. Meta knows it only for a while. */
  readonly after: string | null;
}

/** The page's conversations, those with the newest messages first. */
export interface ConversationPages {
  /**
   * `after` leads on from another page; null: from the start. Gives "stale" where Meta does not
   * know it any more. Throws Stop `denied` and PortError.
   */
  read(after: string | null): Promise<ConversationPage | "stale">;
  close(): Promise<void>;
}
