import type { Delivery, FailureClass, MetaError } from "../model/delivery.ts";
import type { Settlement } from "../ports/state-store.ts";

/*
 * The ledger on disk: NDJSON segments, one file a run, append-only. The first line is the header.
 * Instants are ISO 8601 in UTC. `kind` tells the records apart:
 *   claim    before a request is written: whom, what, from which revision
 *   settle   what came of it; the last one of a delivery counts
 */

export const LEDGER_FORMAT = "posthorn.ledger/1";

export interface HeaderRecord {
  readonly kind: "header";
  readonly format: string;
  readonly workspace: string;
  readonly run: string;
  readonly commit: string | null;
  readonly at: string;
  /** Rises with every run; a run with a lesser one has lost its lease. */
  readonly fence: number;
}

export interface ClaimRecord {
  readonly kind: "claim";
  readonly delivery: string;
  readonly campaign: string;
  readonly occurrence: string;
  readonly user: string;
  readonly psid: string;
  readonly variant: string | null;
  readonly revision: string;
  /** Whether it counts for frequency caps. */
  readonly counts: boolean;
  readonly run: string;
  readonly commit: string | null;
  readonly fence: number;
  readonly at: string;
}

export interface SettleRecord {
  readonly kind: "settle";
  readonly delivery: string;
  readonly status: "sent" | "failed" | "unknown" | "released";
  readonly message_id: string | null;
  readonly error_class: FailureClass | null;
  readonly error_code: number | null;
  readonly error_subcode: number | null;
  /** Meta's words. */
  readonly words: string | null;
  readonly fence: number;
  readonly at: string;
}

export type LedgerRecord = HeaderRecord | ClaimRecord | SettleRecord;

export function claimRecord(
  delivery: Delivery,
  by: Pick<ClaimRecord, "run" | "commit" | "fence" | "at">,
): ClaimRecord {
  return {
    kind: "claim",
    delivery: delivery.id,
    campaign: delivery.rootId,
    occurrence: delivery.occurrence,
    user: delivery.userId,
    psid: delivery.psid,
    variant: delivery.variant,
    revision: delivery.revision,
    counts: delivery.counts,
    ...by,
  };
}

export function settleRecord(
  delivery: Delivery,
  settlement: Settlement,
  by: Pick<SettleRecord, "fence" | "at">,
): SettleRecord {
  const error: Partial<MetaError> = settlement.status === "sent" ? {} : settlement.error;
  return {
    kind: "settle",
    delivery: delivery.id,
    status: settlement.status,
    message_id: settlement.status === "sent" ? settlement.messageId : null,
    error_class: settlement.status === "failed" ? settlement.errorClass : null,
    error_code: error.code ?? null,
    error_subcode: error.subcode ?? null,
    words: error.message ?? null,
    ...by,
  };
}
