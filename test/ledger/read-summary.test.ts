import { describe, expect, test } from "vitest";
import { readListed, readPerson } from "../../src/ledger/read-deliveries.ts";
import { readSummary } from "../../src/ledger/read-summary.ts";
import { sql } from "../../src/model/sql.ts";
import { failed, SENT, useLedger } from "./recorded-ledger.ts";

const HOUR = 3_600_000;
const NAMES = new Map([["new-name", "old-name"]].map(([id = "", root = ""]) => [root, id]));

const { engine, ledger, sent: sentAt } = useLedger();
const sent = (hour: number, rows: Parameters<typeof sentAt>[1]) => sentAt(hour * HOUR, rows);

async function summary(over: { campaigns?: string[]; occurrence?: string } = {}) {
  const { campaigns, occurrence } = over;
  return readSummary(engine(), await ledger(), {
    workspace: "acme",
    campaigns,
    occurrence,
    names: NAMES,
  });
}

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

  for (const { made, each, shown, earlier } of [
    { made: 10, each: 2, shown: 10, earlier: 0 },
    { made: 11, each: 2, shown: 11, earlier: 0 },
    { made: 13, each: 2, shown: 10, earlier: 3 },
    // Of an `on:` campaign each is an event of one person; a few of them are enough.
    { made: 3, each: 1, shown: 3, earlier: 0 },
    { made: 4, each: 1, shown: 4, earlier: 0 },
    { made: 5, each: 1, shown: 3, earlier: 2 },
  ]) {
    test(`of ${made} occurrences of ${each} shows ${shown}, ${earlier} as one`, async () => {
      for (let hour = 1; hour <= made; hour++) {
        const occurrence = `o${hour}`;
        await sent(
          hour,
          Array.from({ length: each }, () => [{ occurrence }, SENT] as const),
        );
      }
      const [campaign] = (await summary()).campaigns;
      const names = campaign?.occurrences.map(({ occurrence }) => occurrence);
      const newest = Array.from({ length: shown }, (_, index) => `o${made - index}`);
      expect(names).toEqual(earlier === 0 ? newest : [...newest, null]);
      const last = campaign?.occurrences.at(-1);
      expect(last?.occurrences).toBe(Math.max(1, earlier));
      expect(last?.sent).toBe(each * Math.max(1, earlier));
      expect(campaign?.totals.sent).toBe(each * made);
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
    const rows = await readPerson(engine(), await ledger(), sql`${"ana"}`);
    expect(rows).toMatchObject([
      {
        occurrence: "2",
        status: "sent",
        message_id: "m_1",
        words: null,
        run_id: `run-${2 * HOUR}`,
      },
      { occurrence: "1", status: "failed", error_code: 100, words: "Bad Ana", attempts: 1 },
    ]);
  });
});

describe("deliveries one by one", () => {
  test("are those of some outcomes, the newest first, and their number", async () => {
    const missing: readonly [object, undefined] = [{ userId: "cem", occurrence: "2" }, undefined];
    await sent(1, [[{ userId: "ana", occurrence: "1" }, failed(100, "Bad Ana")]]);
    await sent(2, [[{ userId: "ben", occurrence: "2" }, SENT], missing]);
    await sent(3, [[{ userId: "dora", occurrence: "2", rootId: "x" }, failed(551, "Gone")]]);
    const scope = { statuses: ["failed", "unknown"], campaigns: undefined, most: 2 } as const;
    const listed = async (over: object = {}) =>
      readListed(engine(), await ledger(), { ...scope, occurrence: undefined, ...over });
    expect(await listed()).toMatchObject({
      total: 3,
      deliveries: [
        { user_id: "dora", status: "failed", error_code: 551, words: "Gone" },
        { user_id: "cem", status: "unknown", words: null },
      ],
    });
    expect(await listed({ most: 3 })).toMatchObject({ deliveries: [{}, {}, { user_id: "ana" }] });
    expect(await listed({ campaigns: ["x"] })).toMatchObject({ total: 1 });
    expect(await listed({ occurrence: "2" })).toMatchObject({ total: 2 });
    expect(await listed({ statuses: ["released"] })).toEqual({ total: 0, deliveries: [] });
  });
});
