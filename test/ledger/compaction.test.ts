import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDuckdb } from "../../src/adapters/duckdb/duckdb-engine.ts";
import { compactFiles } from "../../src/ledger/compact-files.ts";
import { ledgerRelationSql } from "../../src/ledger/fold-sql.ts";
import { raw, sql } from "../../src/model/sql.ts";
import type { SqlEngine } from "../../src/ports/sql-engine.ts";
import type { LedgerFile } from "../../src/ports/state-store.ts";
import { temporaryFolder } from "../cli/posthorn.ts";
import { foldPlainly, histories, type Run, writeSegments } from "./histories.ts";

let engine: SqlEngine;
beforeAll(async () => {
  engine = await openDuckdb();
});
afterAll(() => engine.close());

const LARGE = 3 * 96 * 1024 * 1024;
const PARTS = 3;

async function foldOf(files: readonly LedgerFile[], liveRun: string | null) {
  const rows = await engine.rows(sql`SELECT * REPLACE (epoch_ms(claimed_at) AS claimed_at,
    epoch_ms(settled_at) AS settled_at) FROM (${ledgerRelationSql(files, liveRun)})`);
  expect(new Set(rows.map((row) => row["delivery_id"])).size).toBe(rows.length);
  return new Map(rows.map((row) => [String(row["delivery_id"]), row]));
}

/** Folds some files into compacted ones beside those that stay. */
async function compact(of: {
  readonly folder: string;
  readonly inputs: readonly LedgerFile[];
  readonly kept: readonly LedgerFile[];
  readonly name: number;
  readonly bytes: number;
}): Promise<LedgerFile[]> {
  const path = (part: number) => join(of.folder, `compacted-${of.name}-${part}.parquet`);
  const kept = of.kept.filter(({ format }) => format === "parquet");
  const parts = await compactFiles(engine, { inputs: of.inputs, kept, bytes: of.bytes, path });
  return Array.from({ length: parts }, (_, part) => ({
    path: path(part),
    format: "parquet",
    torn: false,
  }));
}

/** Compacts again and again, each time the oldest segments and some of the compacted files. */
async function compactInSteps(
  folder: string,
  segments: readonly LedgerFile[],
  steps: readonly { readonly take: number; readonly again: boolean; readonly large: boolean }[],
): Promise<LedgerFile[]> {
  let [records, compacted] = [[...segments], [] as LedgerFile[]];
  for (const [name, { take, again, large }] of steps.entries()) {
    const old = records.slice(0, take);
    const kept = again ? compacted.slice(1) : compacted;
    const inputs = [...old, ...compacted.filter((file) => !kept.includes(file))];
    if (inputs.length === 0) continue;
    const bytes = large ? LARGE : 1;
    compacted = [...kept, ...(await compact({ folder, inputs, kept, name, bytes }))];
    records = records.filter((file) => !old.includes(file));
  }
  return [...compacted, ...records];
}

const plans = fc.array(fc.record({ take: fc.nat(3), again: fc.boolean(), large: fc.boolean() }), {
  minLength: 1,
  maxLength: 4,
});

describe("the ledger", () => {
  test("says the same of every delivery as its records do, one after the other", async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.nat(7), async (runs, live) => {
        const files = writeSegments(temporaryFolder(), runs);
        expect(await foldOf(files, `run-${live}`)).toEqual(foldPlainly(runs, `run-${live}`));
      }),
      { numRuns: 60 },
    );
  });

  test("says the same whatever of it was compacted, how often and in which parts", async () => {
    await fc.assert(
      fc.asyncProperty(histories, plans, fc.nat(7), async (runs, steps, live) => {
        const folder = temporaryFolder();
        const files = await compactInSteps(folder, writeSegments(folder, runs), steps);
        expect(await foldOf(files, `run-${live}`)).toEqual(foldPlainly(runs, `run-${live}`));
      }),
      { numRuns: 60 },
    );
  });

  test("keeps Meta's words and an outcome whose claim stands in a file of its own", async () => {
    const settle = { delivery: 1, kind: "settle", outcome: 2, at: 5 } as const;
    const claim = { ...settle, kind: "claim", at: 1 } as const;
    const runs: Run[] = [
      { steps: [claim], torn: false },
      { steps: [settle], torn: false },
    ];
    const folder = temporaryFolder();
    const [first, second] = writeSegments(folder, runs) as [LedgerFile, LedgerFile];
    const orphan = await compact({ folder, inputs: [second], kept: [], name: 1, bytes: 1 });
    expect(await foldOf(orphan, null)).toEqual(new Map());
    const whole = await compact({ folder, inputs: [first], kept: orphan, name: 2, bytes: 1 });
    expect(await foldOf([...orphan, ...whole], null)).toEqual(foldPlainly(runs, null));
    const [row] = await engine.rows(raw(`SELECT words FROM '${orphan[0]?.path}'`));
    expect(row).toEqual({ words: 'No "permission"' });
  });

  test("takes files of an earlier version, which lack a column", async () => {
    const step = { delivery: 1, outcome: 0, at: 5 };
    const runs: Run[] = [
      {
        steps: [
          { ...step, kind: "claim" },
          { ...step, kind: "settle" },
        ],
        torn: false,
      },
      { steps: [{ ...step, kind: "claim", delivery: 2 }], torn: false },
    ];
    const folder = temporaryFolder();
    const [first, second] = writeSegments(folder, runs) as [LedgerFile, LedgerFile];
    const [whole] = await compact({ folder, inputs: [first], kept: [], name: 1, bytes: 1 });
    const path = join(folder, "earlier.parquet");
    await engine.run(
      raw(`COPY (SELECT * EXCLUDE (words, commit) FROM '${whole?.path}')
      TO '${path}' (FORMAT parquet)`),
    );
    const earlier = { path, format: "parquet", torn: false } as const;
    expect(await foldOf([earlier, second], null)).toEqual(foldPlainly(runs, null));
    const later = await compact({ folder, inputs: [second], kept: [], name: 2, bytes: 1 });
    expect(await foldOf([earlier, ...later], null)).toEqual(foldPlainly(runs, null));
  });

  test("writes large compactions in parts that share no delivery", async () => {
    const steps = [0, 1, 2, 3, 4].map((delivery) => {
      return { delivery, kind: "claim", outcome: 0, at: delivery } as const;
    });
    const folder = temporaryFolder();
    const inputs = writeSegments(folder, [{ steps, torn: false }]);
    const parts = await compact({ folder, inputs, kept: [], name: 1, bytes: LARGE });
    expect(parts).toHaveLength(PARTS);
    const sizes = [];
    for (const part of parts) sizes.push((await foldOf([part], null)).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(5);
    expect(Math.max(...sizes)).toBeLessThan(5);
  });
});
