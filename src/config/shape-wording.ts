import type { ErrorObject } from "ajv";
import type { Finding } from "../diag/diagnostic.ts";
import { didYouMean, nearestName } from "../diag/nearest.ts";
import { yesNoFault } from "../diag/yes-no.ts";
import { isJsonObject, type JsonObject, type JsonPath, type JsonValue } from "../model/json.ts";
import { kindOfType } from "./choose-branch.ts";
import { kindOf, quoted, wordList } from "./quote-value.ts";

type Wording = (error: ErrorObject, path: JsonPath) => Finding;

const WORDINGS: Readonly<Record<string, Wording>> = {
  type: typeFinding,
  enum: choiceFinding,
  const: choiceFinding,
  pattern: formFinding,
  additionalProperties: unknownFinding,
  minimum: rangeFinding,
  maximum: rangeFinding,
  minLength: emptyFinding,
  minItems: emptyFinding,
  minProperties: emptyFinding,
};

/** What to say about one error of the schema check. */
export function shapeFinding(error: ErrorObject, path: JsonPath): Finding {
  return (WORDINGS[error.keyword] ?? formFinding)(error, path);
}

function typeFinding(error: ErrorObject, path: JsonPath): Finding {
  const value = error.data as JsonValue;
  const types = [error.schema].flat().map(String);
  const yesNo = types.includes("boolean") ? yesNoFault(value) : undefined;
  if (yesNo !== undefined) return { ...yesNo, path };
  const kinds = wordList(types.map(kindOfType), "or");
  const toQuote = types.includes("string") && isBare(value) && fitsQuoted(error, String(value));
  const remedy = toQuote ? "" : typeRemedy(error);
  const detail = `Expected ${kinds}, found ${quoted(value)}.${remedy}`;
  return { code: "VALUE_TYPE", path, summary: "Value of the wrong type", detail, toQuote };
}

/** Whether quotes alone would do. */
function fitsQuoted({ parentSchema }: ErrorObject, text: string): boolean {
  return new RegExp(String(parentSchema?.["pattern"] ?? ""), "u").test(text);
}

/** What YAML takes for a number or a boolean as long as it has no quotes. */
function isBare(value: JsonValue): boolean {
  return typeof value === "number" || typeof value === "boolean";
}

function typeRemedy(error: ErrorObject): string {
  const value = error.data as JsonValue;
  const types = [error.schema].flat().map(String);
  const isText = kindOf(value) === "text";
  if (isText && types.some((type) => type === "integer" || type === "number")) {
    return Number.isFinite(Number(value)) ? " Take the quotes away." : exampleOf(error);
  }
  if (value !== null) return exampleOf(error);
  return error.instancePath === "" ? " The file is empty." : " Write a value after the colon.";
}

function choiceFinding(error: ErrorObject, path: JsonPath): Finding {
  const choices = [error.schema].flat() as readonly JsonValue[];
  const value = error.data as JsonValue;
  const near = typeof value === "string" ? didYouMean(value, choices.map(String)) : "";
  const allowed = wordList(choices.map(quoted), "or");
  const detail = `Expected ${allowed}, found ${quoted(value)}.${near}`;
  return { code: "VALUE_UNKNOWN", path, summary: "Value not known", detail };
}

/** Also for names of keys: the error then carries the name, and the key is what is pointed at. */
function formFinding(error: ErrorObject, path: JsonPath): Finding {
  const name: string | undefined = error.propertyName;
  const description = String(error.parentSchema?.["description"] ?? "");
  const written = quoted(name ?? (error.data as JsonValue));
  const detail = `${written} does not have the form that is wanted here: ${description}`;
  const at = name === undefined ? { path } : { path: [...path, name], atKey: true };
  const full = `${detail}${exampleOf(error)}`;
  return { code: "VALUE_FORM", ...at, summary: "Value of the wrong form", detail: full };
}

/** All that one map lacks. */
export function missingFinding(
  errors: readonly [ErrorObject, ...ErrorObject[]],
  path: JsonPath,
): Finding {
  const keys = errors.map(({ params }) => String(params["missingProperty"]));
  const properties = errors[0].parentSchema?.["properties"] as JsonObject | undefined;
  const schema = keys.length === 1 ? properties?.[keys[0] ?? ""] : undefined;
  const description = isJsonObject(schema) ? ` ${String(schema["description"] ?? "")}` : "";
  const detail = `${wordList(keys.map(quoted), "and")} must be written here.${description}`;
  return { code: "KEY_MISSING", path: [...path, keys[0] ?? ""], summary: "Key missing", detail };
}

function unknownFinding(error: ErrorObject, path: JsonPath): Finding {
  const key = String(error.params["additionalProperty"]);
  const at = { path: [...path, key], atKey: true, code: "KEY_UNKNOWN", summary: "Unknown key" };
  const known = Object.keys((error.parentSchema?.["properties"] as JsonObject | undefined) ?? {});
  const meant = meantKey(error);
  const near = didYouMean(key, meant === undefined ? known : [meant]);
  const remedy = near || ` Known are ${wordList(known, "and")}.`;
  return { ...at, code: "KEY_UNKNOWN", detail: `No key ${quoted(key)} belongs here.${remedy}` };
}

/** The key that must be there, is not, and was most likely meant by the unknown one. */
export function meantKey(error: ErrorObject): string | undefined {
  const required = error.parentSchema?.["required"] as readonly string[] | undefined;
  const missing = (required ?? []).filter((key) => !Object.hasOwn(Object(error.data), key));
  return nearestName(String(error.params["additionalProperty"]), missing);
}

function rangeFinding(error: ErrorObject, path: JsonPath): Finding {
  const bound = error.keyword === "minimum" ? "at least" : "at most";
  const found = quoted(error.data as JsonValue);
  const detail = `Expected ${bound} ${String(error.schema)}, found ${found}.`;
  return { code: "VALUE_RANGE", path, summary: "Value out of range", detail };
}

function emptyFinding(error: ErrorObject, path: JsonPath): Finding {
  const remedy = "Write something, or take the key away.";
  const detail = `There is nothing in it. ${remedy}${exampleOf(error)}`;
  return { code: "VALUE_EMPTY", path, summary: "Nothing written", detail };
}

function exampleOf(error: ErrorObject): string {
  const examples = error.parentSchema?.["examples"] as readonly JsonValue[] | undefined;
  return examples?.[0] === undefined ? "" : ` For example: ${JSON.stringify(examples[0])}.`;
}
