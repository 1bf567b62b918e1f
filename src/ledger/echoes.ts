import type { DeliveryId } from "../model/delivery.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../model/json.ts";

/** A message of the page as a webhook tells of it. */
export interface Echo {
  readonly deliveryId: DeliveryId;
  readonly messageId: string | null;
}

/**
 * The page's own messages in one webhook body, or in one event of it: echoes whose metadata is a
 * delivery id. Everything else, inbound messages and receipts too, tells nothing of a delivery.
 * Source: messenger-platform.md section 7.
 */
export function echoesIn(body: JsonValue, pageId: string): Echo[] {
  return eventsIn(body).flatMap((event) => {
    const message = event["message"];
    if (!isJsonObject(message) || message["is_echo"] !== true) return [];
    const { metadata, mid } = message;
    if (idOf(event["sender"]) !== pageId || typeof metadata !== "string") return [];
    if (!/^[0-9a-f]{64}$/.test(metadata)) return [];
    return [{ deliveryId: metadata, messageId: typeof mid === "string" ? mid : null }];
  });
}

/** An envelope holds several events; where another app owns the thread, under `standby`. */
function eventsIn(body: JsonValue): JsonObject[] {
  if (Array.isArray(body)) return body.flatMap((one: JsonValue) => eventsIn(one));
  if (!isJsonObject(body)) return [];
  if (!Array.isArray(body["entry"])) return [body];
  return body["entry"]
    .filter(isJsonObject)
    .flatMap(({ messaging, standby }: JsonObject) =>
      [messaging, standby]
        .flatMap((events) => (Array.isArray(events) ? events : []))
        .filter(isJsonObject),
    );
}

/** Ids are text, but somebody's log may have made numbers of them. */
function idOf(value: JsonValue | undefined): string {
  return isJsonObject(value) ? String(value["id"]) : "";
}
