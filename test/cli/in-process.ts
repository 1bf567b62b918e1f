import { openDuckdb } from "../../src/adapters/duckdb/duckdb-engine.ts";
import { runProgram } from "../../src/cli/program.ts";
import { showFault } from "../../src/cli/show-fault.ts";
import type { SqlEngine, TestEngine } from "../../src/ports/sql-engine.ts";
import { surroundingsOf } from "../../src/wiring.ts";
import type { Ran } from "./posthorn.ts";

/** Without the thread of its own, which runs what is built; answers in the order it is asked. */
function startEngineHere(): TestEngine {
  const opened = openDuckdb();
  let last: Promise<unknown> = opened;
  const next = <Result>(ask: (engine: SqlEngine) => Promise<Result>): Promise<Result> => {
    const answer = last.catch(() => {}).then(async () => ask(await opened));
    last = answer;
    return answer;
  };
  return {
    run: (statement) => next((engine) => engine.run(statement)),
    rows: (query) => next((engine) => engine.rows(query)),
    close: () => void next(async (engine) => engine.close()),
  };
}

/**
 * Runs the command line in this process, with the real adapters: many times faster than a process
 * of its own, for tests that need hundreds of runs. Never reads the environment of the tests.
 */
export async function posthornHere(
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): Promise<Ran> {
  let [out, err] = ["", ""];
  const running = {
    env: options.env ?? {},
    stdout: { write: (text: string) => (out += text), on: () => {} },
    stderr: { write: (text: string) => (err += text), on: () => {} },
    once: () => running,
  };
  const surroundings = {
    ...surroundingsOf(running as unknown as NodeJS.Process, "0.0.0"),
    engineStarter: async () => startEngineHere,
  };
  const whole = [...args, "-C", options.cwd];
  const exit = await runProgram(whole, surroundings).catch((fault) =>
    showFault(fault, surroundings),
  );
  return { exit, out, err };
}
