import { literal, raw, type Sql, sql } from "../model/sql.ts";
import type { Compaction } from "../ports/compactor.ts";
import type { SqlEngine } from "../ports/sql-engine.ts";
import { DELIVERY_COLUMNS, deliveriesSql, type IdRange, pathsSql } from "./deliveries-sql.ts";

/** Folding takes about as much memory as the records take on disk. */
const BYTES_PER_PART = 96 * 1024 * 1024;
const MAX_PARTS = 256;

/** Writes the compacted files of a compaction and gives their number. Throws PortError. */
export async function compactFiles(engine: SqlEngine, compaction: Compaction): Promise<number> {
  const parts = Math.min(MAX_PARTS, Math.ceil(compaction.bytes / BYTES_PER_PART) || 1);
  for (let part = 0; part < parts; part++) {
    const range = { from: boundary(part, parts), to: boundary(part + 1, parts) };
    await engine.run(copySql(compaction, range, compaction.path(part)));
  }
  return parts;
}

/** Ids are evenly spread, so their first two digits part them evenly. */
function boundary(part: number, parts: number): string | undefined {
  if (part === 0 || part === parts) return undefined;
  return Math.floor((part / parts) * 256)
    .toString(16)
    .padStart(2, "0");
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
