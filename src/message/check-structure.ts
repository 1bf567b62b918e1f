import type * as AjvPackage from "ajv";
import type { ErrorObject, ValidateFunction } from "ajv";
import type { DiagnosticCode, Finding } from "../diag/diagnostic.ts";
import { didYouMean, nearestName } from "../diag/nearest.ts";
import { yesNoFault } from "../diag/yes-no.ts";
import { isSoundSendApiMessage } from "../model/generated/send-api-message-check.ts";
import { SEND_API_MESSAGE_SCHEMA } from "../model/generated/send-api-message-schema.ts";
import type { JsonObject, JsonPath } from "../model/json.ts";
import { loadWhenNeeded } from "../model/load-when-needed.ts";
import { ownValue } from "../model/own-value.ts";
import { showPath } from "./check-leaf.ts";
import { checkTag } from "./check-tag.ts";
import { isHttpUrl } from "./leaf-rules.ts";

/** The whole schema of `message`, lengths in UTF-16 units, addresses as `isHttpUrl` sees them. */
export function messageValidator(): ValidateFunction {
  validator ??= compileValidator();
  return validator;
}

function compileValidator(): ValidateFunction {
  const { Ajv } = loadWhenNeeded<typeof AjvPackage>("ajv");
  return new Ajv({
    strict: false,
    allErrors: true,
    verbose: true,
    unicode: false,
    // It would warn on every start that lengths in code points are the default.
    logger: false,
    formats: { uri: isHttpUrl },
  }).compile(SEND_API_MESSAGE_SCHEMA);
}

/** What is wrong with keys, types, counts and choices; paths lead from the message itself. */
export function checkStructure(message: JsonObject): readonly Finding[] {
  if (isSoundSendApiMessage(message)) return [];
  const validate = messageValidator();
  validate(message);
  const errors = validate.errors ?? [];
  const misspelt = new Set(errors.filter(isUnknownKey).map((error) => error.instancePath));
  const mistyped = new Set(errors.filter(isWrongType).map((error) => error.instancePath));
  const causes = errors.filter((error) => {
    const { keyword, instancePath } = error;
    // Most likely the unknown key is the one that is missing.
    if (ABSENCES.has(keyword) && misspelt.has(instancePath)) return false;
    // What is no text, say, cannot be one of those that Meta takes.
    return !SILENT.has(keyword) && !isInBranch(error) && !isBeside(error, mistyped);
  });
  const missing = causes.filter(({ keyword }) => keyword === "required");
  const lacking = new Set(missing.map((error) => error.instancePath));
  const others = causes.filter(
    (error) => error.keyword !== "required" && !isMoreOfIt(error, lacking),
  );
  return [...missingKeys(missing), ...others.map((error) => toFinding(error, message))];
}

/** Whether an error only says again that the map, which lacks a key, has too few. */
function isMoreOfIt(error: ErrorObject, lacking: ReadonlySet<string>): boolean {
  if (!ABSENCES.has(error.keyword) || !lacking.has(error.instancePath)) return false;
  return error.keyword === "minProperties" || Object.keys(Object(error.data)).length === 0;
}

function isBeside({ keyword, instancePath }: ErrorObject, mistyped: ReadonlySet<string>): boolean {
  return keyword !== "type" && mistyped.has(instancePath);
}

function isWrongType(error: ErrorObject): boolean {
  return error.keyword === "type" && !isInBranch(error);
}

/** A branch of a choice is no fault by itself. */
function isInBranch({ schemaPath }: ErrorObject): boolean {
  return /\/(?:oneOf|anyOf)\/\d+\//.test(schemaPath);
}

const ABSENCES = new Set(["required", "dependencies", "minProperties", "oneOf", "anyOf"]);

function isUnknownKey(error: ErrorObject): boolean {
  return error.keyword === "additionalProperties";
}

let validator: ValidateFunction | undefined;

interface Fault {
  readonly code: DiagnosticCode;
  readonly summary: string;
  readonly detail: string;
  /** The key below the error's place that it is about. */
  readonly key?: string;
  readonly atKey?: boolean;
  readonly toQuote?: boolean;
}

/** Texts have findings of their own (check-leaf.ts); an `if` or a branch of a choice has none. */
const SILENT = new Set(["if", "minLength", "maxLength", "pattern", "format"]);

function toFinding(error: ErrorObject, message: JsonObject): Finding {
  const path = pathOf(error.instancePath);
  const read = FAULTS[error.keyword] ?? otherFault;
  const { key, ...fault } = read(error, showPath(path));
  if (path.length === 0 && key === "tag") return checkTag(message["tag"] ?? null, ["tag"]);
  return { ...fault, path: key === undefined ? path : [...path, key] };
}

const FAULTS: Readonly<Record<string, (error: ErrorObject, name: string) => Fault>> = {
  additionalProperties: unknownKey,
  dependencies: missingCompanion,
  type: wrongType,
  enum: wrongChoice,
  const: wrongChoice,
  minItems: wrongCount,
  maxItems: wrongCount,
  minProperties: tooFewKeys,
  minimum: outOfRange,
  maximum: outOfRange,
  oneOf: wrongAlternative,
  anyOf: wrongAlternative,
};

/** Keys of the Send API's call that a campaign writes beside its message. */
const CAMPAIGN_KEYS: Readonly<Record<string, string>> = {
  messaging_type: "messaging:",
  notification_type: "notification:",
  persona_id: "persona:",
  recipient: "segment:",
};

