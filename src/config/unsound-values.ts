import type { Finding } from "../diag/diagnostic.ts";
import type { JsonPath, JsonValue } from "../model/json.ts";
import { SURE_TOKEN } from "./mask-secrets.ts";

/** Deeper nesting than anyone writes; it also ends the walk through an alias of its own parent. */
const MAX_DEPTH = 64;
const MERGE_KEY = "<<";

/**
 * What YAML can say and no file of a workspace may: infinities, too long numbers, things inside
 * themselves, merge keys, and tokens of Meta's.
 */
export function unsoundValues(value: JsonValue): readonly Finding[] {
  return isSound(value, 0) ? [] : findUnsound(value, []);
}

/** The quick answer, which nearly every file gets. */
function isSound(value: JsonValue, depth: number): boolean {
  if (typeof value === "number") return isKept(value);
  if (typeof value === "string") return !SURE_TOKEN.test(value);
  if (typeof value !== "object" || value === null) return true;
  if (depth >= MAX_DEPTH || Object.hasOwn(value, MERGE_KEY)) return false;
  return Object.values(value).every((inner) => isSound(inner, depth + 1));
}

function findUnsound(value: JsonValue, path: JsonPath): readonly Finding[] {
  if (typeof value === "number") return isKept(value) ? [] : [inexact(value, path)];
  if (typeof value === "string") return SURE_TOKEN.test(value) ? [token(path)] : [];
  if (typeof value !== "object" || value === null) return [];
  if (path.length >= MAX_DEPTH) return [tooDeep(path)];
  const merge = Object.hasOwn(value, MERGE_KEY) ? [mergeKey([...path, MERGE_KEY])] : [];
  const inside = Object.entries(value).flatMap(([key, inner]) =>
    findUnsound(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return [...merge, ...inside];
}

function isKept(value: number): boolean {
  return Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value));
}

function inexact(value: number, path: JsonPath): Finding {
  const isInteger = Number.isInteger(value);
  const detail = isInteger
    ? "A number this large loses digits, and an id is text."
    : ".inf and .nan are no numbers.";
  const summary = "Number cannot be kept exactly";
  return { code: "NUMBER_INEXACT", path, summary, detail, toQuote: isInteger };
}

function tooDeep(path: JsonPath): Finding {
  const detail = `More than ${MAX_DEPTH} levels lie inside each other here. Write it flatter.`;
  return { code: "YAML_TOO_DEEP", path: path.slice(0, 8), summary: "Nested too deeply", detail };
}

function mergeKey(path: JsonPath): Finding {
  const detail = 'Merge keys ("<<") mean nothing in YAML 1.2. Write the keys out.';
  return { code: "YAML_MERGE", path, atKey: true, summary: "Merge key", detail };
}

function token(path: JsonPath): Finding {
  const detail =
    "This looks like an access token of Meta's, and a secret must not stand in a file. Take it " +
    "out, and if the file was ever pushed, replace the token: it is known.";
  return { code: "SECRET_LITERAL", path, summary: "Secret written into the file", detail };
}
