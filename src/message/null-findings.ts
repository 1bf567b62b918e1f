import type { Finding } from "../diag/diagnostic.ts";
import { isJsonObject, type JsonPath, type JsonValue } from "../model/json.ts";
import { showPath } from "./check-leaf.ts";

/**
 * Only a patch can take a key away; in the message itself, at `path` of the campaign's document, a
 * null is a value forgotten.
 */
export function nullFindings(value: JsonValue, path: JsonPath): readonly Finding[] {
  if (value === null) {
    const detail = `${showPath(path.slice(1))} has no value. Write one, or leave the key out.`;
    return [{ code: "MESSAGE_TYPE", path, summary: "Wrong type", detail }];
  }
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => nullFindings(inner, [...path, key]));
}

const LACKS = new Set(["MESSAGE_EMPTY", "MESSAGE_KEY_MISSING", "MESSAGE_TEMPLATE_MISSING"]);

/** Whether a finding only says again that what has no value is missing. */
export function isLackOf({ code, path }: Finding, empty: Finding): boolean {
  const at = JSON.stringify(path);
  const places = [empty.path, empty.path.slice(0, -1)].map((one) => JSON.stringify(one));
  return LACKS.has(code) && places.includes(at);
}
