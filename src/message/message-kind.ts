import { isJsonObject, type JsonObject } from "../model/json.ts";

/** Audio and video have a rate limit of their own (messenger-platform.md section 5). */
export type MessageKind = "plain" | "audio_video";

/**
 * What Meta takes at most from a page in a second; audio and video count for both limits
 * (messenger-platform.md section 5).
 */
export const MAX_PER_SECOND: Readonly<Record<MessageKind, number>> = {
  plain: 300,
  audio_video: 10,
};

/** Which limit a Send API message counts for. */
export function messageKind({ attachment }: JsonObject): MessageKind {
  if (!isJsonObject(attachment)) return "plain";
  const { type, payload } = attachment;
  if (type === "audio" || type === "video") return "audio_video";
  const elements = isJsonObject(payload) ? payload["elements"] : undefined;
  const hasVideo =
    Array.isArray(elements) &&
    elements.some((element) => isJsonObject(element) && element["media_type"] === "video");
  return hasVideo ? "audio_video" : "plain";
}
