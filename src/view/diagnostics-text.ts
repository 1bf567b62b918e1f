import { styleText } from "node:util";
import type { Diagnostic, Place } from "../diag/diagnostic.ts";
import { escapeLine, escapeText } from "./escape.ts";

/** Of a longer line only a part is shown. */
const FRAME_WIDTH = 120;

/** Diagnostics for people: place, code, code frame, detail; by file and line, then a count. */
export function showDiagnostics(
  diagnostics: readonly Diagnostic[],
  { color }: { readonly color: boolean },
): string {
  const blocks = inOrder(diagnostics).map((one) => block(one, color));
  return `${blocks.join("\n\n")}\n\n${countLine(diagnostics)}\n`;
}

/** By file, line and column. */
export function inOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const compare = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);
  return [...diagnostics].sort(
    ({ at: a }, { at: b }) => compare(a.file, b.file) || a.line - b.line || a.column - b.column,
  );
}

function block({ code, severity, at, summary, detail }: Diagnostic, color: boolean): string {
  const word = severity === "warning" ? "warning: " : "";
  const head = escapeLine(`${at.file}:${at.line}:${at.column}  ${code}  ${word}${summary}`);
  const style = severity === "error" ? "red" : "yellow";
  const shown = color ? styleText(style, head, { validateStream: false }) : head;
  return [shown, ...frame(at), ...detailLines(detail)].join("\n");
}

/** Lines after the first are set in, so that none can pose as another diagnostic. */
function detailLines(detail: string): string[] {
  const [first = "", ...others] = escapeText(detail).split("\n");
  return [first, ...others.map((line) => `  ${escapeText(line.trim())}`)];
}

/** The line with carets under the place; of a long one what stands around it. */
function frame({ line, column, endColumn, lineText }: Place): string[] {
  if (lineText === undefined) return [];
  const number = String(line);
  const from = lineText.length <= FRAME_WIDTH ? 0 : Math.max(0, column - 1 - FRAME_WIDTH / 3);
  const shown = lineText.slice(from, from + FRAME_WIDTH);
  const before = from > 0 ? "…" : "";
  const after = from + shown.length < lineText.length ? "…" : "";
  const end = Math.min(endColumn ?? column + 1, from + shown.length + 1);
  const carets = "^".repeat(Math.max(1, end - column));
  const blank = " ".repeat(before.length + column - 1 - from);
  return [
    `  ${number} | ${escapeText(before + shown + after)}`,
    `  ${" ".repeat(number.length)} | ${blank}${carets}`,
  ];
}

function countLine(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter((one) => one.severity === "error").length;
  const files = new Set(diagnostics.map((one) => one.at.file)).size;
  const warnings = diagnostics.length - errors;
  const counted = [plural(errors, "error"), plural(warnings, "warning")].filter(
    (one) => one !== "",
  );
  return `${counted.join(", ")} in ${plural(files, "file")}`;
}

function plural(count: number, word: string): string {
  if (count === 0) return "";
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
