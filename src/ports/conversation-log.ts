import type { Instant } from "../model/instant.ts";

/** A message that the page wrote, as Meta keeps it. */
export interface PageMessage {
  readonly id: string;
  readonly text: string;
  readonly createdAt: Instant;
}

/** What Meta remembers of the page's conversations: the newest 20 messages of each. */
export interface ConversationLog {
  /**
   * The page's own messages to one person, the newest first; empty where there is no conversation.
   * Throws Stop `denied` when the token may not read them, PortError when Meta gives no answer.
   */
  messagesTo(psid: string): Promise<readonly PageMessage[]>;
  close(): Promise<void>;
}
