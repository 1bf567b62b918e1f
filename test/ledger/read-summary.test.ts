import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openDuckdb } from "../../src/adapters/duckdb/duckdb-engine.ts";
import { ledgerRelationSql } from "../../src/ledger/fold-sql.ts";
import { readPerson, readSummary } from "../../src/ledger/read-summary.ts";
import type { Delivery } from "../../src/model/delivery.ts";
import { sql } from "../../src/model/sql.ts";
import type { SqlEngine } from "../../src/ports/sql-engine.ts";
import type { Settlement, StateStore } from "../../src/ports/state-store.ts";
import { delivery, opening, stateIn } from "../adapters/file-state/fixture.ts";
import { temporaryFolder } from "../cli/posthorn.ts";

const HOUR = 3_600_000;
const NAMES = new Map([["new-name", "old-name"]].map(([id = "", root = ""]) => [root, id]));

let engine: SqlEngine;
let store: StateStore;
let next: number;
beforeAll(async () => {
  engine = await openDuckdb();
});
afterAll(() => engine.close());
beforeEach(() => {
  store = stateIn(temporaryFolder());
  next = 1;
});

function to(of: Partial<Delivery>): Delivery {
  return { ...delivery(next++), ...of };
}

function failed(code: number | null, message: string): Settlement {
  const error = { code, subcode: null, message };
  return { status: "failed", errorClass: "rejected", stops: "person", error };
}

/** One run: claims at an hour, each with what came of it; undefined: nothing was recorded. */
async function sent(hour: number, rows: [Partial<Delivery>, Settlement | undefined][]) {
  const writer = await store.open(opening(`run-${hour}`));
  for (const [of, settlement] of rows) {
    const one = to(of);
    await writer.claim([one], hour * HOUR);
    if (settlement) writer.settle(one, settlement, hour * HOUR + 1);
  }
  await writer.close();
}

async function ledger() {
  const snapshot = await store.read();
  return ledgerRelationSql(snapshot.ledger, snapshot.liveRun);
}

async function summary(over: { campaigns?: string[]; occurrence?: string } = {}) {
  const { campaigns, occurrence } = over;
  return readSummary(engine, await ledger(), {
    workspace: "acme",
    campaigns,
    occurrence,
    names: NAMES,
  });
}

const SENT: Settlement = { status: "sent", messageId: "m_1" };

describe("the summary of a ledger", () => {
  test("of an empty one has nothing in it", async () => {
    expect(await summary()).toMatchObject({ campaigns: [], totals: { sent: 0, unknown: 0 } });
  });

  test("counts each delivery once, by campaign, occurrence and how it stands now", async () => {
    await sent(1, [
      [{ rootId: "old-name", occurrence: "a" }, SENT],
      [{ rootId: "old-name", occurrence: "a" }, failed(100, "Bad Ana")],
      [{ rootId: "old-name", occurrence: "a" }, failed(100, "Bad Ben")],
      [{ rootId: "old-name", occurrence: "a" }, failed(null, "No code")],
      [{ rootId: "old-name", occurrence: "b" }, undefined],
      [
        { rootId: "gone", occurrence: "once" },
        { status: "released", error: { code: 4, message: "later" } },
      ],
    ]);
    const { campaigns, totals } = await summary();
    expect(totals).toEqual({ sent: 1, failed: 3, unknown: 1, claimed: 0, released: 1 });
    expect(campaigns.map(({ id, campaign }) => [campaign, id])).toEqual([
      ["gone", null],
      ["old-name", "new-name"],
    ]);
    const [, renamed] = campaigns;
    expect(renamed?.occurrences).toMatchObject([
      { occurrence: "b", sent: 0, failed: 0, unknown: 1 },
      {
        occurrence: "a",
        sent: 1,
        failed: 3,
        unknown: 0,
        last_claimed_at: "1970-01-01T01:00:00.000Z",
      },
    ]);
    // One code is one kind, whatever the words, which may name a person each time.
    expect(
      renamed?.outcomes.map((one) => [one.status, one.error_code, one.words, one.deliveries]),
    ).toEqual([
      ["failed", 100, "Bad Ana", 2],
      ["failed", null, "No code", 1],
      ["unknown", null, null, 1],
    ]);
  });

  for (const { made, shown, earlier } of [
    { made: 10, shown: 10, earlier: 0 },
    { made: 11, shown: 11, earlier: 0 },
    { made: 13, shown: 10, earlier: 3 },
  ]) {
    test(`of ${made} occurrences shows ${shown}, and ${earlier} earlier ones as one`, async () => {
      for (let hour = 1; hour <= made; hour++)
        await sent(hour, [[{ occurrence: `o${hour}` }, SENT]]);
      const [campaign] = (await summary()).campaigns;
      const names = campaign?.occurrences.map(({ occurrence }) => occurrence);
      const newest = Array.from({ length: shown }, (_, index) => `o${made - index}`);
      expect(names).toEqual(earlier === 0 ? newest : [...newest, null]);
      const last = campaign?.occurrences.at(-1);
      expect(last?.occurrences).toBe(Math.max(1, earlier));
      expect(last?.sent).toBe(Math.max(1, earlier));
      expect(campaign?.totals.sent).toBe(made);
    });
  }

  test("can be of some campaigns, or of one occurrence", async () => {
    await sent(1, [
      [{ rootId: "x", occurrence: "1" }, SENT],
      [{ rootId: "x", occurrence: "2" }, SENT],
      [{ rootId: "y", occurrence: "1" }, SENT],
    ]);
    expect((await summary({ campaigns: ["x"] })).totals.sent).toBe(2);
    expect((await summary({ occurrence: "1" })).totals.sent).toBe(2);
    expect((await summary({ campaigns: ["x"], occurrence: "1" })).totals.sent).toBe(1);
    expect((await summary({ campaigns: [] })).campaigns).toEqual([]);
  });

  test("of one person has every delivery, the newest first, with the words", async () => {
    await sent(1, [[{ userId: "ana", occurrence: "1" }, failed(100, "Bad Ana")]]);
    await sent(2, [
      [{ userId: "ana", occurrence: "2" }, SENT],
      [{ userId: "ben", occurrence: "2" }, SENT],
    ]);
    const rows = await readPerson(engine, await ledger(), sql`${"ana"}`);
    expect(rows).toMatchObject([
      { occurrence: "2", status: "sent", message_id: "m_1", words: null, run_id: "run-2" },
      { occurrence: "1", status: "failed", error_code: 100, words: "Bad Ana", attempts: 1 },
    ]);
  });
});
