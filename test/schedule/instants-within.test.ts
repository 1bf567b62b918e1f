import { describe, expect, test } from "vitest";
import type { Send } from "../../src/model/campaign.ts";
import { formatInstant } from "../../src/model/instant.ts";
import { instantsWithin } from "../../src/schedule/instants-within.ts";

const BERLIN = "Europe/Berlin";

function every(cron: string, over: Partial<Extract<Send, { kind: "every" }>> = {}): Send {
  const zone = { kind: "zone", zone: BERLIN } as const;
  return { kind: "every", cron, zone, from: undefined, until: undefined, lateByMs: 0, ...over };
}

function at(wall: string, zone: Extract<Send, { kind: "at" }>["zone"]): Send {
  return { kind: "at", at: { wall }, zone, lateByMs: 0 };
}

function within(send: Send, from: string, until: string): string[] {
  const range = { from: Date.parse(from), until: Date.parse(until) };
  return instantsWithin(send, BERLIN, range).map(formatInstant);
}

describe("the instants of a schedule within a range", () => {
  test("leave out its beginning and take in its end", () => {
    const daily = every("0 10 * * *");
    expect(within(daily, "2026-12-01T09:00:00Z", "2026-12-03T09:00:00Z")).toEqual([
      "2026-12-02T09:00:00Z",
      "2026-12-03T09:00:00Z",
    ]);
  });

  test("follow the wall clock over both changes of the clock", () => {
    const daily = every("30 2 * * *");
    expect(within(daily, "2026-03-28T00:00:00Z", "2026-03-30T12:00:00Z")).toEqual([
      "2026-03-28T01:30:00Z",
      "2026-03-29T01:30:00Z", // 02:30 is skipped: an hour later on the wall
      "2026-03-30T00:30:00Z",
    ]);
    expect(within(daily, "2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z")).toEqual([
      "2026-10-25T00:30:00Z", // the first of the two 02:30
      "2026-10-26T01:30:00Z",
    ]);
  });

  test("keep to the days of from and until", () => {
    const few = every("0 10 * * *", { from: "2026-12-02", until: "2026-12-03" });
    expect(within(few, "2026-11-01T00:00:00Z", "2027-01-01T00:00:00Z")).toEqual([
      "2026-12-02T09:00:00Z",
      "2026-12-03T09:00:00Z",
    ]);
  });

  test("are one for `at`, by the given zone where people have their own", () => {
    const send = at("2026-12-02T10:00", { kind: "user" });
    expect(within(send, "2026-12-02T08:59:59Z", "2026-12-02T09:00:00Z")).toEqual([
      "2026-12-02T09:00:00Z",
    ]);
    expect(within(send, "2026-12-02T09:00:00Z", "2026-12-09T09:00:00Z")).toEqual([]);
  });

  test("are none for events and for what is due now", () => {
    const range = ["2026-12-01T00:00:00Z", "2026-12-09T00:00:00Z"] as const;
    expect(within({ kind: "now", lateByMs: 0 }, ...range)).toEqual([]);
    const on: Send = { kind: "on", event: "x", where: undefined, delayMs: 0, lateByMs: 0 };
    expect(within(on, ...range)).toEqual([]);
  });

  test("end at 500, whatever the rule", () => {
    expect(within(every("* * * * *"), "2026-12-01T00:00:00Z", "2026-12-09T00:00:00Z")).toHaveLength(
      500,
    );
  });
});
