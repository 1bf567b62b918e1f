import { describe, expect, test } from "vitest";
import type { Campaign, Send } from "../../src/model/campaign.ts";
import { type Change, HOUR, OpenWorld, person, verdicts, type World } from "./judged-world.ts";

/** At 10:00 of their own clock, until three hours later. */
const TEN_EVERYWHERE: Send = {
  kind: "at",
  at: { wall: "2026-12-01T10:00" },
  zone: { kind: "user" },
  lateByMs: 3 * HOUR,
};
const MONDAYS: Send = {
  kind: "every",
  cron: "0 10 * * MON",
  zone: { kind: "user" },
  from: undefined,
  until: undefined,
  lateByMs: 6 * HOUR,
};
const QUIET = { fromMinute: 21 * 60, toMinute: 8 * 60 };
const ZONES = {
  tokyo: "Asia/Tokyo",
  kolkata: "Asia/Kolkata",
  berlin: "Europe/Berlin",
  utc: "UTC",
  newYork: "America/New_York",
  unknown: "Mars/Olympus",
  none: undefined,
};

async function byZone(send: Send, of: Omit<World, "people"> & { campaign?: Partial<Campaign> }) {
  const people = Object.entries(ZONES).map(([user_id, timezone], n) =>
    person(n, { user_id, timezone, last_inbound_at: of.now }),
  );
  return verdicts({ ...of, people }, { send, ...of.campaign });
}

const withQuiet: Change = ({ guards }) => ({ guards: { ...guards, quietHours: QUIET } });

describe("late and not_due", () => {
  test("each zone by its own clock; missing and unknown ones by the workspace's", async () => {
    expect(await byZone(TEN_EVERYWHERE, { now: "2026-12-01T10:00:00Z" })).toEqual({
      tokyo: "late",
      kolkata: "late",
      berlin: "eligible",
      utc: "eligible",
      newYork: "not_due",
      unknown: "eligible",
      none: "eligible",
    });
  });

  test.for([
    ["2026-12-01T08:59:59.999Z", "not_due", "eligible"],
    ["2026-12-01T09:00:00Z", "eligible", "late"],
  ] as const)("due by the millisecond: %s", async ([now, berlin, kolkata]) => {
    // In Kolkata it is 10:00 at 04:30 UTC.
    const send = { ...TEN_EVERYWHERE, lateByMs: 4.5 * HOUR - 1 };
    expect(await byZone(send, { now })).toMatchObject({ berlin, kolkata });
  });

  test.for([
    ["2026-12-01T12:00:00Z", "eligible"],
    ["2026-12-01T12:00:00.001Z", "late"],
  ] as const)("late by the millisecond: %s", async ([now, berlin]) => {
    expect(await byZone(TEN_EVERYWHERE, { now })).toMatchObject({ berlin, utc: "eligible" });
  });

  test("who enters an occurrence that was tried is late for it", async () => {
    const triedAt = "2026-12-01T09:30:00Z";
    expect(await byZone(TEN_EVERYWHERE, { now: "2026-12-01T10:00:00Z", triedAt })).toMatchObject({
      berlin: "late",
      utc: "eligible",
      newYork: "not_due",
    });
  });

  test("a cron rule in each zone: those whose Monday comes later are not due", async () => {
    // Monday, 7 December, 10:00 UTC.
    expect(await byZone(MONDAYS, { now: "2026-12-07T10:00:00Z" })).toEqual({
      tokyo: "late",
      kolkata: "eligible",
      berlin: "eligible",
      utc: "eligible",
      newYork: "not_due",
      unknown: "eligible",
      none: "eligible",
    });
  });

  test("from: leaves zones alone whose first day has not begun", async () => {
    const send = { ...MONDAYS, from: "2026-12-07" };
    expect(await byZone(send, { now: "2026-12-07T10:00:00Z" })).toMatchObject({
      utc: "eligible",
      newYork: "not_due",
    });
  });

  test("who enters a closed Monday is late for it, and not waiting for the next", async () => {
    const triedAt = "2026-12-07T09:30:00Z";
    expect(await byZone(MONDAYS, { now: "2026-12-07T10:00:00Z", triedAt })).toMatchObject({
      kolkata: "late",
      berlin: "late",
      utc: "eligible",
      newYork: "not_due",
    });
  });

  test("an upcoming campaign is judged as if due, for those it still comes to", async () => {
    const triedAt = "2026-12-01T10:00:00Z";
    expect(await byZone(TEN_EVERYWHERE, { now: "2026-12-01T10:00:00.001Z", triedAt })).toEqual({
      tokyo: "late",
      kolkata: "late",
      berlin: "late",
      utc: "late",
      newYork: "eligible",
      unknown: "late",
      none: "late",
    });
  });
});

