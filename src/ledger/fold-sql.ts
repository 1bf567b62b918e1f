import { join, literal, raw, type Sql, sql } from "../model/sql.ts";
import type { LedgerFile } from "../ports/state-store.ts";

const COLUMNS = `{kind: 'VARCHAR', delivery: 'VARCHAR', campaign: 'VARCHAR', occurrence: 'VARCHAR',
  "user": 'VARCHAR', psid: 'VARCHAR', variant: 'VARCHAR', revision: 'VARCHAR', counts: 'BOOLEAN',
  run: 'VARCHAR', "commit": 'VARCHAR', "at": 'TIMESTAMP', status: 'VARCHAR', message_id: 'VARCHAR',
  error_class: 'VARCHAR', error_code: 'BIGINT', error_subcode: 'BIGINT',
  fence: 'BIGINT', seq: 'BIGINT'}`;

const EMPTY = `SELECT NULL::VARCHAR AS delivery_id, NULL::VARCHAR AS campaign,
  NULL::VARCHAR AS occurrence, NULL::VARCHAR AS user_id, NULL::VARCHAR AS psid,
  NULL::VARCHAR AS variant, NULL::VARCHAR AS status, NULL::VARCHAR AS message_id,
  NULL::VARCHAR AS error_class, NULL::BIGINT AS error_code, NULL::BIGINT AS error_subcode,
  0::BIGINT AS attempts, NULL::TIMESTAMP AS claimed_at, NULL::TIMESTAMP AS settled_at,
  NULL::VARCHAR AS run_id, NULL::VARCHAR AS "commit", NULL::VARCHAR AS revision,
  false AS counts WHERE false`;

/** The order of records, whatever clocks say: later runs have the greater fencing number. */
const RANK = raw("fence * 10000000000 + seq");

/**
 * One row for each delivery of the ledger: its last claim, and what came of that. A claim without
 * an outcome is `claimed` while its run holds the lease (`liveRun`), else `unknown`. A settlement
 * that comes before the last claim belongs to an earlier attempt.
 */
export function ledgerRelationSql(files: readonly LedgerFile[], liveRun: string | null): Sql {
  if (files.length === 0) return raw(EMPTY);
  return sql`SELECT c.* EXCLUDE (rank), CASE WHEN s.delivery_id IS NOT NULL THEN s.status
        WHEN c.run_id = ${liveRun ?? ""} THEN 'claimed' ELSE 'unknown' END AS status,
      s.message_id, s.error_class, s.error_code, s.error_subcode, s.settled_at
    FROM (
      SELECT delivery AS delivery_id, count(*) AS attempts, max(rank) AS rank,
        arg_max("at", rank) AS claimed_at, arg_max(campaign, rank) AS campaign,
        arg_max(occurrence, rank) AS occurrence, arg_max("user", rank) AS user_id,
        arg_max(psid, rank) AS psid, arg_max(variant, rank) AS variant,
        arg_max(run, rank) AS run_id, arg_max("commit", rank) AS "commit",
        arg_max(revision, rank) AS revision, arg_max(counts, rank) AS counts
      FROM (${recordsSql(files)}) WHERE kind = 'claim' GROUP BY delivery
    ) c LEFT JOIN (
      SELECT delivery AS delivery_id, max(rank) AS rank, arg_max("at", rank) AS settled_at,
        arg_max(status, rank) AS status, arg_max(message_id, rank) AS message_id,
        arg_max(error_class, rank) AS error_class, arg_max(error_code, rank) AS error_code,
        arg_max(error_subcode, rank) AS error_subcode
      FROM (${recordsSql(files)}) WHERE kind = 'settle' GROUP BY delivery
    ) s ON s.delivery_id = c.delivery_id AND s.rank >= c.rank`;
}

/** Only a torn file may hold a line that is no record; elsewhere one fails the query. */
function recordsSql(files: readonly LedgerFile[]): Sql {
  const readers = [true, false].flatMap((torn) => {
    const paths = files.filter((file) => file.torn === torn).map((file) => literal(file.path));
    if (paths.length === 0) return [];
    return [
      sql`SELECT *, ${RANK} AS rank FROM read_json([${join(paths, ", ")}],
        format = 'newline_delimited', ignore_errors = ${raw(String(torn))},
        columns = ${raw(COLUMNS)})`,
    ];
  });
  return join(readers, " UNION ALL ");
}
