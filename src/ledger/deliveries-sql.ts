import { identifier, join, literal, raw, type Sql, sql } from "../model/sql.ts";
import type { LedgerFile } from "../ports/state-store.ts";
import type { ClaimRecord, SettleRecord, Stamp } from "./record.ts";

/*
 * A delivery as far as some ledger files know it: how often it was claimed, its last claim, its
 * last settlement, and the rank of both. Such rows stand in compacted files and are folded from
 * records. Two of one delivery make one again, in any order: attempts are added up, the greater
 * rank wins.
 */

/** The columns of a claim, with the record's key. Everything that a claim says must be here. */
const CLAIM_COLUMNS = {
  campaign: "campaign",
  occurrence: "occurrence",
  user: "user_id",
  psid: "psid",
  variant: "variant",
  revision: "revision",
  counts: "counts",
  run: "run_id",
  commit: "commit",
  at: "claimed_at",
} as const satisfies Record<Exclude<keyof ClaimRecord, Ranked>, string>;

/** The columns of a settlement, with the record's key. Everything that it says must be here. */
const SETTLE_COLUMNS = {
  status: "status",
  message_id: "message_id",
  error_class: "error_class",
  error_code: "error_code",
  error_subcode: "error_subcode",
  words: "words",
  by: "told_by",
  at: "settled_at",
} as const satisfies Record<Exclude<keyof SettleRecord, Ranked>, string>;

type Ranked = "kind" | "delivery" | Exclude<keyof Stamp, "at">;

const RECORD_TYPES = {
  kind: "VARCHAR",
  delivery: "VARCHAR",
  campaign: "VARCHAR",
  occurrence: "VARCHAR",
  user: "VARCHAR",
  psid: "VARCHAR",
  variant: "VARCHAR",
  revision: "VARCHAR",
  counts: "BOOLEAN",
  run: "VARCHAR",
  commit: "VARCHAR",
  status: "VARCHAR",
  message_id: "VARCHAR",
  error_class: "VARCHAR",
  error_code: "BIGINT",
  error_subcode: "BIGINT",
  words: "VARCHAR",
  by: "VARCHAR",
  at: "TIMESTAMP",
  fence: "BIGINT",
  seq: "BIGINT",
} as const satisfies Record<keyof ClaimRecord | keyof SettleRecord, string>;

/** The order of records, whatever clocks say: later runs have the greater fencing number. */
const RANK = raw("(fence * 10000000000 + seq)");

/** The columns of such a row; `delivery` is the id's 32 bytes. */
export const DELIVERY_COLUMNS: Sql = join(
  ["delivery", "attempts", "claim_rank", "settle_rank"]
    .concat(Object.values(CLAIM_COLUMNS), Object.values(SETTLE_COLUMNS))
    .map(identifier),
  ", ",
);

