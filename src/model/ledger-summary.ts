import type { CampaignId } from "./campaign.ts";
import type { DeliveryStatus, FailureClass, OccurrenceId } from "./delivery.ts";

/** How many deliveries stand how. */
export type StatusCounts = Readonly<Record<DeliveryStatus, number>>;

/** One occurrence of a campaign, or several together. */
export interface OccurrenceSummary extends StatusCounts {
  /** Null: all earlier ones together. */
  readonly occurrence: OccurrenceId | null;
  /** How many occurrences this is. */
  readonly occurrences: number;
  /** ISO 8601, UTC. */
  readonly last_claimed_at: string;
}

/** A kind of bad outcome with its number of deliveries. */
export interface OutcomeSummary {
  readonly status: Exclude<DeliveryStatus, "sent">;
  readonly error_class: FailureClass | null;
  readonly error_code: number | null;
  readonly error_subcode: number | null;
  /** Meta's words, or ours where Meta said nothing; null where nothing was recorded at all. */
  readonly words: string | null;
  readonly deliveries: number;
}

export interface CampaignSummary {
  /** As it is called today; null: its file is gone. */
  readonly id: CampaignId | null;
  /** As it is called in the ledger. */
  readonly campaign: CampaignId;
  readonly totals: StatusCounts;
  /** The newest first; the last one may stand for all earlier ones. */
  readonly occurrences: readonly OccurrenceSummary[];
  /** The most frequent first. */
  readonly outcomes: readonly OutcomeSummary[];
}

/** What `ledger show` shows. */
export interface LedgerSummary {
  readonly format: "posthorn.ledger-summary/1";
  readonly workspace: string;
  readonly totals: StatusCounts;
  readonly campaigns: readonly CampaignSummary[];
}

/** What was claimed on one day of the workspace's zone, and what came of it. */
export interface DayCounts extends StatusCounts {
  readonly date: string;
}

/** What `ledger stats` shows. */
export interface LedgerStats {
  readonly format: "posthorn.ledger-stats/1";
  readonly workspace: string;
  readonly timezone: string;
  /** The first day and the last one. */
  readonly from: string;
  readonly to: string;
  readonly totals: StatusCounts;
  /** Every day, those without a delivery too. */
  readonly days: readonly DayCounts[];
  /** Those with most deliveries first. */
  readonly campaigns: readonly Pick<CampaignSummary, "id" | "campaign" | "totals">[];
  /** The most frequent first. */
  readonly outcomes: readonly OutcomeSummary[];
  /** The day of the newest delivery, whenever it was; null: there is none. */
  readonly newest: string | null;
}

/** One delivery to a person. Instants are ISO 8601 in UTC. */
export interface PersonDelivery {
  readonly delivery_id: string;
  readonly campaign: CampaignId;
  readonly occurrence: OccurrenceId;
  readonly variant: string | null;
  readonly status: DeliveryStatus;
  readonly message_id: string | null;
  readonly error_class: FailureClass | null;
  readonly error_code: number | null;
  readonly error_subcode: number | null;
  readonly words: string | null;
  readonly attempts: number;
  readonly claimed_at: string;
  readonly settled_at: string | null;
  readonly run_id: string;
  readonly commit: string | null;
  readonly revision: string;
}

/** One delivery among those to others. */
export interface ListedDelivery extends PersonDelivery {
  readonly user_id: string;
}
