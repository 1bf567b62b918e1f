import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readStats } from "../../src/ledger/read-stats.ts";
import { instantToDate } from "../../src/model/zone-time.ts";
import type { Settlement } from "../../src/ports/state-store.ts";
import { failed, SENT, useLedger } from "./recorded-ledger.ts";

const { engine, ledger, sent } = useLedger();
const RELEASED: Settlement = { status: "released", error: { code: 4, message: "later" } };

interface Asked {
  readonly timezone?: string;
  readonly from?: string;
  readonly until?: string;
  readonly campaigns?: readonly string[];
}

async function stats(asked: Asked = {}) {
  const { timezone = "Europe/Berlin", from = "2026-11-30", until = "2026-12-03" } = asked;
  const { campaigns } = asked;
  const names = new Map([["old", "new"]]);
  const scope = { workspace: "acme", timezone, from, until, campaigns, names };
  return readStats(engine(), await ledger(), scope);
}

const at = (instant: string) => Date.parse(instant);

describe("the stats of a ledger", () => {
  test("of an empty one have every day, with nothing in it", async () => {
    const empty = await stats();
    expect(empty).toMatchObject({ from: "2026-11-30", to: "2026-12-02", newest: null });
    expect(empty.days.map(({ date, sent }) => [date, sent])).toEqual([
      ["2026-11-30", 0],
      ["2026-12-01", 0],
      ["2026-12-02", 0],
    ]);
    expect(empty.campaigns).toEqual([]);
    expect(empty.outcomes).toEqual([]);
  });

  test("count a delivery on the day of the workspace's zone on which it was claimed", async () => {
    await sent(at("2026-11-29T22:59:59.999Z"), [[{ userId: "before" }, SENT]]);
    await sent(at("2026-11-29T23:00:00.000Z"), [[{}, SENT]]);
    await sent(at("2026-11-30T22:59:59.999Z"), [[{}, failed(551, "Gone")]]);
    await sent(at("2026-11-30T23:00:00.000Z"), [[{}, SENT]]);
    await sent(at("2026-12-02T22:59:59.999Z"), [[{}, undefined]]);
    await sent(at("2026-12-02T23:00:00.000Z"), [[{ userId: "after" }, SENT]]);
    const { days, totals, newest } = await stats();
    expect(days).toEqual([
      { date: "2026-11-30", sent: 1, failed: 1, unknown: 0, claimed: 0, released: 0 },
      { date: "2026-12-01", sent: 1, failed: 0, unknown: 0, claimed: 0, released: 0 },
      { date: "2026-12-02", sent: 0, failed: 0, unknown: 1, claimed: 0, released: 0 },
    ]);
    expect(totals).toEqual({ sent: 2, failed: 1, unknown: 1, claimed: 0, released: 0 });
    expect(newest).toBe("2026-12-02");
  });

  test("know the newest day where the asked ones are empty", async () => {
    await sent(at("2026-10-10T23:30:00Z"), [[{ rootId: "old" }, SENT]]);
    expect((await stats()).newest).toBe("2026-10-11");
    expect((await stats({ campaigns: ["other"] })).newest).toBeNull();
  });

  test("tell campaigns by today's names and outcomes by how often, of some campaigns", async () => {
    await sent(at("2026-12-01T09:00:00Z"), [
      [{ rootId: "old" }, SENT],
      [{ rootId: "old" }, failed(100, "Bad Ana")],
      [{ rootId: "old" }, failed(100, "Bad Ben")],
      [{ rootId: "gone" }, failed(null, "No code")],
      [{ rootId: "gone" }, RELEASED],
    ]);
    const all = await stats();
    expect(all.campaigns).toMatchObject([
      { campaign: "old", id: "new", totals: { sent: 1, failed: 2 } },
      { campaign: "gone", id: null, totals: { sent: 0, failed: 1, released: 1 } },
    ]);
    expect(all.outcomes.map((one) => [one.status, one.error_code, one.deliveries])).toEqual([
      ["failed", 100, 2],
      ["failed", null, 1],
      ["released", 4, 1],
    ]);
    const some = await stats({ campaigns: ["gone"] });
    expect(some.totals).toMatchObject({ sent: 0, failed: 1, released: 1 });
    expect(some.outcomes).toHaveLength(2);
  });

  test("agree with the calendar of every zone, on days of 23 and of 25 hours too", async () => {
    const first = at("2026-10-20T00:00:00Z");
    const minute = fc.integer({ min: 0, max: 14 * 24 * 60 });
    const instants = [...new Set(fc.sample(minute, { numRuns: 60, seed: 7 }))];
    for (const minutes of instants) await sent(first + minutes * 60_000, [[{}, SENT]]);
    const zones = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia"];
    for (const timezone of [...zones, "Australia/Lord_Howe", "America/St_Johns"]) {
      const { days } = await stats({ timezone, from: "2026-10-19", until: "2026-11-05" });
      const expected = instants.map((minutes) => instantToDate(first + minutes * 60_000, timezone));
      expect(days.reduce((sum, one) => sum + one.sent, 0)).toBe(instants.length);
      for (const { date, sent } of days) {
        expect(sent).toBe(expected.filter((one) => one === date).length);
      }
    }
  });
});
