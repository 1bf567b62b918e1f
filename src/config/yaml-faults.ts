import type { YAMLError } from "yaml";
import type { DiagnosticCode, Finding } from "../diag/diagnostic.ts";
import type { JsonPath, JsonValue } from "../model/json.ts";

/** Deeper nesting than anyone writes; it also ends the walk through an alias of its own parent. */
const MAX_DEPTH = 64;

export interface Wording {
  readonly code: DiagnosticCode;
  readonly summary: string;
  readonly detail: string;
}

const SYNTAX: Wording = {
  code: "YAML_SYNTAX",
  summary: "Not valid YAML",
  detail: "The file cannot be read from here on. Check indentation, quotes, brackets and colons.",
};

/** In our own words, and never with the text of the file: that may hold a secret. */
const WORDINGS: Partial<Record<YAMLError["code"], Wording>> = {
  TAB_AS_INDENT: {
    code: "YAML_TAB",
    summary: "Tab in YAML",
    detail: "A tab stands where YAML wants spaces. Indent with spaces.",
  },
  DUPLICATE_KEY: {
    code: "KEY_TWICE",
    summary: "Key written twice",
    detail: "This key stands twice in the same map. Keep one of the two.",
  },
  MULTIPLE_DOCS: {
    code: "YAML_SEVERAL_DOCUMENTS",
    summary: "Several documents in a file",
    detail: 'A file holds one document. Put what follows "---" into a file of its own.',
  },
  NON_STRING_KEY: {
    code: "YAML_KEY",
    summary: "Key is no text",
    detail: "A key must be a plain text. Write a name, without brackets or a tag.",
  },
  TAG_RESOLVE_FAILED: {
    code: "YAML_TAG",
    summary: "Tag in YAML",
    detail: 'Tags (words that begin with "!") mean nothing here. Take it away.',
  },
  BAD_SCALAR_START: {
    ...SYNTAX,
    detail: "A text cannot begin with this character. Put the whole text in quotes.",
  },
  BLOCK_AS_IMPLICIT_KEY: {
    ...SYNTAX,
    detail: "A second colon stands in this line. Put the text that holds it in quotes.",
  },
  MISSING_CHAR: {
    ...SYNTAX,
    detail: "A closing quote, bracket or comma is missing before this point.",
  },
};

/** What to say about a fault that the YAML parser found. */
export function yamlWording(error: YAMLError): Wording {
  return WORDINGS[error.code] ?? SYNTAX;
}

/** An alias that is used so often, or that names nothing, that the document has no value. */
export const ALIAS_WORDING: Wording = {
  code: "YAML_ALIAS",
  summary: "Alias cannot be followed",
  detail: "An alias names no anchor above it, or is used too often. Write the value out.",
};

/** What YAML can say and JSON cannot: infinities, too long numbers, things inside themselves. */
export function unsoundValues(value: JsonValue): readonly Finding[] {
  return isSound(value, 0) ? [] : findUnsound(value, []);
}

/** The quick answer, which nearly every file gets. */
function isSound(value: JsonValue, depth: number): boolean {
  if (typeof value === "number") return isKept(value);
  if (typeof value !== "object" || value === null) return true;
  return depth < MAX_DEPTH && Object.values(value).every((inner) => isSound(inner, depth + 1));
}

function findUnsound(value: JsonValue, path: JsonPath): readonly Finding[] {
  if (typeof value === "number") return isKept(value) ? [] : [inexact(path)];
  if (typeof value !== "object" || value === null) return [];
  if (path.length >= MAX_DEPTH) return [tooDeep(path)];
  return Object.entries(value).flatMap(([key, inner]) =>
    findUnsound(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function isKept(value: number): boolean {
  return Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value));
}

function inexact(path: JsonPath): Finding {
  const detail =
    "A number this large loses digits, and .inf and .nan are no numbers. " +
    'An id is text: put it in quotes, such as "7100000000000001".';
  return { code: "NUMBER_INEXACT", path, summary: "Number cannot be kept exactly", detail };
}

function tooDeep(path: JsonPath): Finding {
  const detail = `More than ${MAX_DEPTH} levels lie inside each other here. Write it flatter.`;
  return { code: "YAML_TOO_DEEP", path: path.slice(0, 8), summary: "Nested too deeply", detail };
}
