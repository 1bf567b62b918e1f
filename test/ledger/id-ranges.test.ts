import { describe, expect, test } from "vitest";
import { openDuckdb } from "../../src/adapters/duckdb/duckdb-engine.ts";
import { ledgerRelationSql } from "../../src/ledger/fold-sql.ts";
import { idRanges, partsOf, rangesOf } from "../../src/ledger/id-ranges.ts";
import { sql } from "../../src/model/sql.ts";
import { delivery, opening, stateIn } from "../adapters/file-state/fixture.ts";
import { temporaryFolder } from "../cli/posthorn.ts";

const MIB = 1024 * 1024;

describe("ranges of delivery ids", () => {
  for (const [records, compacted, parts] of [
    [0, 0, 1],
    [96 * MIB, 0, 1],
    [96 * MIB + 1, 0, 2],
    [0, 8 * MIB, 1],
    [0, 8 * MIB + 1, 2],
    [96 * MIB, 8 * MIB, 2],
    [1e15, 0, 256],
  ] as const) {
    test(`${records} bytes of records and ${compacted} compacted are ${parts} parts`, () => {
      expect(partsOf(records, compacted)).toBe(parts);
    });
  }

  test("follow on one another, open at both ends", () => {
    for (let parts = 1; parts <= 256; parts++) {
      const ranges = idRanges(parts);
      expect(ranges).toHaveLength(parts);
      expect(ranges[0]?.from).toBeUndefined();
      expect(ranges.at(-1)?.to).toBeUndefined();
      for (const [index, { to }] of ranges.slice(0, -1).entries()) {
        expect(to).toMatch(/^[0-9a-f]{2}$/);
        expect(ranges[index + 1]?.from).toBe(to);
      }
    }
  });

  test("give every delivery of a ledger once, in order", async () => {
    const store = stateIn(temporaryFolder());
    const writer = await store.open(opening("run-1"));
    const ids = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, "0").repeat(32));
    await writer.claim(
      ids.map((id, n) => ({ ...delivery(n), id })),
      1_000,
    );
    await writer.close();
    const { ledger } = await store.read();
    const engine = await openDuckdb();
    try {
      expect(await rangesOf(engine, ledger)).toEqual(idRanges(1));
      const found: unknown[] = [];
      for (const range of idRanges(7)) {
        const part = ledgerRelationSql(ledger, null, range);
        const rows = await engine.rows(sql`SELECT delivery_id FROM (${part}) ORDER BY ALL`);
        expect(rows.length).toBeGreaterThan(30);
        found.push(...rows.map((row) => row["delivery_id"]));
      }
      expect(found).toEqual(ids);
    } finally {
      engine.close();
    }
  });
});