function unknownKey(error: ErrorObject, name: string): Fault {
  const key = String(error.params["additionalProperty"]);
  const known = Object.keys(Object(error.parentSchema?.["properties"]));
  const own = ownValue(CAMPAIGN_KEYS, key);
  const remedy =
    own === undefined
      ? didYouMean(key, known) || ` There are: ${known.join(", ")}.`
      : ` A campaign writes ${own} beside the message.`;
  const detail = `${name} has no key "${key}".${remedy}`;
  return { code: "MESSAGE_KEY_UNKNOWN", summary: "Unknown key", detail, key, atKey: true };
}

/** What one map lacks is one cause; it is told at that map's key. */
function missingKeys(errors: readonly ErrorObject[]): readonly Finding[] {
  const pointers = new Set(errors.map(({ instancePath }) => instancePath));
  return [...pointers].map((pointer) => {
    const path = pathOf(pointer);
    const lacking = errors.filter(({ instancePath }) => instancePath === pointer);
    const keys = [...new Set(lacking.map(({ params }) => String(params["missingProperty"])))];
    const known = Object(lacking[0]?.parentSchema?.["properties"]);
    const typo = Object.keys(Object(lacking[0]?.data)).find(
      (key) => !Object.hasOwn(known, key) && nearestName(key, keys) !== undefined,
    );
    if (typo !== undefined) {
      const detail = `${showPath(path)} has no key "${typo}".${didYouMean(typo, keys)}`;
      const at = { path: [...path, typo], atKey: true };
      return { code: "MESSAGE_KEY_UNKNOWN", ...at, summary: "Unknown key", detail };
    }
    const names = keys.map((key) => `"${key}"`).join(" and no ");
    const detail = `${showPath(path)} has no ${names}, which Meta requires. Add it.`;
    const at = { path: [...path, keys[0] ?? ""], atKey: true };
    return { code: "MESSAGE_KEY_MISSING", ...at, summary: "Key missing", detail };
  });
}

function missingCompanion(error: ErrorObject, name: string): Fault {
  const { property, missingProperty: key } = error.params;
  const detail = `${name} has "${property}", which needs "${key}" beside it. Add it.`;
  return { code: "MESSAGE_KEY_MISSING", summary: "Key missing", detail, key: String(key) };
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: "text",
  array: "a list",
  object: "a set of keys",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
};

function wrongType(error: ErrorObject, name: string): Fault {
  const wanted = [error.params["type"]].flat().map((type) => TYPE_WORDS[String(type)] ?? type);
  const yesNo = wanted.includes("true or false") ? yesNoFault(error.data) : undefined;
  if (yesNo !== undefined) return yesNo;
  const isBare = typeof error.data === "number" || typeof error.data === "boolean";
  const toQuote = isBare && wanted.includes("text");
  const detail = `${name} must be ${wanted.join(" or ")}.`;
  return { code: "MESSAGE_TYPE", summary: "Wrong type", detail, toQuote };
}

function wrongChoice(error: ErrorObject, name: string): Fault {
  const allowed = [error.params["allowedValues"] ?? error.params["allowedValue"]]
    .flat()
    .map(String);
  const near = typeof error.data === "string" ? didYouMean(error.data, allowed) : "";
  const detail = `${name} must be ${allowed.join(", ")}, written out, without tags.${near}`;
  return { code: "MESSAGE_VALUE", summary: "Value not allowed", detail };
}

function wrongCount(error: ErrorObject, name: string): Fault {
  const count = Array.isArray(error.data) ? error.data.length : 0;
  const bound = error.keyword === "maxItems" ? "limit is" : "at least needed:";
  const detail = `${name} has ${count} entries, ${bound} ${error.params["limit"]}.`;
  return { code: "MESSAGE_LIMIT", summary: "Over Meta's limit", detail };
}

function tooFewKeys(error: ErrorObject, name: string): Fault {
  const known = Object.keys(Object(error.parentSchema?.["properties"]));
  const detail = `${name} needs something besides its title. There are: ${known.join(", ")}.`;
  return { code: "MESSAGE_KEY_MISSING", summary: "Key missing", detail };
}

function outOfRange(error: ErrorObject, name: string): Fault {
  const { comparison, limit } = error.params;
  const detail = `${name} is ${String(error.data)}, but must be ${comparison} ${limit}.`;
  return { code: "MESSAGE_VALUE", summary: "Value not allowed", detail };
}

function wrongAlternative(error: ErrorObject, name: string): Fault {
  const branches = error.schema as readonly { readonly required: readonly [string] }[];
  const keys = branches.map((branch) => branch.required[0]);
  const present = keys.filter((key) => Object.hasOwn(Object(error.data), key));
  if (present.length === 0) {
    const detail = `${name} has none of ${keys.join(", ")}. Add one of them.`;
    return { code: "MESSAGE_EMPTY", summary: "Nothing to send", detail };
  }
  const detail =
    `${name} has ${present.join(" and ")}, but Meta takes only one of them. ` +
    "Keep one; a second message is a campaign of its own.";
  const key = String(present.at(-1));
  return { code: "MESSAGE_CLASH", summary: "Keys exclude each other", detail, key, atKey: true };
}

function otherFault(error: ErrorObject, name: string): Fault {
  const detail = `${name} ${error.message ?? "is not allowed"}.`;
  return { code: "MESSAGE_VALUE", summary: "Value not allowed", detail };
}

/** A list's positions are numbers again; no key of a message is one. */
function pathOf(pointer: string): JsonPath {
  const keys = pointer.split("/").slice(1);
  return keys.map((key) => (/^\d+$/.test(key) ? Number(key) : key));
}
