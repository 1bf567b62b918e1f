import { isJsonObject, type JsonObject, type JsonValue } from "../../model/json.ts";

type Fits = (value: JsonValue | undefined) => boolean;

/** The last instant that JavaScript knows, in milliseconds. */
const MAX_INSTANT = 8.64e15;

const isText: Fits = (value) => typeof value === "string";
const isCount: Fits = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const isInstant: Fits = (value) =>
  Number.isSafeInteger(value) && Math.abs(Number(value)) <= MAX_INSTANT;
const orNull =
  (fits: Fits): Fits =>
  (value) =>
    value === null || fits(value);

const DOCUMENT: Readonly<Record<string, Fits>> = {
  pageId: isText,
  target: (value) => value === "meta" || value === "sandbox",
  serial: isCount,
  campaigns: isJsonObject,
};
const MEMORY: Readonly<Record<string, Fits>> = {
  triedAt: orNull(isInstant),
  lastEligible: orNull(isCount),
  firstSeenAt: orNull(isInstant),
  stops: (value) => value === undefined || Array.isArray(value),
};
const STOP: Readonly<Record<string, Fits>> = {
  occurrence: isText,
  stoppedAt: isInstant,
  runId: isText,
  rule: (value) => value === "failed" || value === "unavailable",
  limit: (value) => typeof value === "number",
  ...Object.fromEntries(
    ["wave", "waves", "bad", "tried", "failed", "unknown", "unavailable"].map((key) => [
      key,
      isCount,
    ]),
  ),
};

/** Where a state's document holds what no apply writes there, as keys; undefined in a sound one. */
export function documentMisfit(document: JsonObject): string | undefined {
  const own = misfit(document, DOCUMENT);
  if (own !== undefined) return own;
  for (const [id, memory] of Object.entries(document["campaigns"] as JsonObject)) {
    const at = `campaigns.${id}`;
    const inside = isJsonObject(memory) ? memoryMisfit(memory) : "";
    if (inside !== undefined) return inside === "" ? at : `${at}.${inside}`;
  }
  return undefined;
}

function memoryMisfit(memory: JsonObject): string | undefined {
  const own = misfit(memory, MEMORY);
  if (own !== undefined) return own;
  const stops = (memory["stops"] ?? []) as readonly JsonValue[];
  const bad = stops.some((stop) => !isJsonObject(stop) || misfit(stop, STOP) !== undefined);
  return bad ? "stops" : undefined;
}

function misfit(value: JsonObject, keys: Readonly<Record<string, Fits>>): string | undefined {
  return Object.keys(keys).find((key) => !(keys[key] as Fits)(value[key]));
}
