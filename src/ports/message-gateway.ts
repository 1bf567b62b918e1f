import type { Delivery, Outcome } from "../model/delivery.ts";
import type { JsonObject } from "../model/json.ts";

/** How much of a limit is used up, in percent (may pass 100), as Meta's headers tell. */
export interface Usage {
  readonly percent: number;
  readonly regainAccessMs: number | null;
}

/** Which delivery a body is for. A sandbox is told of it, for its inbox; Meta never. */
export type SendReason = Pick<Delivery, "rootId" | "occurrence" | "variant">;

/** The way out to the platform that delivers messages. */
export interface MessageGateway {
  /**
   * Makes one HTTP attempt with the body of a Send API call; never retries by itself.
   * Throws DefectError only: everything the network can do is an outcome.
   */
  send(
    body: JsonObject,
    reason?: SendReason,
  ): Promise<{ readonly outcome: Outcome; readonly usage: Usage | null }>;
  /** The version of its API that answered instead of the one asked for; null: none other did. */
  readonly otherVersion: string | null;
  /** Gives up what has no answer yet. */
  close(): Promise<void>;
}
