import type { Finding } from "../diag/diagnostic.ts";
import { didYouMean, nearestName } from "../diag/nearest.ts";
import { isJsonObject, type JsonObject, type JsonPath, type JsonValue } from "../model/json.ts";
import { kindOf, quoted, wordList } from "./quote-value.ts";

/** Which branch of an `anyOf` the writer meant, by type and then by the keys that tell it. */
export function chooseBranch(
  branches: readonly JsonObject[],
  value: JsonValue,
): number | undefined {
  const byType = [...branches.keys()].filter((at) => fitsType(branches[at] ?? {}, value));
  const byKeys = byType.filter((at) => hasRequired(branches[at] ?? {}, value));
  if (byType.length === 1) return byType[0];
  return byKeys.length === 1 ? byKeys[0] : undefined;
}

/** What to say where no branch, or more than one, can have been meant. */
export function unionFinding(
  branches: readonly JsonObject[],
  value: JsonValue,
  path: JsonPath,
): Finding {
  const telling = branches.flatMap((branch) => requiredOf(branch));
  if (isJsonObject(value) && telling.length > 1) return keyFinding(branches, value, path);
  const kinds = wordList(branches.flatMap(kindsOf), "or");
  return {
    code: "VALUE_TYPE",
    path,
    summary: "Value of the wrong type",
    detail: `Expected ${kinds}, found ${quoted(value)}.`,
  };
}

function keyFinding(branches: readonly JsonObject[], value: JsonObject, path: JsonPath): Finding {
  const telling = branches.flatMap(requiredOf);
  const written = telling.filter((key) => key in value);
  const choice = wordList(telling.map(quoted), "or");
  if (written.length > 1) {
    const both = wordList(written.map(quoted), "and");
    const detail = `${both} exclude each other. Keep one of them.`;
    return { code: "KEY_CONFLICT", path, summary: "Keys exclude each other", detail };
  }
  const misspelt = Object.keys(value).find((key) => nearestName(key, telling) !== undefined);
  if (misspelt !== undefined) {
    const detail = `No key ${quoted(misspelt)} belongs here.${didYouMean(misspelt, telling)}`;
    const at = { path: [...path, misspelt], atKey: true };
    return { code: "KEY_UNKNOWN", ...at, summary: "Unknown key", detail };
  }
  const detail = `One of ${choice} must stand here.`;
  const at = [...path, telling[0] ?? ""];
  return { code: "KEY_MISSING", path: at, summary: "Key missing", detail };
}

function fitsType(branch: JsonObject, value: JsonValue): boolean {
  return kindsOf(branch).includes(kindOf(value));
}

/** The types a branch allows, as words: a whole number counts as a number. */
function kindsOf(branch: JsonObject): readonly string[] {
  const choices = branch["enum"];
  if (Array.isArray(choices)) return [...new Set(choices.map((choice) => kindOf(choice)))];
  return [branch["type"] ?? "object"].flat().map((type) => kindOfType(String(type)));
}

function hasRequired(branch: JsonObject, value: JsonValue): boolean {
  return isJsonObject(value) && requiredOf(branch).every((key) => key in value);
}

function requiredOf(branch: JsonObject): readonly string[] {
  const required = branch["required"];
  return Array.isArray(required) ? required.map(String) : [];
}

/** A type of JSON Schema in the words of the messages. */
export function kindOfType(type: string): string {
  const words: Readonly<Record<string, string>> = {
    string: "text",
    integer: "number",
    array: "list",
    object: "map",
    null: "nothing",
  };
  return words[type] ?? type;
}
