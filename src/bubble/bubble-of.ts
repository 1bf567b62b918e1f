import type { JsonObject } from "../model/json.ts";
import type { Bubble, BubblePart, MediaFile } from "./bubble.ts";
import { quickRepliesOf } from "./buttons-of.ts";
import { objectAt, objectsAt, textAt } from "./fields.ts";
import { fileOf } from "./file-of.ts";
import { templatePart } from "./template-part.ts";
import { utilityPart } from "./utility-part.ts";

/**
 * How the Send API's `message` object looks in Messenger (messenger-platform.md sections 2.4, 3).
 * Total: a message that Meta would refuse gives a bubble as well.
 */
export function bubbleOf(message: JsonObject): Bubble {
  const parts = partsOf(message);
  const shown = parts.length > 0 ? parts : [otherPart(message)];
  return { parts: shown, quickReplies: quickRepliesOf(message) };
}

function partsOf(message: JsonObject): readonly BubblePart[] {
  const text = textAt(message, "text");
  const sticker = textAt(message, "sticker_id");
  const images = objectsAt(message, "attachments");
  return [
    ...(message["attachment"] === undefined ? [] : [attachmentPart(message)]),
    ...(images.length === 0 ? [] : [imagesPart(images)]),
    ...(message["template"] === undefined ? [] : [utilityPart(objectAt(message, "template"))]),
    ...(text === "" ? [] : [{ kind: "text" as const, text, buttons: [] }]),
    ...(sticker === "" ? [] : [{ kind: "sticker" as const, id: sticker }]),
  ];
}

function attachmentPart(message: JsonObject): BubblePart {
  const attachment = objectAt(message, "attachment");
  const payload = objectAt(attachment, "payload");
  const type = textAt(attachment, "type");
  if (isFileType(type)) return { kind: "file", file: fileOf(type, payload), buttons: [] };
  return templatePart(payload) ?? otherPart(attachment);
}

function imagesPart(attachments: readonly JsonObject[]): BubblePart {
  const images = attachments.map((one) => fileOf("image", objectAt(one, "payload")));
  return { kind: "images", images };
}

function otherPart(value: JsonObject): BubblePart {
  return { kind: "other", json: JSON.stringify(value, null, 2) };
}

function isFileType(type: string): type is MediaFile["type"] {
  return type === "image" || type === "video" || type === "audio" || type === "file";
}
