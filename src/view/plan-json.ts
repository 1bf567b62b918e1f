import type { Plan } from "../model/plan.ts";
import { showJson } from "./escape.ts";

/** The plan document as it is published: the same plan gives the same bytes. */
export function showPlanJson(plan: Plan): string {
  return showJson(plan);
}
