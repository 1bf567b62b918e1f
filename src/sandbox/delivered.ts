import { reachedId } from "./entry.ts";
import type { DeliveredMessage } from "./outbox.ts";
import type { World } from "./world.ts";

/** What truly reached whom, oldest first, as far as it is kept. */
export function deliveredOf({ threads }: World): readonly DeliveredMessage[] {
  return threads.entries.flatMap((entry) => {
    if (entry.kind === "received") return [];
    const messageId = reachedId(entry);
    const { psid, deliveryId, message, at } = entry;
    return messageId === null ? [] : [{ psid, deliveryId, message, messageId, at }];
  });
}
