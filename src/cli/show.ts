import { EXIT } from "../diag/errors.ts";
import { readPlan } from "../plan/read-plan.ts";
import type { Call } from "./options.ts";
import { printPlan } from "./plan.ts";

/** Renders a plan that `plan --out` wrote. */
export async function show(call: Call): Promise<number> {
  const [path = ""] = call.args;
  printPlan(readPlan(await call.surroundings.readText(path), path), call);
  return EXIT.ok;
}
