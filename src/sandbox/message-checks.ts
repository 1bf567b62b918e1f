import { isRecord } from "./call.ts";
import { checkEach, checkText, emptyText, type Fields, invalid, isThere } from "./param-checks.ts";
import { checkPayload } from "./payload-checks.ts";
import type { Refusal } from "./refusal.ts";
import { EMPTY_MESSAGE, type SendCall } from "./send-call.ts";

// Written apart from the sender's own checks on purpose: a limit misread there shows up here.

const CONTENT_KEYS = ["text", "attachment", "attachments", "template", "sticker_id"];
const MESSAGE_KEYS = [...CONTENT_KEYS, "quick_replies", "metadata"];
const MEDIA_TYPES = ["image", "video", "audio", "file"];

/** Judges a message by the limits of messenger-platform.md section 3, in Meta's words. */
export function checkMessage({ message, messagingType }: SendCall): Refusal | undefined {
  const unknown = Object.keys(message).filter((key) => !MESSAGE_KEYS.includes(key));
  if (unknown.length > 0) {
    return invalid(`Invalid keys "${unknown.join(", ")}" were found in param "message".`);
  }
  if (!CONTENT_KEYS.some((key) => isThere(message[key]))) return EMPTY_MESSAGE;
  if (isThere(message["text"]) && isThere(message["attachment"])) {
    return invalid("Cannot send both text and attachment in one message");
  }
  if ((messagingType === "UTILITY") !== (message["template"] !== undefined)) {
    return invalid("messaging_type UTILITY goes with message[template], and with nothing else");
  }
  return (
    checkText(message, "text", { at: "message[text]", max: 2000 }) ??
    checkText(message, "metadata", { at: "message[metadata]", max: 1000 }) ??
    checkQuickReplies(message["quick_replies"]) ??
    checkImages(message["attachments"]) ??
    checkAttachment(message["attachment"])
  );
}

function checkQuickReplies(replies: unknown): Refusal | undefined {
  const at = "message[quick_replies]";
  return checkEach(replies, { at, min: 1, max: 13 }, (reply, place) => {
    const title = { at: `${place}[title]`, max: 20 };
    const isText = reply["content_type"] === "text";
    if (isText && reply["image_url"] === undefined && !isThere(reply["title"])) {
      return emptyText(title.at);
    }
    return (
      checkText(reply, "title", title) ??
      checkText(withTextPayload(reply), "payload", { at: `${place}[payload]`, max: 1000 })
    );
  });
}

/** A payload may be a number as well. */
function withTextPayload(reply: Fields): Fields {
  const { payload } = reply;
  return typeof payload === "number" ? { ...reply, payload: String(payload) } : reply;
}

function checkImages(attachments: unknown): Refusal | undefined {
  const at = "message[attachments]";
  return checkEach(attachments, { at, min: 1, max: 30 }, ({ type }, place) =>
    type === "image" ? undefined : invalid(`Param ${place}[type] must be image`),
  );
}

function checkAttachment(attachment: unknown): Refusal | undefined {
  if (attachment === undefined) return undefined;
  if (!isRecord(attachment)) return invalid("Param message[attachment] must be an object");
  const { type, payload } = attachment;
  if (!isRecord(payload)) return invalid("Param message[attachment][payload] is required");
  if (type === "template") return checkPayload(payload);
  if (typeof type !== "string" || !MEDIA_TYPES.includes(type)) {
    return invalid(`Param message[attachment][type] must be one of {${MEDIA_TYPES.join(", ")}}`);
  }
  if (isThere(payload["url"]) || isThere(payload["attachment_id"])) return undefined;
  return invalid("Param message[attachment][payload] needs url or attachment_id");
}
