import { runTests } from "../audience/run-tests.ts";
import { readWorkspace } from "../config/read-workspace.ts";
import type { Diagnostic } from "../diag/diagnostic.ts";
import { EXIT } from "../diag/errors.ts";
import type { Workspace } from "../model/workspace.ts";
import { showDiagnosticsAsCommands } from "../view/diagnostics-github.ts";
import { showDiagnosticsJson } from "../view/diagnostics-json.ts";
import { showDiagnostics } from "../view/diagnostics-text.ts";
import { EarlyEngine } from "./early-engine.ts";
import type { Call } from "./options.ts";

/** Checks every file of the workspace and runs its tests; no network, no token. */
export async function validate(call: Call): Promise<number> {
  const { options, surroundings } = call;
  const engine = new EarlyEngine(await surroundings.engineStarter());
  const files = engine.noticing(await surroundings.workspaceFiles(options.folder));
  const found: Diagnostic[] = [];
  const { workspace, diagnostics } = readWorkspace(files, surroundings.env);
  found.push(...diagnostics);
  try {
    if (workspace !== undefined) found.push(...(await runTests(workspace, () => engine.open())));
  } finally {
    engine.close();
  }
  surroundings.terminal.out(showFound(found, workspace, call));
  return found.some((one) => one.severity === "error") ? EXIT.invalid : EXIT.ok;
}

function showFound(
  found: readonly Diagnostic[],
  workspace: Workspace | undefined,
  { options, surroundings }: Call,
): string {
  if (options.format === "json") return showDiagnosticsJson(found);
  if (options.format === "github") return showDiagnosticsAsCommands(found);
  const color = options.color && surroundings.terminal.outIsTerminal;
  const shown = found.length > 0 ? showDiagnostics(found, { color }) : "";
  return `${shown}${workspace === undefined ? "" : countsOf(workspace)}`;
}

/** What was checked, so that an empty folder does not look like a sound one. */
function countsOf({ campaigns, segments }: Workspace): string {
  const tests = [...campaigns, ...segments.values()].reduce(
    (sum, one) => sum + one.tests.length,
    0,
  );
  return `Checked: campaigns=${campaigns.length} segments=${segments.size} tests=${tests}\n`;
}
