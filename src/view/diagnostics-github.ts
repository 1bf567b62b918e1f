import type { Diagnostic, Severity } from "../diag/diagnostic.ts";
import { inOrder } from "./diagnostics-text.ts";
import { escapeText } from "./escape.ts";

/** GitHub shows so many annotations of each level a step and drops the rest without a word. */
const MAX_SHOWN = 10;

/**
 * Diagnostics as workflow commands, which become annotations of a pull request; the tenth of a
 * level says how many more there are.
 */
export function showDiagnosticsAsCommands(diagnostics: readonly Diagnostic[]): string {
  const levels: Severity[] = ["error", "warning"];
  return levels.flatMap((level) => commandsOf(level, inOrder(diagnostics))).join("");
}

function commandsOf(level: Severity, diagnostics: readonly Diagnostic[]): string[] {
  const ofLevel = diagnostics.filter((one) => one.severity === level);
  if (ofLevel.length <= MAX_SHOWN) return ofLevel.map(command);
  const shown = ofLevel.slice(0, MAX_SHOWN - 1);
  const more = ofLevel.length - shown.length;
  return [...shown.map(command), `::${level} title=More::${more} more ${level}s; see the log\n`];
}

function command({ severity, at, code, summary, detail }: Diagnostic): string {
  const end = at.endColumn === undefined ? "" : `,endColumn=${at.endColumn}`;
  const place = `file=${property(at.file)},line=${at.line},col=${at.column}${end}`;
  const title = property(`${code} ${summary}`);
  return `::${severity} ${place},title=${title}::${text(detail)}\n`;
}

function text(value: string): string {
  return escapeText(value).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(value: string): string {
  return text(value).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
