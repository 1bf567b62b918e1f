import type { ExitName } from "../diag/errors.ts";
import type { CampaignId } from "./campaign.ts";
import type { FailureClass, Reason, StopScope } from "./delivery.ts";
import type { Guard, Rollout, Warning } from "./plan.ts";

/** A kind of failure with its number of deliveries. */
export interface ErrorCount {
  readonly errorClass: FailureClass | "unknown" | "released";
  readonly code: number | null;
  readonly subcode: number | null;
  /** Meta's words, or ours where Meta said nothing. */
  readonly message: string;
  readonly count: number;
}

/** What an apply did for one campaign. matched = claimed + the sum of leftOut + untried. */
export interface CampaignReport {
  readonly id: CampaignId;
  readonly matched: number;
  readonly leftOut: Readonly<Partial<Record<Reason, number>>>;
  readonly sent: number;
  readonly failed: number;
  readonly unknown: number;
  /** Claimed, surely not taken by Meta, and due again. */
  readonly released: number;
  /** Due, but not tried before the run ended. */
  readonly untried: number;
  readonly errors: readonly ErrorCount[];
  /** `wave`: too much of a wave went wrong, and nobody else is sent to until that is accepted. */
  readonly stopped: { readonly scope: StopScope | "wave"; readonly because: string } | null;
  /** Where its waves stand now; null without a rollout. */
  readonly rollout: Rollout | null;
  readonly seconds: number;
}

/** Why a run ended before everybody was tried, though Meta refused nothing for good. */
export interface CutOff {
  readonly by: "signal" | "max_runtime" | "halt" | "limit" | "outage" | "breaker";
  /** A full sentence. */
  readonly because: string;
}

/** What an apply did. Times are ISO 8601 in UTC. */
export interface Report {
  readonly format: "posthorn.report/1";
  readonly workspace: string;
  readonly runId: string;
  readonly target: "meta" | "sandbox";
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly outcome: ExitName | "interrupted";
  readonly cutOff: CutOff | null;
  readonly campaigns: readonly CampaignReport[];
  readonly guards: readonly Guard[];
  readonly warnings: readonly Warning[];
  readonly totals: {
    readonly sent: number;
    readonly failed: number;
    readonly unknown: number;
    readonly released: number;
    readonly untried: number;
  };
  /** Deliveries of earlier runs whose outcome nobody knows; they are left alone. */
  readonly unresolvedBefore: number;
}
