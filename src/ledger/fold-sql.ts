import { raw, type Sql, sql } from "../model/sql.ts";
import type { LedgerFile } from "../ports/state-store.ts";

const COLUMNS = `{kind: 'VARCHAR', delivery: 'VARCHAR', campaign: 'VARCHAR', occurrence: 'VARCHAR',
  "user": 'VARCHAR', psid: 'VARCHAR', variant: 'VARCHAR', revision: 'VARCHAR', counts: 'BOOLEAN',
  run: 'VARCHAR', "commit": 'VARCHAR', "at": 'TIMESTAMP', status: 'VARCHAR', message_id: 'VARCHAR',
  error_class: 'VARCHAR', error_code: 'BIGINT', error_subcode: 'BIGINT'}`;

const EMPTY = `SELECT NULL::VARCHAR AS delivery_id, NULL::VARCHAR AS campaign,
  NULL::VARCHAR AS occurrence, NULL::VARCHAR AS user_id, NULL::VARCHAR AS psid,
  NULL::VARCHAR AS variant, NULL::VARCHAR AS status, NULL::VARCHAR AS message_id,
  NULL::VARCHAR AS error_class, NULL::BIGINT AS error_code, NULL::BIGINT AS error_subcode,
  0::BIGINT AS attempts, NULL::TIMESTAMP AS claimed_at, NULL::TIMESTAMP AS settled_at,
  NULL::VARCHAR AS run_id, NULL::VARCHAR AS "commit", NULL::VARCHAR AS revision,
  false AS counts WHERE false`;

/**
 * One row for each delivery of the ledger: its last claim, and what came of that. A claim without an
 * outcome is `claimed` while its run holds the lease (`liveRun`) and `unknown` otherwise. A settlement
 * that is older than the last claim belongs to an earlier attempt.
 */
export function ledgerRelationSql(files: readonly LedgerFile[], liveRun: string | null): Sql {
  if (files.length === 0) return raw(EMPTY);
  const paths = files.map((file) => file.path);
  return sql`SELECT c.*, CASE WHEN s.delivery_id IS NOT NULL THEN s.status
        WHEN c.run_id = ${liveRun ?? ""} THEN 'claimed' ELSE 'unknown' END AS status,
      s.message_id, s.error_class, s.error_code, s.error_subcode, s.settled_at
    FROM (
      SELECT delivery AS delivery_id, count(*) AS attempts, max("at") AS claimed_at,
        arg_max(campaign, "at") AS campaign, arg_max(occurrence, "at") AS occurrence,
        arg_max("user", "at") AS user_id, arg_max(psid, "at") AS psid,
        arg_max(variant, "at") AS variant, arg_max(run, "at") AS run_id,
        arg_max("commit", "at") AS "commit", arg_max(revision, "at") AS revision,
        arg_max(counts, "at") AS counts
      FROM ${recordsSql(paths)} WHERE kind = 'claim' GROUP BY delivery
    ) c LEFT JOIN (
      SELECT delivery AS delivery_id, max("at") AS settled_at, arg_max(status, "at") AS status,
        arg_max(message_id, "at") AS message_id, arg_max(error_class, "at") AS error_class,
        arg_max(error_code, "at") AS error_code, arg_max(error_subcode, "at") AS error_subcode
      FROM ${recordsSql(paths)} WHERE kind = 'settle' GROUP BY delivery
    ) s ON s.delivery_id = c.delivery_id AND s.settled_at >= c.claimed_at`;
}

/** A torn last line is skipped here; any other that does not fit was refused when it was read. */
function recordsSql(paths: readonly string[]): Sql {
  return sql`read_json(${paths}::VARCHAR[], format = 'newline_delimited', ignore_errors = true,
    columns = ${raw(COLUMNS)})`;
}
