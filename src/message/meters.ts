import { LEAF_NOTES, walkLeaves } from "../model/generated/send-api-message-leaves.ts";
import { isJsonObject, type JsonObject, type JsonPath, type JsonValue } from "../model/json.ts";
import type { Meter } from "../model/preview.ts";
import { pointerTo } from "./leaf-rules.ts";
import { showPlace } from "./message-diff.ts";

const COUNTED: Readonly<Record<string, Meter["counts"]>> = {
  maxLength: "characters",
  maxItems: "entries",
};

/** What a whole message uses of each limit that Meta sets to its parts, in its own order. */
export function metersOf(message: JsonObject): readonly Meter[] {
  const collector = new LimitCollector();
  walkLeaves.call(collector, message);
  return partsOf(message).flatMap(({ path, size }) => {
    const limit = collector.limits.get(pointerTo(path));
    return limit === undefined ? [] : [{ path: showPlace(path), used: size, ...limit }];
  });
}

/** See `LeafCollector` in leaf-rules.ts. */
class LimitCollector {
  readonly limits = new Map<string, Pick<Meter, "limit" | "counts">>();

  note(pointer: string, index: number): void {
    const { keyword = "", value = 0 } = LEAF_NOTES[index] ?? {};
    const counts = COUNTED[keyword];
    if (counts === undefined) return;
    const limit = Math.min(Number(value), this.limits.get(pointer)?.limit ?? Number(value));
    this.limits.set(pointer, { limit, counts });
  }
}

function partsOf(
  value: JsonValue,
  path: JsonPath = [],
): readonly { readonly path: JsonPath; readonly size: number }[] {
  if (typeof value === "string") return [{ path, size: value.length }];
  if (Array.isArray(value)) {
    const inner = value.flatMap((entry, index) => partsOf(entry, [...path, index]));
    return [{ path, size: value.length }, ...inner];
  }
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, entry]) => partsOf(entry, [...path, key]));
}
