import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Send } from "../../src/model/campaign.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/model/instant.ts";
import { wallToInstant } from "../../src/model/zone-time.ts";
import { expandSend } from "../../src/schedule/expand-send.ts";
import { isOpen } from "../../src/schedule/zone-moment.ts";
import { instantOf, wallOf } from "./wall-clock.ts";

/** Half an hour of change, changes at midnight, the other half of the year, and none at all. */
const ZONES = [
  "Europe/Berlin",
  "America/New_York",
  "Australia/Lord_Howe",
  "America/Santiago",
  "Asia/Beirut",
  "Africa/Cairo",
  "Asia/Kolkata",
];

/** Days around which one of the clocks is changed in 2026 and 2027. */
const CHANGES = [
  "2026-03-29",
  "2026-10-25",
  "2026-11-01",
  "2027-03-14",
  "2026-04-05",
  "2026-10-04",
  "2026-04-04",
  "2026-09-06",
  "2026-04-24",
  "2026-10-29",
];

const day = fc.constantFrom(...CHANGES).map((date) => Date.parse(`${date}T00:00:00Z`));
const timeOfDay = fc
  .tuple(fc.constantFrom(0, 1, 2, 3, 10, 23), fc.constantFrom(0, 15, 30, 59))
  .map(([hour, minute]) => ({ hour, minute }));

describe("wall times and instants", () => {
  test("agree with the platform's calendar around every change of the clock", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        day,
        fc.integer({ min: -3 * 24 * 60, max: 3 * 24 * 60 }),
        (zone, change, minutes) => {
          const wall = new Date(change + minutes * MINUTE_MS).toISOString().slice(0, 16);
          expect(wallToInstant(wall, zone)).toBe(instantOf(wall, zone));
        },
      ),
      { numRuns: 500 },
    );
  });

  test("where midnight does not exist, it is an hour later on the wall", () => {
    expect(wallOf(wallToInstant("2026-09-06T00:00", "America/Santiago"), "America/Santiago")).toBe(
      "2026-09-06T01:00",
    );
    expect(wallOf(wallToInstant("2026-04-24T00:30", "Africa/Cairo"), "Africa/Cairo")).toBe(
      "2026-04-24T01:30",
    );
  });
});

/** Every wall time that the daily rule names in some weeks around a day. */
function wallsAround(change: number, { hour, minute }: { hour: number; minute: number }): string[] {
  const time = [hour, minute].map((part) => String(part).padStart(2, "0")).join(":");
  return Array.from({ length: 40 }, (_, index) => {
    const date = new Date(change + (index - 20) * DAY_MS).toISOString().slice(0, 10);
    return `${date}T${time}`;
  });
}

interface Scheduler {
  readonly change: number;
  readonly time: { readonly hour: number; readonly minute: number };
  /** Minutes from one apply to the next. */
  readonly gaps: readonly number[];
  readonly lateByMs: number;
}

const schedulers: fc.Arbitrary<Scheduler> = fc.record({
  change: day,
  time: timeOfDay,
  gaps: fc.array(fc.constantFrom(0, 1, 15, 60, 7 * 60, 23 * 60, 25 * 60, 40 * 60), {
    minLength: 3,
    maxLength: 25,
  }),
  lateByMs: fc.constantFrom(HOUR_MS, 6 * HOUR_MS, DAY_MS),
});

test("a scheduler that comes late, twice or not for a day loses and repeats nothing", () => {
  fc.assert(
    fc.property(schedulers, (scheduler) => {
      const sent = sentBy(scheduler);
      expect(new Set(sent).size).toBe(sent.length);
      expect(sent.sort()).toEqual(dueBy(scheduler).sort());
    }),
    { numRuns: 40 },
  );
});

/** What applies at these times send, as `zone occurrence`. */
function sentBy({ change, time, gaps, lateByMs }: Scheduler): string[] {
  const send: Send = {
    kind: "every",
    cron: `${time.minute} ${time.hour} * * *`,
    zone: { kind: "user" },
    from: undefined,
    until: undefined,
    lateByMs,
  };
  const sent: string[] = [];
  let triedAt: number | null = null;
  for (const now of timesOf(change, gaps)) {
    const at = { now, zones: ZONES, workspaceZone: "Europe/Berlin", quietHours: undefined };
    const occasion = expandSend(send, { ...at, triedAt, firstSeenAt: null }, new Set());
    if (occasion.state !== "due") continue;
    const open = occasion.moments.filter((moment) => isOpen(moment, now));
    sent.push(...open.map(({ zone, occurrence }) => `${zone} ${occurrence}`));
    triedAt = now;
  }
  return sent;
}

/** Each zone's latest wall time at one of these times, as long as it is not late. */
function dueBy({ change, time, gaps, lateByMs }: Scheduler): string[] {
  const due = new Set<string>();
  for (const zone of ZONES) {
    const ticks = wallsAround(change, time).map((wall) => ({ wall, at: instantOf(wall, zone) }));
    for (const now of timesOf(change, gaps)) {
      const latest = ticks.filter(({ at }) => at <= now).at(-1);
      if (latest !== undefined && now <= latest.at + lateByMs) due.add(`${zone} ${latest.wall}`);
    }
  }
  return [...due];
}

function timesOf(change: number, gaps: readonly number[]): number[] {
  let now = change - 4 * DAY_MS;
  return gaps.map((minutes) => {
    now += minutes * MINUTE_MS;
    return now;
  });
}
