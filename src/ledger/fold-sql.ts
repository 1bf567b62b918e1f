import { raw, type Sql, sql } from "../model/sql.ts";
import type { LedgerFile } from "../ports/state-store.ts";
import { deliveriesSql, type IdRange } from "./deliveries-sql.ts";

const EMPTY = `SELECT NULL::VARCHAR AS delivery_id, NULL::VARCHAR AS campaign,
  NULL::VARCHAR AS occurrence, NULL::VARCHAR AS user_id, NULL::VARCHAR AS psid,
  NULL::VARCHAR AS variant, NULL::VARCHAR AS status, NULL::VARCHAR AS message_id,
  NULL::VARCHAR AS error_class, NULL::BIGINT AS error_code, NULL::BIGINT AS error_subcode,
  NULL::VARCHAR AS words, 0::BIGINT AS attempts, NULL::TIMESTAMP AS claimed_at,
  NULL::TIMESTAMP AS settled_at, NULL::VARCHAR AS run_id, NULL::VARCHAR AS "commit",
  NULL::VARCHAR AS revision, false AS counts WHERE false`;

/**
 * One row for each delivery of the ledger: its last claim, and what came of that. A claim without
 * an outcome is `claimed` while its run holds the lease (`liveRun`), else `unknown`. A settlement
 * that comes before the last claim belongs to an earlier attempt. With `range`: those of some ids.
 */
export function ledgerRelationSql(
  files: readonly LedgerFile[],
  liveRun: string | null,
  range?: IdRange,
): Sql {
  if (files.length === 0) return raw(EMPTY);
  const settled = (column: string) => raw(`CASE WHEN is_settled THEN ${column} END AS ${column}`);
  return sql`SELECT lower(hex(delivery)) AS delivery_id, campaign, occurrence, user_id, psid,
      variant, CASE WHEN is_settled THEN status WHEN run_id = ${liveRun ?? ""} THEN 'claimed'
        ELSE 'unknown' END AS status,
      ${settled("message_id")}, ${settled("error_class")}, ${settled("error_code")},
      ${settled("error_subcode")}, ${settled("words")}, attempts, claimed_at,
      ${settled("settled_at")}, run_id, "commit", revision, counts
    FROM (SELECT *, coalesce(settle_rank >= claim_rank, false) AS is_settled
      FROM (${deliveriesSql(files, range)}) WHERE claim_rank IS NOT NULL)`;
}
