import type { YAMLError } from "yaml";
import type { Diagnostic, Finding, Place } from "../diag/diagnostic.ts";
import type { JsonPath, JsonValue } from "../model/json.ts";
import type { FileRead } from "../ports/workspace-files.ts";
import { decodeFile } from "./decode-file.ts";
import { type PlainYaml, readPlainYaml } from "./plain-yaml.ts";
import { unsoundValues } from "./unsound-values.ts";
import { readWholeYaml } from "./whole-yaml.ts";
import {
  ALIAS_WORDING,
  REPEATED_KEY_WORDING,
  TAB_WORDING,
  TOO_DEEP_WORDING,
  type Wording,
  yamlWording,
} from "./yaml-faults.ts";
import { type Lines, lineOf, linesOf, placeAt, placeLater, textAt } from "./yaml-places.ts";
import { isTooDeep } from "./yaml-traps.ts";

/** More faults of syntax in one file are noise. */
const MAX_FAULTS = 50;

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
  return findings.map(({ code, severity, path, atKey, summary, detail, toQuote }) => {
    const at = file.place(path, atKey);
    const full = toQuote ? `${detail} ${quotes(at)}` : detail;
    return { code, severity: severity ?? "error", at, summary, detail: full };
  });
}

function quotes(at: Place): string {
  return `Put it in quotes: "${textAt(at)}".`;
}

function parseYaml(path: string, text: string): YamlFile {
  const lines = linesOf(path, text);
  const plain = readPlainYaml(text);
  if (plain !== undefined) return fileOf(plain, lines, []);
  const whole = isTooDeep(text) ? TOO_DEEP : readWholeYaml(text);
  if (whole.kind === "deep") {
    return withoutValue(lines, [fault(TOO_DEEP_WORDING, placeAt(lines, 0))]);
  }
  const syntax = syntaxFaults(whole.faults, lines);
  if (syntax.length > 0) return withoutValue(lines, syntax);
  const value = whole.value();
  if (value === undefined) {
    return withoutValue(lines, [fault(ALIAS_WORDING, placeAt(lines, ...whole.lostAlias()))]);
  }
  const repeated = whole.repeatedKeys.map((range) => placeAt(lines, ...range));
  const rewritten = whole.rewrittenNumbers.map((range) => placeAt(lines, ...range));
  return fileOf({ ...whole, value }, lines, [
    ...repeated.map((at) => fault(REPEATED_KEY_WORDING, at)),
    ...rewritten.map((at) => fault(zerosLost(at), at)),
  ]);
}

function fileOf({ value, range }: PlainYaml, lines: Lines, traps: readonly Diagnostic[]) {
  const place = (to: JsonPath, atKey = false) =>
    placeLater(lines.file, () => placeAt(lines, ...range(to, atKey)));
  const file: YamlFile = { path: lines.file, value, diagnostics: traps, place };
  return { ...file, diagnostics: [...traps, ...toDiagnostics(file, unsoundValues(value))] };
}

function withoutValue(lines: Lines, diagnostics: readonly Diagnostic[]): YamlFile {
  return { path: lines.file, value: undefined, diagnostics, place: () => placeAt(lines, 0) };
}

const TOO_DEEP = { kind: "deep" } as const;

function fault(wording: Wording, at: Place): Diagnostic {
  return { ...wording, severity: "error", at };
}

function zerosLost(at: Place): Wording {
  const detail = `Zeros at the start of a number are lost. ${quotes(at)}`;
  return { code: "NUMBER_INEXACT", summary: "Number cannot be kept exactly", detail };
}

/** One per line: a slip early in a line often makes the parser stumble again further on. */
function syntaxFaults(errors: readonly YAMLError[], lines: Lines): Diagnostic[] {
  const faults = new Map<number, Diagnostic>();
  for (const error of errors) {
    if (faults.size >= MAX_FAULTS) break;
    const line = lineOf(lines.starts, error.pos[0]);
    if (!faults.has(line)) faults.set(line, syntaxFault(error, placeAt(lines, ...error.pos)));
  }
  return [...faults.values()];
}

function syntaxFault(error: YAMLError, at: Place): Diagnostic {
  // A tab before the first word of a line is the cause, whatever the parser stumbles over.
  const column = /^ *\t/.exec(at.lineText ?? "")?.[0].length;
  if (column === undefined) return fault(yamlWording(error), at);
  return fault(TAB_WORDING, { ...at, column, endColumn: column + 1 });
}
