import { describe, expect, test } from "vitest";
import type { Campaign, Send } from "../../src/model/campaign.ts";
import type { Row } from "../adapters/duckdb/source-files.ts";
import {
  type Change,
  DAY,
  fromNow,
  HOUR,
  type LedgerEntry,
  NOW,
  OpenWorld,
  person,
  psidOf,
  SECOND,
  type Selected,
  type World,
} from "./judged-world.ts";

const AT = { file: "campaigns/hello.yaml", line: 4, column: 1 };
const SHIPPED: Extract<Send, { kind: "on" }> = {
  kind: "on",
  event: "order_shipped",
  where: undefined,
  delayMs: 600 * SECOND,
  lateByMs: DAY,
};
const EACH = { repeat: { kind: "every_occurrence" } } as const;

function shipped(event_id: string, at: string, over: Row = {}): Row {
  return { event_id, user_id: "u0", event: "order_shipped", at, ...over };
}

async function select(
  world: Omit<World, "people"> & { readonly people?: World["people"] },
  campaign: Partial<Campaign> = EACH,
): Promise<Selected> {
  const open = await OpenWorld.open({ people: [person(0), person(1)], ...world });
  try {
    return await open.select({ send: SHIPPED, ...campaign });
  } finally {
    open.close();
  }
}

describe("every event is an occurrence", () => {
  test("due from its instant and the delay, until late_by later", async () => {
    const due = -600 * SECOND;
    const events = [
      shipped("early", fromNow(due + 1)),
      shipped("due", fromNow(due)),
      shipped("last", fromNow(due - DAY)),
      shipped("late", fromNow(due - DAY - 1)),
      shipped("future", fromNow(DAY)),
    ];
    const { verdicts, funnel } = await select({ events });
    expect(verdicts).toEqual({
      early: "not_due",
      due: "eligible",
      last: "eligible",
      late: "late",
      future: "not_due",
    });
    expect(funnel).toMatchObject({ matched: 5, eligible: 2, leftOut: { not_due: 2, late: 1 } });
  });

  test("only of the name, of known users, and where its condition holds", async () => {
    const amount = { kind: "attribute", name: "amount", type: "number", at: AT } as const;
    const where = { ...amount, test: { on: "number", test: { op: "gt", value: 0 } } } as const;
    const events = [
      shipped("e1", fromNow(-HOUR), { amount: 5 }),
      shipped("zero", fromNow(-HOUR), { amount: 0 }),
      shipped("none", fromNow(-HOUR)),
      shipped("other", fromNow(-HOUR), { event: "order_placed", amount: 5 }),
      shipped("stranger", fromNow(-HOUR), { user_id: "nobody", amount: 5 }),
    ];
    const { verdicts, rowCount } = await select(
      { events },
      { ...EACH, send: { ...SHIPPED, where } },
    );
    expect(verdicts).toEqual({ e1: "eligible" });
    expect(rowCount).toBe(1);
  });

  test("counts pairs of event and person, and sends by due instant and event id", async () => {
    const events = [
      shipped("b", fromNow(-HOUR)),
      shipped("a", fromNow(-HOUR)),
      shipped("first", fromNow(-2 * HOUR), { user_id: "u1" }),
    ];
    const { funnel, recipients } = await select({ events });
    expect(funnel).toMatchObject({ matched: 3, eligible: 3 });
    expect(recipients).toEqual(["first", "a", "b"]);
  });

  test("an event whose delivery is in the ledger is done, the others are not", async () => {
    const events = ["sent", "failed", "unknown", "released", "denied", "new"].map((id) =>
      shipped(id, fromNow(-HOUR)),
    );
    const entry = (occurrence: string, over: Partial<LedgerEntry>) => ({
      user_id: "u0",
      psid: psidOf(0),
      occurrence,
      ...over,
    });
    const ledger = [
      entry("sent", {}),
      entry("failed", { status: "failed", error_class: "rejected" }),
      entry("unknown", { status: "unknown" }),
      entry("released", { status: "released" }),
      entry("denied", { status: "failed", error_class: "denied" }),
    ];
    const { verdicts } = await select({ events, ledger });
    expect(verdicts).toEqual({
      sent: "already_sent",
      failed: "already_failed",
      unknown: "unresolved",
      released: "eligible",
      denied: "eligible",
      new: "eligible",
    });
  });
});

