import { sql } from "../model/sql.ts";
import type { SqlEngine } from "../ports/sql-engine.ts";
import type { LedgerFile } from "../ports/state-store.ts";
import { type IdRange, pathsSql } from "./deliveries-sql.ts";

/** Folding takes about as much memory as the records take on disk. */
const RECORD_BYTES_PER_PART = 96 * 1024 * 1024;
/** Compacted, as many deliveries take a twelfth. */
const COMPACTED_BYTES_PER_PART = RECORD_BYTES_PER_PART / 12;
const MAX_PARTS = 256;

/** How many parts records of so many bytes are folded in, to keep memory flat. */
export function partsOf(recordBytes: number, compactedBytes = 0): number {
  const parts = recordBytes / RECORD_BYTES_PER_PART + compactedBytes / COMPACTED_BYTES_PER_PART;
  return Math.min(MAX_PARTS, Math.max(1, Math.ceil(parts)));
}

/** Ids are evenly spread, so their first two digits part them evenly; ascending. */
export function idRanges(parts: number): IdRange[] {
  const boundary = (part: number) =>
    part === 0 || part === parts
      ? undefined
      : Math.floor((part / parts) * 256)
          .toString(16)
          .padStart(2, "0");
  return Array.from({ length: parts }, (_, part) => ({
    from: boundary(part),
    to: boundary(part + 1),
  }));
}

/** The ranges of ids in which a ledger can be read with flat memory. */
export async function rangesOf(
  engine: SqlEngine,
  files: readonly LedgerFile[],
): Promise<IdRange[]> {
  const bytesOf = async (format: LedgerFile["format"]) => {
    const some = files.filter((file) => file.format === format);
    if (some.length === 0) return 0;
    // Their contents are read only where they are asked for.
    const [row] = await engine.rows(
      sql`SELECT sum(size)::DOUBLE AS bytes FROM read_blob([${pathsSql(some)}])`,
    );
    return Number(row?.["bytes"] ?? 0);
  };
  return idRanges(partsOf(await bytesOf("ndjson"), await bytesOf("parquet")));
}
