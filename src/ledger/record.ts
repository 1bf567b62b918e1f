import type { Delivery, FailureClass, MetaError } from "../model/delivery.ts";
import { formatInstant, type Instant } from "../model/instant.ts";
import type { Resolution, Witness } from "../model/resolution.ts";
import type { LeaseHolder, Settlement } from "../ports/state-store.ts";

/*
 * The ledger on disk: NDJSON segments, one file a run, append-only. The first line is the header.
 * `kind` tells the records apart:
 *   claim    before a request is written: whom, what, from which revision
 *   settle   what came of it; the last one of a delivery counts
 */

export const LEDGER_FORMAT = "posthorn.ledger/1";

/** What every record carries. `fence`, then `seq`, is the order of records, whatever clocks say. */
export interface Stamp {
  /** The lease it was written under: rises with every run. */
  readonly fence: number;
  /** Its place among the records of its run, from 0. */
  readonly seq: number;
  /** ISO 8601 in UTC. */
  readonly at: string;
}

/** Stamps the records of one run in the order they are made. */
export function stamper(fence: number): (at: Instant) => Stamp {
  let seq = 0;
  let lastAt = Number.NaN;
  let text = "";
  return (at) => {
    if (at !== lastAt) text = formatInstant(at);
    lastAt = at;
    return { fence, seq: seq++, at: text };
  };
}

export interface HeaderRecord extends Stamp {
  readonly kind: "header";
  readonly format: string;
  readonly workspace: string;
  readonly run: string;
  readonly commit: string | null;
  /** The dead holder that the run took the lease from. */
  readonly taken_over: LeaseHolder | null;
}

export interface ClaimRecord extends Stamp {
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
}

export interface SettleRecord extends Stamp {
  readonly kind: "settle";
  readonly delivery: string;
  readonly status: "sent" | "failed" | "unknown" | "released";
  readonly message_id: string | null;
  readonly error_class: FailureClass | null;
  readonly error_code: number | null;
  readonly error_subcode: number | null;
  /** Meta's words, or a person's. */
  readonly words: string | null;
  /** Who told of it afterwards; absent where the apply itself saw it. */
  readonly by?: Witness;
}

export type LedgerRecord = HeaderRecord | ClaimRecord | SettleRecord;

// Records are written out field by field: objects that are spread are slow to make and to read.

export function claimRecord(
  delivery: Delivery,
  by: Pick<ClaimRecord, "run" | "commit">,
  stamp: Stamp,
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
    run: by.run,
    commit: by.commit,
    fence: stamp.fence,
    seq: stamp.seq,
    at: stamp.at,
  };
}

/** What was found out about a delivery after its run. */
export function resolveRecord(resolution: Resolution, stamp: Stamp): SettleRecord {
  return {
    kind: "settle",
    delivery: resolution.deliveryId,
    status: resolution.as === "sent" ? "sent" : "released",
    message_id: resolution.messageId,
    error_class: null,
    error_code: null,
    error_subcode: null,
    words: resolution.note,
    by: resolution.by,
    fence: stamp.fence,
    seq: stamp.seq,
    at: stamp.at,
  };
}

export function settleRecord(
  delivery: Delivery,
  settlement: Settlement,
  stamp: Stamp,
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
    fence: stamp.fence,
    seq: stamp.seq,
    at: stamp.at,
  };
}
