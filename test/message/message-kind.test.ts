import { expect, test } from "vitest";
import { messageKind } from "../../src/message/message-kind.ts";

test.each([
  ["plain", { text: "Hello" }],
  ["plain", { attachment: { type: "image", payload: { url: "https://example.org/a.png" } } }],
  ["plain", { attachment: { type: "template", payload: { template_type: "generic" } } }],
  ["plain", { attachment: { type: "template", payload: { elements: [{ media_type: "image" }] } } }],
  ["audio_video", { attachment: { type: "audio", payload: { attachment_id: "1" } } }],
  ["audio_video", { attachment: { type: "video", payload: { url: "https://example.org/a.mp4" } } }],
  [
    "audio_video",
    { attachment: { type: "template", payload: { elements: [{ media_type: "video" }] } } },
  ],
])("counts as %s: %j", (kind, message) => {
  expect(messageKind(message)).toBe(kind);
});
