import type { Campaign } from "../model/campaign.ts";
import type { JsonObject, JsonValue } from "../model/json.ts";

/**
 * The body of a Send API call. `metadata`, the delivery id, is what echo webhooks carry back.
 * Source: messenger-platform.md section 1.5.
 */
export function sendBody(
  campaign: Pick<Campaign, "messaging" | "notification" | "personaId">,
  to: { readonly psid: string; readonly message: JsonObject; readonly metadata?: string },
): JsonObject {
  const { messaging, notification, personaId } = campaign;
  const { psid, message, metadata } = to;
  const body: Record<string, JsonValue> = { recipient: { id: psid }, messaging_type: messaging };
  if (notification !== "REGULAR") body["notification_type"] = notification;
  if (personaId !== undefined) body["persona_id"] = personaId;
  body["message"] = metadata === undefined ? message : withMetadata(message, metadata);
  return body;
}

/** Not by spreading: that gives each object a hidden class of its own, which makes all slow. */
function withMetadata(message: JsonObject, metadata: string): JsonObject {
  const own: Record<string, JsonValue> = {};
  for (const key in message) own[key] = message[key] ?? null;
  own["metadata"] = metadata;
  return own;
}
