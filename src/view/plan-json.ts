import type { Plan } from "../model/plan.ts";

/** The plan document as it is published: the same plan gives the same bytes. */
export function showPlanJson(plan: Plan): string {
  return `${JSON.stringify(plan, null, 2)}\n`;
}
