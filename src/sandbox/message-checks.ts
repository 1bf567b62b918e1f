import { isRecord } from "./call.ts";
import type { Refusal } from "./refusal.ts";
import { EMPTY_MESSAGE, type SendCall } from "./send-call.ts";

// Written apart from the sender's own checks on purpose: a limit misread there shows up here.

type Fields = Readonly<Record<string, unknown>>;

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
      checkText(reply, "payload", { at: `${place}[payload]`, max: 1000 })
    );
  });
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

function checkPayload(payload: Fields): Refusal | undefined {
  switch (payload["template_type"]) {
    case "button":
      return (
        (isThere(payload["text"]) ? undefined : emptyText("[text]")) ??
        checkText(payload, "text", { at: "[text]", max: 640 }) ??
        checkButtons(payload["buttons"] ?? [], { at: "[buttons]", min: 1 })
      );
    case "generic":
      return checkEach(payload["elements"] ?? [], { at: "[elements]", min: 1, max: 10 }, checkCard);
    case "media":
      return checkEach(
        payload["elements"] ?? [],
        { at: "[elements]", min: 1, max: 1 },
        () => undefined,
      );
    case undefined:
      return invalid("Param [template_type] is required");
    default:
      return undefined;
  }
}

function checkCard(card: Fields, at: string): Refusal | undefined {
  if (!isThere(card["title"])) return emptyText(`${at}[title]`);
  return (
    checkText(card, "title", { at: `${at}[title]`, max: 80 }) ??
    checkText(card, "subtitle", { at: `${at}[subtitle]`, max: 80 }) ??
    checkButtons(card["buttons"], { at: `${at}[buttons]`, min: 0 })
  );
}

function checkButtons(buttons: unknown, of: { at: string; min: number }): Refusal | undefined {
  return checkEach(buttons, { ...of, max: 3 }, (button, at) => {
    const titled = ["web_url", "postback", "phone_number"].some((type) => type === button["type"]);
    if (titled && !isThere(button["title"])) return emptyText(`${at}[title]`);
    return (
      checkText(button, "title", { at: `${at}[title]`, max: 20 }) ??
      checkText(button, "payload", { at: `${at}[payload]`, max: 1000 })
    );
  });
}

function checkEach(
  list: unknown,
  { at, min, max }: { readonly at: string; readonly min: number; readonly max: number },
  check: (entry: Fields, at: string) => Refusal | undefined,
): Refusal | undefined {
  if (list === undefined) return undefined;
  if (!Array.isArray(list)) return invalid(`Param ${at} must be an array.`);
  if (list.length < min) return { code: 194, message: `param ${at} has too few elements` };
  if (list.length > max) {
    return { code: 105, message: `param name_placeholder${at} has too many elements.` };
  }
  for (const [place, entry] of list.entries()) {
    if (!isRecord(entry)) return invalid(`Param ${at}[${place}] must be an object`);
    const refusal = check(entry, `${at}[${place}]`);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

/** Lengths count UTF-16 units; Meta does not say what it counts. */
function checkText(
  owner: Fields,
  key: string,
  { at, max }: { readonly at: string; readonly max: number },
): Refusal | undefined {
  const value = owner[key];
  if (value === undefined) return undefined;
  if (typeof value !== "string") return invalid(`Param ${at} must be a string`);
  if (value.length <= max) return undefined;
  return invalid(`Length of param ${at} must be less than or equal to ${max}`);
}

function emptyText(at: string): Refusal {
  return invalid(`Param ${at} must be a non-empty UTF-8 encoded string`);
}

function invalid(message: string): Refusal {
  return { code: 100, message };
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}
