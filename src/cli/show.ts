import { EXIT } from "../diag/errors.ts";
import { readDocument } from "../plan/read-document.ts";
import { type Call, usage } from "./options.ts";
import { printPlan } from "./plan.ts";
import { printReport } from "./print-report.ts";
import { commentPlan } from "./pull-request.ts";

/** Renders a plan that `plan --out` wrote, or the report of an apply. */
export async function show(call: Call<{ readonly comment?: boolean }>): Promise<number> {
  const [path = ""] = call.args;
  const { flags, surroundings } = call;
  const document = readDocument(await surroundings.readText(path), path);
  if (flags.comment && document.kind !== "plan") throw usage("--comment takes a plan.");
  if (document.kind === "report") printReport(document.report, call);
  else if (flags.comment) await commentPlan(document.plan, surroundings);
  else printPlan(document.plan, call);
  return EXIT.ok;
}
