import type { Campaign } from "../model/campaign.ts";
import type { JsonObject } from "../model/json.ts";

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
  return {
    recipient: { id: psid },
    messaging_type: messaging,
    ...(notification !== "REGULAR" && { notification_type: notification }),
    ...(personaId !== undefined && { persona_id: personaId }),
    message: metadata === undefined ? message : { ...message, metadata },
  };
}
