import type { Diagnostic } from "../diag/diagnostic.ts";
import { inOrder } from "./diagnostics-text.ts";
import { showJson } from "./escape.ts";

/** Diagnostics for programs: one versioned JSON document; `more` are keys of a command's own. */
export function showDiagnosticsJson(
  diagnostics: readonly Diagnostic[],
  more: Readonly<Record<string, unknown>> = {},
): string {
  const errors = diagnostics.filter((one) => one.severity === "error").length;
  const document = {
    format: "posthorn.diagnostics/1",
    diagnostics: inOrder(diagnostics),
    errors,
    warnings: diagnostics.length - errors,
    ...more,
  };
  return showJson(document);
}
