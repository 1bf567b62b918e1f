import type { YAMLError } from "yaml";
import type { DiagnosticCode } from "../diag/diagnostic.ts";

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

export const TAB_WORDING: Wording = {
  code: "YAML_TAB",
  summary: "Tab in YAML",
  detail: "A tab stands where YAML wants spaces. Indent with spaces.",
};

export const TOO_DEEP_WORDING: Wording = {
  code: "YAML_TOO_DEEP",
  summary: "Nested too deeply",
  detail: "So many levels lie inside each other that the file cannot be read. Write it flatter.",
};

/** The last one counts, which few people mean. */
export const REPEATED_KEY_WORDING: Wording = {
  code: "KEY_TWICE",
  summary: "Key written twice",
  detail: "This key stands twice in the same map. Keep one of the two.",
};

/** In our own words, and never with the text of the file: that may hold a secret. */
const WORDINGS: Partial<Record<YAMLError["code"], Wording>> = {
  TAB_AS_INDENT: TAB_WORDING,
  RESOURCE_EXHAUSTION: TOO_DEEP_WORDING,
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