/** Deliveries whose id, in hex digits, is at least `from` and below `to`; undefined: no bound. */
export interface IdRange {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** One row a delivery, from all that `files` say; at least one file. */
export function deliveriesSql(files: readonly LedgerFile[], range?: IdRange): Sql {
  const records = files.filter(({ format }) => format === "ndjson");
  const compacted = files.filter(({ format }) => format === "parquet");
  if (compacted.length === 0) return foldedSql(records, range);
  const older = sql`(SELECT * FROM (${compactedSql(compacted)})
    WHERE ${isWithin(range, (id) => sql`unhex(${literal(id)})`)})`;
  const newer = records.length === 0 ? NOTHING : foldedSql(records, range);
  // Nearly all rows are the only ones of their delivery; the few others are made one by merging.
  return sql`WITH newer AS MATERIALIZED (${newer}),
    twice AS MATERIALIZED (SELECT DISTINCT delivery FROM ${older}
      WHERE again OR delivery IN (SELECT delivery FROM newer)),
    one AS NOT MATERIALIZED (SELECT ${DELIVERY_COLUMNS} FROM ${older}
      UNION ALL SELECT ${DELIVERY_COLUMNS} FROM newer)
    SELECT ${DELIVERY_COLUMNS} FROM one ANTI JOIN twice USING (delivery)
    UNION ALL ${mergedSql(raw("one SEMI JOIN twice USING (delivery)"))}`;
}

/** No rows, with every column. */
const NOTHING: Sql = sql`SELECT ${join(
  [
    raw("NULL::BLOB AS delivery, NULL::BIGINT AS attempts, NULL::BOOLEAN AS again"),
    raw("NULL::BIGINT AS claim_rank, NULL::BIGINT AS settle_rank"),
    ...[...Object.entries(CLAIM_COLUMNS), ...Object.entries(SETTLE_COLUMNS)].map(
      ([key, column]) => sql`NULL::${raw(typeOf(key))} AS ${identifier(column)}`,
    ),
  ],
  ", ",
)} WHERE false`;

function typeOf(key: string): string {
  return (RECORD_TYPES as Readonly<Record<string, string>>)[key] ?? "VARCHAR";
}

/** What an earlier Posthorn had no column for is NULL in its files. */
function compactedSql(files: readonly LedgerFile[]): Sql {
  return sql`${NOTHING} UNION ALL BY NAME
    SELECT * FROM read_parquet([${pathsSql(files)}], union_by_name = true)`;
}

/** Rows of deliveries, of which several may be of one, made into one a delivery. */
function mergedSql(from: Sql): Sql {
  const latest = (columns: readonly string[], rank: Sql, name: Sql) => {
    const fields = columns.map((column) => sql`${identifier(column)} := ${identifier(column)}`);
    return sql`arg_max(struct_pack(${join(fields, ", ")}), ${rank}) AS ${name}`;
  };
  return sql`SELECT delivery, attempts, claim_rank, settle_rank, unnest(claim), unnest(settlement)
    FROM (SELECT delivery, sum(attempts)::BIGINT AS attempts,
      max(claim_rank) AS claim_rank, max(settle_rank) AS settle_rank,
      ${latest(Object.values(CLAIM_COLUMNS), raw("claim_rank"), raw("claim"))},
      ${latest(Object.values(SETTLE_COLUMNS), raw("settle_rank"), raw("settlement"))}
    FROM ${from} GROUP BY delivery)`;
}

/**
 * Records made into one row a delivery. The ranks are found first and the records of those ranks
 * after that, so that no record has to be kept while all are read.
 */
function foldedSql(files: readonly LedgerFile[], range: IdRange | undefined): Sql {
  const records = recordsSql(files, range);
  const lastOf = (kind: string) => sql`max(CASE WHEN kind = ${literal(kind)} THEN rank END)`;
  const all = (kind: string, rank: Sql, columns: Readonly<Record<string, string>>) => {
    const named = Object.entries(columns).map(
      ([key, column]) => sql`${identifier(key)} AS ${identifier(column)}`,
    );
    return sql`(SELECT delivery, rank AS ${rank}, ${join(named, ", ")} FROM (${records})
      WHERE kind = ${literal(kind)})`;
  };
  const [claimRank, settleRank] = [raw("claim_rank"), raw("settle_rank")];
  return sql`SELECT ${DELIVERY_COLUMNS} FROM (
      SELECT delivery, count_if(kind = 'claim') AS attempts, ${lastOf("claim")} AS claim_rank,
        ${lastOf("settle")} AS settle_rank
      FROM (${records}) WHERE kind <> 'header' GROUP BY delivery)
    LEFT JOIN ${all("claim", claimRank, CLAIM_COLUMNS)} USING (delivery, claim_rank)
    LEFT JOIN ${all("settle", settleRank, SETTLE_COLUMNS)} USING (delivery, settle_rank)`;
}

/** Only a torn file may hold a line that is no record; elsewhere one fails the query. */
function recordsSql(files: readonly LedgerFile[], range: IdRange | undefined): Sql {
  const readers = [true, false].flatMap((torn) => {
    const some = files.filter((file) => file.torn === torn);
    if (some.length === 0) return [];
    return [
      sql`SELECT * REPLACE (unhex(delivery) AS delivery), ${RANK} AS rank
        FROM read_json([${pathsSql(some)}], format = 'newline_delimited',
          ignore_errors = ${raw(String(torn))}, columns = {${TYPED_KEYS}})
        WHERE ${isWithin(range, literal)}`,
    ];
  });
  return join(readers, " UNION ALL ");
}

/** Over a row with a `delivery`, which `id` gives the kind of value that it is compared with. */
function isWithin(range: IdRange | undefined, id: (hex: string) => Sql): Sql {
  const bounds = [raw("true")];
  if (range?.from !== undefined) bounds.push(sql`delivery >= ${id(range.from)}`);
  if (range?.to !== undefined) bounds.push(sql`delivery < ${id(range.to)}`);
  return join(bounds, " AND ");
}

const TYPED_KEYS = join(
  Object.entries(RECORD_TYPES).map(([key, type]) => sql`${identifier(key)}: ${literal(type)}`),
  ", ",
);

/** The paths of files, quoted and parted by commas. */
export function pathsSql(files: readonly LedgerFile[]): Sql {
  return join(
    files.map(({ path }) => literal(path)),
    ", ",
  );
}
