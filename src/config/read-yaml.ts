import { type Document, LineCounter, parseDocument } from "yaml";
import type { Diagnostic, Finding, Place } from "../diag/diagnostic.ts";
import type { JsonPath, JsonValue } from "../model/json.ts";
import type { FileRead } from "../ports/workspace-files.ts";
import { decodeFile } from "./decode-file.ts";
import { maskSecretLines } from "./mask-secrets.ts";
import { ALIAS_WORDING, unsoundValues, yamlWording } from "./yaml-faults.ts";
import { type Lines, placeAt, placeOf } from "./yaml-places.ts";

/** Enough for a hand-written file, too few for a bomb of aliases. */
const MAX_ALIASES = 100;

/** A YAML file as text and value, and where each value stands in it. */
export interface YamlFile {
  readonly path: string;
  /** Undefined where the file has none: unreadable, or not YAML. */
  readonly value: JsonValue | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** Where a value stands; `atKey`: its key. See `placeOf`. */
  place(path: JsonPath, atKey?: boolean): Place;
}

/** Reads one file as YAML 1.2 (core schema): `NO`, `on` and `21:00` are text, `<<` is a key. */
export function readYaml(path: string, read: FileRead): YamlFile {
  const decoded = decodeFile(path, read);
  if (decoded.kind === "fault") {
    const { diagnostic } = decoded;
    return { path, value: undefined, diagnostics: [diagnostic], place: () => diagnostic.at };
  }
  return parseYaml(path, decoded.text);
}

/** Findings of pure rules, with the places of a file. */
export function toDiagnostics(file: YamlFile, findings: readonly Finding[]): Diagnostic[] {
  return findings.map(({ code, severity, path, atKey, summary, detail }) => {
    const at = file.place(path, atKey);
    return { code, severity: severity ?? "error", at, summary, detail };
  });
}

function parseYaml(path: string, text: string): YamlFile {
  const counter = new LineCounter();
  const shown = maskSecretLines(text);
  const lines: Lines = { file: path, text: shown, starts: counter.lineStarts };
  const faulty = (diagnostics: readonly Diagnostic[]): YamlFile => ({
    path,
    value: undefined,
    diagnostics,
    place: () => placeAt(lines, 0),
  });
  const document = parseText(text, counter);
  if (document === undefined) {
    const at = { file: path, line: 1, column: 1 };
    return faulty([{ ...yamlTooDeep, severity: "error", at }]);
  }
  const syntax = syntaxFaults(document, lines);
  if (syntax.some(({ code }) => code !== "KEY_TWICE")) return faulty(syntax);
  const value = jsonOf(document);
  if (value === undefined) {
    return faulty([{ ...ALIAS_WORDING, severity: "error", at: placeAt(lines, 0) }]);
  }
  const place = (to: JsonPath, atKey = false) => placeOf({ lines, document, path: to, atKey });
  const file: YamlFile = { path, value, diagnostics: syntax, place };
  return { ...file, diagnostics: [...syntax, ...toDiagnostics(file, unsoundValues(value))] };
}

const yamlTooDeep = {
  code: "YAML_TOO_DEEP",
  summary: "Nested too deeply",
  detail: "So many levels lie inside each other that the file cannot be read. Write it flatter.",
} as const;

/** Undefined where the nesting exhausts the parser's stack. */
function parseText(text: string, lineCounter: LineCounter): Document.Parsed | undefined {
  try {
    return parseDocument(text, {
      version: "1.2",
      schema: "core",
      merge: false,
      stringKeys: true,
      prettyErrors: false,
      logLevel: "error",
      lineCounter,
    });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** One per line: a slip early in a line often makes the parser stumble again further on. */
function syntaxFaults(document: Document.Parsed, lines: Lines): readonly Diagnostic[] {
  const faults = new Map<number, Diagnostic>();
  for (const error of [...document.errors, ...document.warnings]) {
    const at = placeAt(lines, ...error.pos);
    if (faults.has(at.line)) continue;
    faults.set(at.line, { ...yamlWording(error), severity: "error", at });
  }
  return [...faults.values()];
}

function jsonOf(document: Document.Parsed): JsonValue | undefined {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
}