describe("quiet_hours", () => {
  test("a person in them now is deferred, and so is one whose instant fell into them", async () => {
    const now = "2026-12-01T12:30:00Z";
    const at: Send = { ...TEN_EVERYWHERE, at: { instant: Date.parse("2026-12-01T12:00:00Z") } };
    // 21:30 in Tokyo, 18:00 in Kolkata, 07:30 in New York.
    expect(await byZone(at, { now, with: withQuiet })).toEqual({
      tokyo: "quiet_hours",
      kolkata: "eligible",
      berlin: "eligible",
      utc: "eligible",
      newYork: "quiet_hours",
      unknown: "eligible",
      none: "eligible",
    });
  });

  test.for([
    ["2026-12-01T12:59:59.999Z", "quiet_hours"],
    ["2026-12-01T13:00:00Z", "eligible"],
    ["2026-12-01T16:00:00Z", "eligible"],
    ["2026-12-01T16:00:00.001Z", "late"],
  ] as const)("lateness counts from their end, 08:00 in New York: %s", async ([now, newYork]) => {
    const at: Send = { ...TEN_EVERYWHERE, at: { instant: Date.parse("2026-12-01T12:00:00Z") } };
    expect(await byZone(at, { now, with: withQuiet })).toMatchObject({ newYork });
  });

  test("they begin on the minute: 21:00 in Tokyo", async () => {
    const at: Send = { ...TEN_EVERYWHERE, at: { instant: Date.parse("2026-12-01T11:00:00Z") } };
    const before = await byZone(at, { now: "2026-12-01T11:59:59.999Z", with: withQuiet });
    const on = await byZone(at, { now: "2026-12-01T12:00:00Z", with: withQuiet });
    expect([before["tokyo"], on["tokyo"]]).toEqual(["eligible", "quiet_hours"]);
  });

  test("a campaign may ignore them", async () => {
    const at: Send = { ...TEN_EVERYWHERE, at: { instant: Date.parse("2026-12-01T12:00:00Z") } };
    const campaign = { quietHours: "ignore" } as const;
    const got = await byZone(at, { now: "2026-12-01T12:30:00Z", with: withQuiet, campaign });
    expect(new Set(Object.values(got))).toEqual(new Set(["eligible"]));
  });
});

describe("chance and words", () => {
  test("variants fill [0, 1) in file order, the same on every run", async () => {
    const names = ["a", "b", "c"];
    const variants = names.map((name, n) => ({
      name,
      weight: [50, 25, 25][n] ?? 0,
      message: { text: name },
      locales: new Map(),
    }));
    const content = {
      message: { text: "x" },
      locales: new Map(),
      variants,
      fallbacks: {},
      onMissing: "skip" as const,
    };
    const people = ["u1", "u2", "user-17", "ä", "u3"].map((user_id, n) => person(n, { user_id }));
    const open = await OpenWorld.open({ people });
    await open.select({ rootId: "order/shipped", content });
    const rows = await open.users.engine.rows({
      text: "SELECT user_id, variant FROM pool",
      values: [],
    });
    open.close();
    const drawn = Object.fromEntries(rows.map((row) => [row["user_id"], row["variant"]]));
    const known = { u1: "a", u2: "b", u3: "a", "user-17": "a", ä: "c" };
    expect(drawn).toEqual(known);
  });
});
