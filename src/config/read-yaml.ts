import type { YAMLError } from "yaml";
import type { Diagnostic, Finding, Place } from "../diag/diagnostic.ts";
import type { JsonPath, JsonValue } from "../model/json.ts";
import type { FileRead } from "../ports/workspace-files.ts";
import { decodeFile } from "./decode-file.ts";
import { type PlainYaml, readPlainYaml } from "./plain-yaml.ts";
import { readWholeYaml } from "./whole-yaml.ts";
import { ALIAS_WORDING, unsoundValues, type Wording, yamlWording } from "./yaml-faults.ts";
import { type Lines, linesOf, placeAt } from "./yaml-places.ts";

/** A YAML file as text and value, and where each value stands in it. */
export interface YamlFile {
  readonly path: string;
  /** Undefined where the file has none: unreadable, or not YAML. */
  readonly value: JsonValue | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** Where a value stands; `atKey`: its key. See `rangeOf`. */
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
  const lines = linesOf(path, text);
  const plain = readPlainYaml(text);
  if (plain !== undefined) return fileOf(plain, lines, []);
  const whole = readWholeYaml(text);
  if (whole.kind === "deep") return withoutValue(lines, [atStart(TOO_DEEP, lines)]);
  const syntax = syntaxFaults(whole.faults, lines);
  if (syntax.some(({ code }) => code !== "KEY_TWICE")) return withoutValue(lines, syntax);
  const value = whole.value();
  if (value === undefined) return withoutValue(lines, [atStart(ALIAS_WORDING, lines)]);
  return fileOf({ ...whole, value }, lines, syntax);
}

function fileOf({ value, range }: PlainYaml, lines: Lines, syntax: readonly Diagnostic[]) {
  const place = (to: JsonPath, atKey = false) => placeAt(lines, ...range(to, atKey));
  const file: YamlFile = { path: lines.file, value, diagnostics: syntax, place };
  return { ...file, diagnostics: [...syntax, ...toDiagnostics(file, unsoundValues(value))] };
}

function withoutValue(lines: Lines, diagnostics: readonly Diagnostic[]): YamlFile {
  return { path: lines.file, value: undefined, diagnostics, place: () => placeAt(lines, 0) };
}

function atStart(wording: Wording, lines: Lines): Diagnostic {
  return { ...wording, severity: "error", at: placeAt(lines, 0) };
}

const TOO_DEEP: Wording = {
  code: "YAML_TOO_DEEP",
  summary: "Nested too deeply",
  detail: "So many levels lie inside each other that the file cannot be read. Write it flatter.",
};

/** One per line: a slip early in a line often makes the parser stumble again further on. */
function syntaxFaults(errors: readonly YAMLError[], lines: Lines): Diagnostic[] {
  const faults = new Map<number, Diagnostic>();
  for (const error of errors) {
    const at = placeAt(lines, ...error.pos);
    if (faults.has(at.line)) continue;
    faults.set(at.line, { ...yamlWording(error), severity: "error", at });
  }
  return [...faults.values()];
}
