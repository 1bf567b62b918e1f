import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openDuckdb } from "../../src/adapters/duckdb/duckdb-engine.ts";
import { ledgerRelationSql } from "../../src/ledger/fold-sql.ts";
import { sql } from "../../src/model/sql.ts";
import type { SqlEngine } from "../../src/ports/sql-engine.ts";
import type { StateStore, StateWriter } from "../../src/ports/state-store.ts";
import { delivery, opening, SETTLEMENTS, stateIn } from "../adapters/file-state/fixture.ts";
import { FakeMachine, WallClock } from "../adapters/file-state/machines.ts";
import { temporaryFolder } from "../cli/posthorn.ts";
import { type DiskCall, filesAfter, layOut, type PowerCut } from "./model-disk.ts";

const disk = vi.hoisted(() => ({ calls: [] as DiskCall[] }));

vi.mock("node:fs", async (original) => {
  const { recordingFs } = await import("./recorded-disk.ts");
  return recordingFs(await original<typeof import("node:fs")>(), disk.calls);
});

/** What is known of a delivery at some call: that it may have been sent, and how it may read. */
interface Truth {
  readonly since: number;
  readonly id: string;
  readonly may: readonly string[];
}

/** What one run does: claims, a share of which are settled, in batches. */
interface RunPlan {
  readonly batches: readonly (readonly { readonly how: number; readonly settled: boolean }[])[];
  readonly ends: boolean;
}

const RUN = fc.record({
  batches: fc.array(
    fc.array(fc.record({ how: fc.nat(3), settled: fc.boolean() }), { minLength: 1, maxLength: 3 }),
    { maxLength: 3 },
  ),
  ends: fc.boolean(),
});
const CUT = fc.record({
  names: fc.constantFrom(0, 0.5, 1),
  bytes: fc.constantFrom(0, 0.3, 0.9, 1),
  zeros: fc.boolean(),
});

let engine: SqlEngine;
beforeAll(async () => {
  engine = await openDuckdb();
});
afterAll(() => engine.close());

async function statusesIn(store: StateStore): Promise<Map<string, string>> {
  const { ledger, liveRun } = await store.read();
  const relation = ledgerRelationSql(ledger, liveRun);
  const rows = await engine.rows(sql`SELECT delivery_id, status FROM (${relation})`);
  return new Map(rows.map((row) => [String(row["delivery_id"]), String(row["status"])]));
}

/** Plays runs one after the other and notes what is true from which call on. */
async function play(folder: string, runs: readonly RunPlan[]): Promise<Truth[]> {
  const truths: Truth[] = [];
  const wall = new WallClock();
  const dead = new Set<number>();
  let next = 1;
  for (const [index, { batches, ends }] of runs.entries()) {
    const machine = new FakeMachine("here", index + 1, { wall, dead });
    const writer = await stateIn(folder, { machine }).open(opening(`run-${index}`));
    for (const batch of batches) {
      const claimed = batch.map((one) => ({ ...one, delivery: delivery(next++) }));
      await writer.claim(
        claimed.map((one) => one.delivery),
        1_000,
      );
      for (const one of claimed) truths.push(...settleOne(writer, one));
    }
    await writer.flush();
    await writer.remember({ hello: { triedAt: index, lastEligible: null, firstSeenAt: null } });
    if (ends) await writer.close();
    dead.add(index + 1);
  }
  return truths;
}

/** From its claim on it may be sent; what came of it is known only once that is written. */
function settleOne(
  writer: StateWriter,
  one: { delivery: ReturnType<typeof delivery>; how: number; settled: boolean },
): Truth[] {
  const { id } = one.delivery;
  const since = disk.calls.length;
  const settlement = SETTLEMENTS[one.how];
  if (!one.settled || settlement === undefined) return [{ since, id, may: ["unknown"] }];
  writer.settle(one.delivery, settlement, 2_000);
  return [{ since, id, may: ["unknown", settlement.status] }];
}

async function expectKept(
  folder: string,
  of: { readonly cut: PowerCut; readonly truths: readonly Truth[] },
): Promise<void> {
  const { cut, truths } = of;
  const after = join(temporaryFolder(), "state");
  layOut(filesAfter(disk.calls.slice(), cut), folder, after);
  const machine = new FakeMachine("here", 99, { wall: new WallClock(), dead: allDead });
  const store = stateIn(after, { machine });
  const statuses = await statusesIn(store);
  for (const { id, since, may } of truths) {
    if (since <= cut.calls) expect(may).toContain(statuses.get(id));
  }
  // Whoever comes next can go on, under a number that no record has.
  const writer = await store.open(opening("next"));
  const late = delivery(1_000_000);
  await writer.claim([late], 3_000);
  writer.settle(late, { status: "sent", messageId: "m" }, 4_000);
  await writer.close();
  const before = [...statuses].filter(([id]) => id !== late.id);
  expect(await statusesIn(store)).toEqual(new Map([...before, [late.id, "sent"]]));
}

const allDead = new Set(Array.from({ length: 98 }, (_, pid) => pid));

test("the power may go at any moment: what was sent never looks unsent", async () => {
  let cuts = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(RUN, { minLength: 1, maxLength: 3 }), CUT, async (runs, how) => {
      disk.calls.length = 0;
      const folder = join(temporaryFolder(), "state");
      const truths = await play(folder, runs);
      const recorded = disk.calls.slice();
      for (let calls = 0; calls <= recorded.length; calls++) {
        disk.calls.splice(0, disk.calls.length, ...recorded);
        await expectKept(folder, { cut: { calls, ...how }, truths });
        cuts++;
      }
    }),
    // Shrinking would play every cut again and again.
    { numRuns: 6, endOnFailure: true },
  );
  expect(cuts).toBeGreaterThan(100);
}, 120_000);
