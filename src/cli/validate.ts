import { runTests, type TestFailure } from "../audience/run-tests.ts";
import { narrowedTests } from "../config/narrowed-tests.ts";
import { readWorkspace } from "../config/read-workspace.ts";
import type { Diagnostic } from "../diag/diagnostic.ts";
import { EXIT } from "../diag/errors.ts";
import type { Workspace } from "../model/workspace.ts";
import { showDiagnosticsAsCommands } from "../view/diagnostics-github.ts";
import { showDiagnosticsJson } from "../view/diagnostics-json.ts";
import { showDiagnostics } from "../view/diagnostics-text.ts";
import { EarlyEngine } from "./early-engine.ts";
import { namedFiles } from "./named-files.ts";
import type { Call } from "./options.ts";
import type { Updates } from "./update-tests.ts";

interface ValidateFlags {
  readonly update?: boolean;
}

/**
 * Checks every file of the workspace and runs its tests, or those that the named files can turn; no
 * network, no token. With `--update` the
 * messages that tests get are written into their files.
 */
export async function validate(call: Call<ValidateFlags>): Promise<number> {
  const { args, options, surroundings, flags } = call;
  const engine = new EarlyEngine(await surroundings.engineStarter());
  const all = await surroundings.workspaceFiles(options.folder);
  const read = args.length === 0 ? all : narrowedTests(all, namedFiles(args, all));
  const files = engine.noticing(read);
  const { workspace, diagnostics } = readWorkspace(files, surroundings.env);
  let failures: readonly TestFailure[] = [];
  try {
    if (workspace !== undefined) failures = await runTests(workspace, () => engine.open());
  } finally {
    engine.close();
  }
  const { updated, diagnostics: failed } = flags.update
    ? await (await import("./update-tests.ts")).updateTests(failures, files, surroundings)
    : { updated: [], diagnostics: failures.map(withAdvice) };
  const found = [...diagnostics, ...failed];
  surroundings.terminal.out(showFound({ found, updated, workspace }, call));
  if (flags.update && workspace === undefined) {
    surroundings.terminal.err("No test was run, so none was updated: correct the files first.\n");
  }
  return found.some((one) => one.severity === "error") ? EXIT.invalid : EXIT.ok;
}

/** Not with `--update`: there it is written, or the reason stands why it cannot be. */
function withAdvice({ diagnostic, rendered }: TestFailure): Diagnostic {
  if (rendered === null) return diagnostic;
  const advice = "If that is what it should be, `posthorn validate --update` writes it here.";
  return { ...diagnostic, detail: `${diagnostic.detail}\n${advice}` };
}

interface Found {
  readonly found: readonly Diagnostic[];
  readonly updated: Updates["updated"];
  readonly workspace: Workspace | undefined;
}

function showFound(
  { found, updated, workspace }: Found,
  { options, surroundings, flags }: Call<ValidateFlags>,
): string {
  if (options.format === "json") return showDiagnosticsJson(found, flags.update ? { updated } : {});
  if (options.format === "github") return showDiagnosticsAsCommands(found);
  const color = options.color && surroundings.terminal.outIsTerminal;
  const shown = found.length > 0 ? showDiagnostics(found, { color }) : "";
  const rewritten = updated.map(({ file, tests }) => `Updated: ${file} tests=${tests}\n`).join("");
  return `${shown}${rewritten}${workspace === undefined ? "" : countsOf(workspace)}`;
}

/** What was checked, so that an empty folder does not look like a sound one. */
function countsOf({ campaigns, segments }: Workspace): string {
  const tests = [...campaigns, ...segments.values()].reduce(
    (sum, one) => sum + one.tests.length,
    0,
  );
  return `Checked: campaigns=${campaigns.length} segments=${segments.size} tests=${tests}\n`;
}
