import type { Finding } from "../diag/diagnostic.ts";
import { isJsonObject, type JsonObject, type JsonPath, type JsonValue } from "../model/json.ts";
import type { ShapeCheck } from "./check-shape.ts";

/** More than a document has levels. */
const MAX_ROUNDS = 64;

/**
 * The largest part of a document that has the right shape: what rules can rely on. A value at fault
 * is taken out, a map that lacks a key goes as a whole, a list ends before its first fault (so that
 * positions stay). Only top keys that must be there may be missing.
 */
export function soundPart(
  document: JsonObject,
  shape: readonly Finding[],
  check: ShapeCheck,
): JsonObject {
  let part = document;
  let faults = inside(shape);
  for (let round = 0; faults.length > 0 && round < MAX_ROUNDS; round++) {
    part = without(part, faults.map(culprit));
    faults = inside(check(part));
  }
  return part;
}

/** A document without the values at these paths. */
export function without(document: JsonObject, paths: readonly JsonPath[]): JsonObject {
  return paths.reduce<JsonObject>((part, path) => removed(part, path) as JsonObject, document);
}

/** What has to go for a finding: where a key is missing, the map that lacks it. */
function culprit({ code, path }: Finding): JsonPath {
  return code === "KEY_MISSING" ? path.slice(0, -1) : path;
}

/** All but missing top keys, which nothing can be taken out for. */
function inside(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ code, path }) => code !== "KEY_MISSING" || path.length > 1);
}

function removed(value: JsonValue, [step, ...rest]: JsonPath): JsonValue {
  if (step === undefined) return value;
  if (Array.isArray(value)) {
    const before: readonly JsonValue[] = value.slice(0, Number(step));
    const entry: JsonValue | undefined = value[Number(step)];
    if (rest.length === 0 || entry === undefined) return before;
    // The entry stays in its place as long as something of it is left.
    return value.with(Number(step), removed(entry, rest));
  }
  if (!isJsonObject(value) || !Object.hasOwn(value, step)) return value;
  const kept = Object.entries(value).flatMap(([key, entry]): [string, JsonValue][] => {
    if (key !== String(step)) return [[key, entry]];
    return rest.length === 0 ? [] : [[key, removed(entry, rest)]];
  });
  return Object.fromEntries(kept);
}
