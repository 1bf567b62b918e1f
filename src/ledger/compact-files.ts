import { join, literal, raw, type Sql, sql } from "../model/sql.ts";
import type { Compaction, HiddenPeople } from "../ports/compactor.ts";
import type { SqlEngine } from "../ports/sql-engine.ts";
import { DELIVERY_COLUMNS, deliveriesSql, type IdRange, pathsSql } from "./deliveries-sql.ts";
import { idRanges, partsOf } from "./id-ranges.ts";

/** Writes the compacted files of a compaction and gives their number. Throws PortError. */
export async function compactFiles(engine: SqlEngine, compaction: Compaction): Promise<number> {
  const ranges = idRanges(partsOf(compaction.bytes));
  for (const [part, range] of ranges.entries()) {
    await engine.run(copySql(compaction, range, compaction.path(part)));
  }
  return ranges.length;
}

/** `again` marks deliveries that a kept file speaks of too. */
function copySql({ inputs, kept, hidden }: Compaction, range: IdRange, path: string): Sql {
  const known =
    kept.length === 0
      ? raw("SELECT NULL::BLOB AS delivery WHERE false")
      : sql`SELECT DISTINCT delivery FROM read_parquet([${pathsSql(kept)}])
          SEMI JOIN made USING (delivery)`;
  return sql`COPY (
      WITH made AS MATERIALIZED (${hiddenSql(deliveriesSql(inputs, range), hidden)}),
        known AS MATERIALIZED (${known})
      SELECT ${DELIVERY_COLUMNS}, delivery IN (SELECT delivery FROM known) AS again FROM made
    ) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd)`;
}

/** Deliveries with hashes in the place of people who are to be hidden. */
function hiddenSql(deliveries: Sql, hidden: HiddenPeople | undefined): Sql {
  if (hidden === undefined) return deliveries;
  return sql`SELECT * REPLACE (${swapped("user_id", hidden.users)},
    ${swapped("psid", hidden.psids)}) FROM (${deliveries})`;
}

function swapped(column: string, by: ReadonlyMap<string, string>): Sql {
  const name = raw(column);
  if (by.size === 0) return sql`${name} AS ${name}`;
  const cases = [...by].map(([value, hash]) => sql`WHEN ${literal(value)} THEN ${literal(hash)}`);
  return sql`CASE ${name} ${join(cases, " ")} ELSE ${name} END AS ${name}`;
}
