import { literal, raw, type Sql, sql } from "../model/sql.ts";
import type { Compaction } from "../ports/compactor.ts";
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
function copySql({ inputs, kept }: Compaction, range: IdRange, path: string): Sql {
  const known =
    kept.length === 0
      ? raw("SELECT NULL::BLOB AS delivery WHERE false")
      : sql`SELECT DISTINCT delivery FROM read_parquet([${pathsSql(kept)}])
          SEMI JOIN made USING (delivery)`;
  return sql`COPY (
      WITH made AS MATERIALIZED (${deliveriesSql(inputs, range)}), known AS MATERIALIZED (${known})
      SELECT ${DELIVERY_COLUMNS}, delivery IN (SELECT delivery FROM known) AS again FROM made
    ) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd)`;
}
