import type { Instant } from "../../model/instant.ts";
import type { JsonObject } from "../../model/json.ts";
import type { Inbound } from "../entry.ts";

/** One event of a webhook's `messaging` list (messenger-platform.md section 7). */
export type WebhookEvent = JsonObject;

/** The app that the sandbox's Page belongs to. */
export const APP_ID = 1111;

export interface Parties {
  readonly pageId: string;
  readonly psid: string;
  readonly at: Instant;
}

/** Of a message of the Page: sender and recipient are the other way round. */
export function echoEvent(
  { pageId, psid, at }: Parties,
  { messageId, message }: { readonly messageId: string; readonly message: JsonObject },
): WebhookEvent {
  const { metadata, text, attachment, attachments } = message;
  const files = attachments ?? (attachment === undefined ? undefined : [attachment]);
  return {
    sender: { id: pageId },
    recipient: { id: psid },
    timestamp: at,
    message: {
      is_echo: true,
      app_id: APP_ID,
      ...(metadata !== undefined && { metadata }),
      mid: messageId,
      ...(text !== undefined && { text }),
      ...(files !== undefined && { attachments: files }),
    },
  };
}

/** `mids` may be missing; everything that was sent up to the watermark is delivered. */
export function deliveryEvent(
  parties: Parties,
  of: { readonly messageId: string | undefined; readonly watermark: Instant },
): WebhookEvent {
  const mids = of.messageId === undefined ? {} : { mids: [of.messageId] };
  return { ...fromPerson(parties), delivery: { ...mids, watermark: of.watermark } };
}

export function readEvent(parties: Parties, watermark: Instant): WebhookEvent {
  return { ...fromPerson(parties), read: { watermark } };
}

/** What a person wrote or tapped; it opens the window. */
export function inboundEvent(parties: Parties, messageId: string, inbound: Inbound): WebhookEvent {
  const common = fromPerson(parties);
  if (inbound.type === "text") {
    return { ...common, message: { mid: messageId, text: inbound.text } };
  }
  const { title, payload } = inbound;
  return inbound.type === "quick_reply"
    ? { ...common, message: { mid: messageId, text: title, quick_reply: { payload } } }
    : { ...common, postback: { mid: messageId, title, payload } };
}

/** Of the Page as a whole: there is no sender. */
export function policyEvent(pageId: string, at: Instant): WebhookEvent {
  const reason = "The bot violated our Platform Policies (asked for by the sandbox's faults)";
  return {
    recipient: { id: pageId },
    timestamp: at,
    policy_enforcement: { action: "block", reason },
  };
}

function fromPerson({ pageId, psid, at }: Parties) {
  return { sender: { id: psid }, recipient: { id: pageId }, timestamp: at };
}