describe("several events of one person that are due at once", () => {
  const events = [
    shipped("third", fromNow(-HOUR)),
    shipped("first", fromNow(-3 * HOUR)),
    shipped("second", fromNow(-2 * HOUR)),
    shipped("hers", fromNow(-HOUR), { user_id: "u1" }),
  ];

  test("every_occurrence sends each", async () => {
    const { recipients } = await select({ events });
    expect(recipients).toEqual(["first", "second", "hers", "third"]);
  });

  for (const repeat of [{ kind: "once" }, { kind: "after", periodMs: DAY }] as const) {
    test(`${repeat.kind} sends the first, and has then sent it`, async () => {
      const { verdicts, funnel } = await select({ events }, { repeat });
      expect(verdicts).toEqual({
        first: "eligible",
        second: "already_sent",
        third: "already_sent",
        hers: "eligible",
      });
      expect(funnel).toMatchObject({ matched: 4, eligible: 2, leftOut: { already_sent: 2 } });
    });
  }

  test("the first that can be sent: an invalid message is not in the way", async () => {
    const long = events.map((event) =>
      event["event_id"] === "first" ? { ...event, order_id: "x".repeat(2_001) } : event,
    );
    const content = {
      message: { text: "Parcel {{event.order_id}}" },
      locales: new Map(),
      variants: [],
      fallbacks: { "event.order_id": "unnamed" },
      onMissing: "skip" as const,
    };
    const { verdicts } = await select({ events: long }, { repeat: { kind: "once" }, content });
    expect(verdicts).toMatchObject({ first: "invalid_message", second: "eligible" });
  });

  const capOf =
    (max: number): Change =>
    ({ guards }) => ({ guards: { ...guards, frequencyCap: { max, periodMs: DAY } } });

  test("the cap holds among them", async () => {
    const { verdicts } = await select({ events, with: capOf(2) });
    expect(verdicts).toMatchObject({
      first: "eligible",
      second: "eligible",
      third: "frequency_cap",
    });
  });

  test("together with what was sent before", async () => {
    const ledger = [{ user_id: "u0", campaign: "other", claimed_at: fromNow(-HOUR) }];
    const { verdicts } = await select({ events, ledger, with: capOf(2) });
    expect(verdicts).toMatchObject({
      first: "eligible",
      second: "frequency_cap",
      hers: "eligible",
    });
  });

  test("not for a campaign that does not count, which then may send each", async () => {
    const frequencyCap = { obey: true, counts: false };
    const { recipients } = await select({ events, with: capOf(2) }, { ...EACH, frequencyCap });
    expect(recipients).toHaveLength(4);
  });
});

describe("quiet hours of events", () => {
  const quiet: Change = ({ guards }) => ({
    guards: { ...guards, quietHours: { fromMinute: 21 * 60, toMinute: 8 * 60 } },
  });
  /** 21:00 to 08:00 in Berlin is 20:00 to 07:00 UTC. */
  const send = { ...SHIPPED, delayMs: 0, lateByMs: HOUR };
  const night = shipped("night", "2026-12-01T20:00:00Z");
  const evening = shipped("evening", "2026-12-01T19:59:59.999Z");

  test.for([
    ["2026-12-01T19:59:59.999Z", "eligible", "not_due"],
    ["2026-12-01T20:00:00Z", "quiet_hours", "quiet_hours"],
    ["2026-12-02T06:59:59.999Z", "late", "quiet_hours"],
    ["2026-12-02T07:00:00Z", "late", "eligible"],
    ["2026-12-02T08:00:00Z", "late", "eligible"],
    ["2026-12-02T08:00:00.001Z", "late", "late"],
  ] as const)("put off to their end, from which lateness counts: %s", async ([now, eve, nig]) => {
    const people = [person(0, { last_inbound_at: "2026-12-01T19:00:00Z" })];
    const world = { people, events: [evening, night], now, with: quiet };
    const { verdicts } = await select(world, { ...EACH, send });
    expect(verdicts).toEqual({ evening: eve, night: nig });
  });

  test("each person's own, and no pair counts twice where clocks change", async () => {
    const people = ["Europe/Berlin", "America/New_York", "UTC"].map((timezone, n) =>
      person(n, { timezone, last_inbound_at: "2026-10-25T10:00:00Z" }),
    );
    const events = people.map((one, n) =>
      shipped(`e${n}`, "2026-10-25T12:30:00Z", { user_id: one["user_id"] }),
    );
    const noon: Change = ({ guards }) => ({
      guards: { ...guards, quietHours: { fromMinute: 13 * 60, toMinute: 15 * 60 } },
    });
    for (let hour = 13; hour < 24; hour++) {
      const now = `2026-10-25T${hour}:30:00Z`;
      const selected = await select(
        { people, events, now, with: noon },
        { ...EACH, send: SHIPPED },
      );
      expect(selected.rowCount).toBe(3);
      expect(selected.funnel.matched).toBe(3);
    }
  });
});

test("the clock of these worlds is noon in UTC, 13:00 in Berlin", () => {
  expect(new Date(NOW).getUTCHours()).toBe(12);
});
