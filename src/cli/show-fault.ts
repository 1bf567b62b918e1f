import { EXIT, PortError, Stop } from "../diag/errors.ts";
import { showDiagnostics } from "../view/diagnostics-text.ts";
import { escapeText } from "../view/escape.ts";
import type { Surroundings } from "./surroundings.ts";

/** Says on stderr why a command ended early, and gives its exit code. Never shows a stack. */
export function showFault(fault: unknown, { terminal, env }: Surroundings): number {
  if (fault instanceof Stop) {
    const color = terminal.errIsTerminal && env["NO_COLOR"] === undefined;
    if (fault.diagnostics.length > 0) terminal.err(showDiagnostics(fault.diagnostics, { color }));
    terminal.err(`${escapeText(fault.message)}\n`);
    return EXIT[fault.exit];
  }
  const message = fault instanceof Error ? fault.message : String(fault);
  const hint = fault instanceof PortError ? "" : "\nThis is a bug of Posthorn; please report it.";
  terminal.err(`error: ${escapeText(message)}${hint}\n`);
  if (env["POSTHORN_DEBUG"] !== undefined && fault instanceof Error) {
    terminal.err(`${fault.stack ?? ""}\n`);
  }
  return EXIT.error;
}
