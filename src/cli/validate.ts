import { readWorkspace } from "../config/read-workspace.ts";
import type { Diagnostic } from "../diag/diagnostic.ts";
import { EXIT } from "../diag/errors.ts";
import type { Workspace } from "../model/workspace.ts";
import { showDiagnosticsAsCommands } from "../view/diagnostics-github.ts";
import { showDiagnosticsJson } from "../view/diagnostics-json.ts";
import { showDiagnostics } from "../view/diagnostics-text.ts";
import type { Call } from "./options.ts";

/** Checks every file of the workspace and runs its tests; no network, no token. */
export async function validate(call: Call): Promise<number> {
  const { options, surroundings } = call;
  const files = await surroundings.workspaceFiles(options.folder);
  const { workspace, diagnostics } = readWorkspace(files, surroundings.env);
  const failures = workspace === undefined ? [] : await testFailures(workspace, call);
  const found = [...diagnostics, ...failures];
  surroundings.terminal.out(show(found, workspace, call));
  return found.some((one) => one.severity === "error") ? EXIT.invalid : EXIT.ok;
}
