import type { Plan } from "../model/plan.ts";
import { recipientsOf } from "./guards.ts";

/** A plan in four numbers. */
export function summaryOf({ campaigns, guards, warnings }: Plan["snapshot"]): Plan["summary"] {
  const sending = campaigns.filter(({ action }) => action === "send");
  return {
    campaigns: sending.length,
    recipients: sending.reduce((sum, planned) => sum + recipientsOf(planned), 0),
    blocked: guards.filter((guard) => guard.outcome === "block").length,
    warnings: warnings.length,
  };
}
