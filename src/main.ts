#!/usr/bin/env node
import { readFileSync } from "node:fs";

const args = process.argv.slice(2);

// Nothing else is loaded for the one question that scripts ask most.
if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) {
  process.stdout.write(`${packageVersion()}\n`);
} else {
  process.exitCode = await run();
}

/** Runs the command line; the only place that catches what a command throws. */
async function run(): Promise<number> {
  const { surroundingsOf } = await import("./wiring.ts");
  const surroundings = surroundingsOf(process, packageVersion());
  try {
    const { runProgram } = await import("./cli/program.ts");
    return await runProgram(args, surroundings);
  } catch (fault) {
    const { showFault } = await import("./cli/show-fault.ts");
    const exit = showFault(fault, surroundings);
    const { writeFault } = await import("./cli/actions.ts");
    // The fault itself decides how this ends, also where the job's files cannot be written.
    await writeFault(surroundings, fault).catch((other) => showFault(other, surroundings));
    return exit;
  }
}

function packageVersion(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return String(JSON.parse(text).version);
}
