import type { JsonObject } from "../model/json.ts";
import type { MediaFile } from "./bubble.ts";
import { textAt, webUrlAt } from "./fields.ts";

/** A file by `url` or by `attachment_id`; a message may name the address by another key. */
export function fileOf(type: MediaFile["type"], owner: JsonObject, urlKey = "url"): MediaFile {
  const url = webUrlAt(owner, urlKey);
  const id = textAt(owner, "attachment_id");
  return { type, url, name: url === null ? `attachment ${id}`.trim() : nameOf(url) };
}

/** Null where the message names no image. */
export function imageAt(owner: JsonObject, urlKey: string): MediaFile | null {
  return textAt(owner, urlKey) === "" ? null : fileOf("image", owner, urlKey);
}

/** `https://shop.example/a.jpg?v=2` → `a.jpg`; the host where there is no path. */
function nameOf(url: string): string {
  const [, host = "", path = ""] = /^https?:\/\/([^/?#]*)([^?#]*)/i.exec(url) ?? [];
  return path.split("/").findLast((part) => part !== "") ?? host;
}
