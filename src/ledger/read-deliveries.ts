import type { CampaignId } from "../model/campaign.ts";
import type { DeliveryStatus } from "../model/delivery.ts";
import type { ListedDelivery, PersonDelivery } from "../model/ledger-summary.ts";
import { raw, type Sql, sql } from "../model/sql.ts";
import type { SqlEngine } from "../ports/sql-engine.ts";
import { isoSql } from "./read-summary.ts";
import { ofCampaignsSql } from "./status-sums.ts";

const COLUMNS = sql`delivery_id, campaign, occurrence, variant, status, message_id, error_class,
  error_code, error_subcode, words, attempts, ${isoSql("claimed_at")} AS claimed_at,
  ${isoSql("settled_at")} AS settled_at, run_id, "commit", revision`;

/** Every delivery to a person, the newest first. `ids`: all that the person may stand there as. */
export async function readPerson(
  engine: SqlEngine,
  ledger: Sql,
  ids: Sql,
): Promise<readonly PersonDelivery[]> {
  return rowsOf<PersonDelivery>(
    engine,
    sql`SELECT ${COLUMNS} FROM (${ledger}) WHERE user_id IN (${ids})
      ORDER BY claimed_at DESC, delivery_id`,
  );
}

/** Which deliveries are listed. */
export interface ListScope {
  readonly statuses: readonly DeliveryStatus[];
  /** Of these campaigns, as the ledger calls them; undefined: of all. */
  readonly campaigns: readonly CampaignId[] | undefined;
  readonly occurrence: string | undefined;
  /** At most so many, the newest. */
  readonly most: number;
}

/** Deliveries of some outcomes, the newest first, and how many there are. */
export async function readListed(
  engine: SqlEngine,
  ledger: Sql,
  { statuses, campaigns, occurrence, most }: ListScope,
): Promise<{ readonly total: number; readonly deliveries: readonly ListedDelivery[] }> {
  const ofOccurrence = occurrence === undefined ? raw("true") : sql`occurrence = ${occurrence}`;
  const chosen = sql`FROM (${ledger}) WHERE list_contains(${[...statuses]}::VARCHAR[], status)
    AND ${ofCampaignsSql(campaigns)} AND ${ofOccurrence}`;
  const [counted] = await engine.rows(sql`SELECT count(*) AS total ${chosen}`);
  const deliveries = await rowsOf<ListedDelivery>(
    engine,
    sql`SELECT user_id, ${COLUMNS} ${chosen} ORDER BY claimed_at DESC, delivery_id
      LIMIT ${BigInt(most)}`,
  );
  return { total: Number(counted?.["total"] ?? 0), deliveries };
}

async function rowsOf<Row>(engine: SqlEngine, query: Sql): Promise<readonly Row[]> {
  return (await engine.rows(query)) as unknown as readonly Row[];
}
