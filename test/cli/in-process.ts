import { runProgram } from "../../src/cli/program.ts";
import { showFault } from "../../src/cli/show-fault.ts";
import { surroundingsOf } from "../../src/wiring.ts";
import type { Ran } from "./posthorn.ts";

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
  const surroundings = surroundingsOf(running as unknown as NodeJS.Process, "0.0.0");
  const whole = [...args, "-C", options.cwd];
  const exit = await runProgram(whole, surroundings).catch((fault) =>
    showFault(fault, surroundings),
  );
  return { exit, out, err };
}
