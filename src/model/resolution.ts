import type { DeliveryId } from "./delivery.ts";

/** Where the word about an unknown outcome comes from. */
export type Witness = "webhook" | "conversations" | "person";

/** What became of a delivery whose outcome nobody knew. `not_sent` makes it due again. */
export interface Resolution {
  readonly deliveryId: DeliveryId;
  readonly as: "sent" | "not_sent";
  /** Meta's id of the message, where the witness names it. */
  readonly messageId: string | null;
  readonly by: Witness;
  /** A person's reason. */
  readonly note: string | null;
}
