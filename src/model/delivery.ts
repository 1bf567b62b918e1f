import { hash } from "node:crypto";
import type { CampaignId } from "./campaign.ts";
import type { Instant } from "./instant.ts";
import type { JsonObject } from "./json.ts";

/** Why a matched person is left out, in the order of judgement: the first that holds counts. */
export const REASONS = [
  "no_psid",
  "no_consent",
  "not_tester",
  "holdout",
  "already_sent",
  "already_failed",
  "unresolved",
  "unreachable",
  "late",
  "not_due",
  "quiet_hours",
  "outside_window",
  "frequency_cap",
  "missing_value",
  "invalid_message",
] as const;

export type Reason = (typeof REASONS)[number];

/** `once`, a UTC instant, a local wall time or an event id; see SPEC section 1. */
export type OccurrenceId = string;

/** 64 lower-case hex digits. */
export type DeliveryId = string;

/**
 * The id of a delivery: SHA-256 over workspace, first campaign id of the `was:` chain, occurrence
 * and user, parted by 0x00. The same on every machine, and the same after an edit of the campaign.
 */
export function deliveryId(of: {
  readonly workspace: string;
  readonly rootId: CampaignId;
  readonly occurrence: OccurrenceId;
  readonly userId: string;
}): DeliveryId {
  return hash("sha256", `${of.workspace}\0${of.rootId}\0${of.occurrence}\0${of.userId}`, "hex");
}

/** One message for one person, rendered and checked, ready to be claimed and sent. */
export interface Delivery {
  readonly id: DeliveryId;
  readonly rootId: CampaignId;
  readonly occurrence: OccurrenceId;
  readonly userId: string;
  readonly psid: string;
  readonly variant: string | null;
  /** The campaign's revision that the message was rendered from. */
  readonly revision: string;
  /** Whether it counts for the frequency caps of other campaigns. */
  readonly counts: boolean;
  /** The body of the Send API call, `message.metadata` included. */
  readonly body: JsonObject;
}

/** How a failed send is to be read. */
export type FailureClass =
  | "user_unavailable"
  | "outside_window"
  | "message_invalid"
  | "denied"
  | "page_restricted"
  | "rejected";

/** What Meta said, as far as it said something. `message` is Meta's text without ids or tokens. */
export interface MetaError {
  readonly code: number | null;
  readonly subcode: number | null;
  readonly message: string;
}

/** How far a bad answer reaches. */
export type StopScope = "person" | "campaign" | "page" | "run";

/** What one HTTP attempt came to. */
export type Outcome =
  | { readonly status: "sent"; readonly messageId: string }
  | {
      readonly status: "failed";
      readonly errorClass: FailureClass;
      readonly error: MetaError;
      readonly stops: StopScope;
    }
  /** It left and nobody knows its fate; never sent again by itself. */
  | { readonly status: "unknown"; readonly error: MetaError }
  /** Surely not taken; trying again is safe. */
  | {
      readonly status: "not_sent";
      readonly error: MetaError;
      /** How long the platform asks to wait; null where it says nothing. */
      readonly retryAfterMs: number | null;
      readonly limited: Limited | null;
    };

/** A limit that was met, and how long to keep still where the platform does not say. */
export interface Limited {
  /** `page_or_thread`: the platform does not say which; whether others pass tells. */
  readonly scope: "app" | "page" | "page_or_thread" | "thread";
  /** The first wait lies between this and `spreadMs` more. */
  readonly firstWaitMs: number;
  readonly spreadMs: number;
  /** Each time it is met again the wait doubles, up to this. */
  readonly maxWaitMs: number;
}

/** What the ledger says of one delivery now. */
export type DeliveryStatus = "sent" | "failed" | "unknown" | "claimed" | "released";

/** One row of `ledger export`: the latest of one delivery. */
export interface LedgerRow {
  readonly delivery_id: DeliveryId;
  readonly campaign: CampaignId;
  readonly occurrence: OccurrenceId;
  readonly user_id: string;
  readonly variant: string | null;
  readonly status: DeliveryStatus;
  readonly message_id: string | null;
  readonly error_class: FailureClass | null;
  readonly error_code: number | null;
  readonly error_subcode: number | null;
  readonly attempts: number;
  /** ISO 8601, UTC. */
  readonly claimed_at: string;
  readonly settled_at: string | null;
  readonly run_id: string;
  readonly commit: string | null;
  readonly revision: string;
}

/** One apply. */
export interface Run {
  readonly id: string;
  readonly startedAt: Instant;
  readonly commit: string | null;
  /** Where its log can be read, if a CI job runs it. */
  readonly url: string | null;
}
