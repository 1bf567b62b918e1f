import { isJsonObject, type JsonObject, type JsonValue } from "../model/json.ts";

/**
 * `target` with an RFC 7396 merge patch applied: null removes a key, objects are merged, anything
 * else, lists too, replaces what was there. Neither argument is changed.
 */
export function mergePatch(target: JsonObject, patch: JsonObject): JsonObject {
  const merged = new Map(Object.entries(target));
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, mergeValue(merged.get(key), value));
  }
  // Not by assignment: a key may be called "__proto__".
  return Object.fromEntries(merged);
}

function mergeValue(target: JsonValue | undefined, value: JsonValue): JsonValue {
  if (!isJsonObject(value)) return value;
  // Even where there is nothing to merge with, the nulls inside the patch must go.
  return mergePatch(isJsonObject(target) ? target : {}, value);
}
