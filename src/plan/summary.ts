import type { Plan } from "../model/plan.ts";
import { recipientsOf } from "./guards.ts";

/** A plan in four numbers. A guard that held without a change too does not block that change. */
export function summaryOf({ campaigns, guards, warnings }: Plan["snapshot"]): Plan["summary"] {
  const sending = campaigns.filter(({ action }) => action === "send");
  return {
    campaigns: sending.length,
    recipients: sending.reduce((sum, planned) => sum + recipientsOf(planned), 0),
    blocked: guards.filter(({ outcome, in_base }) => outcome === "block" && !in_base).length,
    warnings: warnings.length,
  };
}
