import type {
  Campaign,
  Guard,
  Rollout,
  RolloutOccurrence,
  Warning,
  WrittenPlan,
} from "./generated/plan-written.ts";

/** The published plan document; `schemas/plan.schema.json` says what each part means. */
export type Plan = WrittenPlan;
export type PlannedCampaign = Campaign;
export type { Guard, Rollout, RolloutOccurrence, Warning };
