import type { CampaignId } from "../model/campaign.ts";
import type { DeliveryId, OccurrenceId } from "../model/delivery.ts";
import type { Instant } from "../model/instant.ts";
import { type Sql, sql } from "../model/sql.ts";
import type { SqlEngine } from "../ports/sql-engine.ts";

/** A delivery that may have arrived. */
export interface UnknownDelivery {
  readonly deliveryId: DeliveryId;
  readonly rootId: CampaignId;
  readonly occurrence: OccurrenceId;
  readonly userId: string;
  readonly psid: string;
  readonly variant: string | null;
  readonly revision: string;
  readonly claimedAt: Instant;
}

export interface UnknownDeliveries {
  /** In the order they were claimed. */
  readonly deliveries: readonly UnknownDelivery[];
  /** Meta's ids of the messages that the ledger has as sent to these people. */
  readonly messageIds: ReadonlySet<string>;
}

/** `ledger` gives the whole ledger with people's own ids. */
export async function readUnknown(engine: SqlEngine, ledger: Sql): Promise<UnknownDeliveries> {
  await engine.run(sql`CREATE OR REPLACE TEMP TABLE unknown_deliveries AS
    SELECT * FROM (${ledger}) WHERE status = 'unknown'`);
  const rows = await engine.rows(sql`SELECT delivery_id, campaign, occurrence, user_id, psid,
    variant, revision, epoch_ms(claimed_at) AS claimed_at
    FROM unknown_deliveries ORDER BY claimed_at, delivery_id`);
  const sent = await engine.rows(sql`SELECT message_id FROM (${ledger})
    WHERE message_id IS NOT NULL AND psid IN (SELECT psid FROM unknown_deliveries)`);
  return {
    deliveries: rows.map((row) => ({
      deliveryId: String(row["delivery_id"]),
      rootId: String(row["campaign"]),
      occurrence: String(row["occurrence"]),
      userId: String(row["user_id"]),
      psid: String(row["psid"]),
      variant: row["variant"] === null ? null : String(row["variant"]),
      revision: String(row["revision"]),
      claimedAt: Number(row["claimed_at"]),
    })),
    messageIds: new Set(sent.map((row) => String(row["message_id"]))),
  };
}
