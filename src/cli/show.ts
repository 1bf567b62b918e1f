import { EXIT } from "../diag/errors.ts";
import { readPlan } from "../plan/read-plan.ts";
import type { Call } from "./options.ts";
import { printPlan } from "./plan.ts";
import { commentPlan } from "./pull-request.ts";

/** Renders a plan that `plan --out` wrote. */
export async function show(call: Call<{ readonly comment?: boolean }>): Promise<number> {
  const [path = ""] = call.args;
  const plan = readPlan(await call.surroundings.readText(path), path);
  if (call.flags.comment) await commentPlan(plan, call.surroundings);
  else printPlan(plan, call);
  return EXIT.ok;
}
