import type { Block } from "./case-table.ts";

const GONE = [undefined, null];

/** Around now (2026-11-27T09:00Z) and thirty days before and seven after it. */
const AROUND = [
  "2026-10-28T08:59:59.999Z",
  "2026-10-28T09:00:00Z",
  "2026-10-28T09:00:00.001Z",
  "2026-11-27T08:59:59.999Z",
  "2026-11-27T09:00:00Z",
  "2026-11-27T09:00:00.001Z",
  "2026-12-04T09:00:00Z",
  "2026-12-04T09:00:00.001Z",
];

/** One instant in every way of writing it, and its neighbours. */
const NOON = [
  "2026-11-20T12:00:00Z",
  "2026-11-20T12:00Z",
  "2026-11-20T12:00:00",
  "2026-11-20T12:00",
  "2026-11-20 12:00:00",
  "2026-11-20T12:00:00.000Z",
  "2026-11-20T12:00:00.000",
  "2026-11-20T13:00:00+01:00",
  "2026-11-20T13:00+01:00",
  "2026-11-20T17:30:00.000+0530",
  "2026-11-19T22:00:00-14:00",
];

/** The first and last moments of 20 November 2026 in Berlin, which is at +01:00. */
const DAY = [
  "2026-11-19T22:59:59.999Z",
  "2026-11-19T23:00:00Z",
  "2026-11-20T22:59:59.999Z",
  "2026-11-20T23:00:00Z",
];

/** 25 October 2026 has 25 hours in Berlin: from 22:00 UTC of the 24th to 23:00 UTC. */
const LONG_DAY = [
  "2026-10-24T21:59:59.999Z",
  "2026-10-24T22:00:00Z",
  "2026-10-25T00:30:00Z",
  "2026-10-25T22:59:59.999Z",
  "2026-10-25T23:00:00Z",
];

/** 29 March 2026 has 23 hours in Berlin: from 23:00 UTC of the 28th to 22:00 UTC. */
const SHORT_DAY = [
  "2026-03-28T22:59:59.999Z",
  "2026-03-28T23:00:00Z",
  "2026-03-29T21:59:59.999Z",
  "2026-03-29T22:00:00Z",
];

/** Birthdays as instants; the first two lie on another day in Berlin than in UTC. */
const BORN = [
  "1990-11-26T23:30:00Z",
  "1990-11-27T23:30:00Z",
  "1990-11-27T12:00:00Z",
  "2000-02-28T12:00:00Z",
  "2000-02-29T12:00:00Z",
  "2000-03-01T12:00:00Z",
];

export const MOMENT_BLOCKS: readonly Block[] = [
  {
    name: "instants around now",
    type: "timestamp",
    values: [...GONE, ...AROUND],
    cases: [
      { test: { in_last: "30d" }, fits: AROUND.slice(1, 5) },
      { test: { in_last: "720h" }, fits: AROUND.slice(1, 5) },
      { test: { in_last: "1s" }, fits: AROUND.slice(3, 5) },
      { test: { not_in_last: "30d" }, fits: [AROUND[0], ...AROUND.slice(5)] },
      { not: true, test: { in_last: "30d" }, fits: [...GONE, AROUND[0], ...AROUND.slice(5)] },
      { not: true, test: { not_in_last: "30d" }, fits: [...GONE, ...AROUND.slice(1, 5)] },
      { test: { in_next: "7d" }, fits: AROUND.slice(4, 7) },
      { test: { in_next: "1w" }, fits: AROUND.slice(4, 7) },
      { test: { before: "2026-11-27T09:00:00Z" }, fits: AROUND.slice(0, 4) },
      { test: { after: "2026-11-27T09:00:00Z" }, fits: AROUND.slice(5) },
      { test: { after: "2026-11-27T10:00:00+01:00" }, fits: AROUND.slice(5) },
      {
        test: { between: ["2026-10-28T09:00:00Z", "2026-11-27T09:00:00Z"] },
        fits: AROUND.slice(1, 5),
      },
      { test: { exists: true }, fits: AROUND },
      { test: { exists: false }, fits: GONE },
      { test: { has_value: true }, fits: AROUND },
      { test: { has_value: false }, fits: GONE },
      { not: true, test: { before: "2026-11-27T09:00:00Z" }, fits: [...GONE, ...AROUND.slice(4)] },
      {
        not: true,
        test: { after: "2026-11-27T09:00:00Z" },
        fits: [...GONE, ...AROUND.slice(0, 5)],
      },
    ],
  },
  {
    name: "ways to write an instant",
    type: "timestamp",
    values: NOON,
    cases: [
      { test: { between: ["2026-11-20T12:00:00Z", "2026-11-20T12:00:00Z"] }, fits: NOON },
      { test: { before: "2026-11-20T12:00:00.001Z" }, fits: NOON },
      { test: { before: "2026-11-20T12:00:00Z" }, fits: [] },
      { test: { after: "2026-11-20T11:59:59.999Z" }, fits: NOON },
      { test: { after: "2026-11-20T12:00:00Z" }, fits: [] },
    ],
  },
  {
    name: "the edges of a day",
    type: "timestamp",
    values: [...GONE, ...DAY],
    cases: [
      { test: { on: "2026-11-20" }, fits: DAY.slice(1, 3) },
      { test: { before: "2026-11-20" }, fits: DAY.slice(0, 1) },
      { test: { after: "2026-11-20" }, fits: DAY.slice(3) },
      { test: { after: "2026-11-19" }, fits: DAY.slice(1) },
      { test: { between: ["2026-11-20", "2026-11-20"] }, fits: DAY.slice(1, 3) },
      { test: { between: ["2026-11-19", "2026-11-20"] }, fits: DAY.slice(0, 3) },
      { test: { between: ["2026-11-20", "2026-11-20T22:59:59.999Z"] }, fits: DAY.slice(1, 3) },
      { test: { in_last_days: 7 }, fits: DAY.slice(1) },
      { test: { in_last_days: 6 }, fits: DAY.slice(3) },
      { not: true, test: { on: "2026-11-20" }, fits: [...GONE, DAY[0], DAY[3]] },
      { not: true, test: { in_last_days: 7 }, fits: [...GONE, DAY[0]] },
    ],
  },
  {
    name: "today",
    type: "timestamp",
    values: [
      "2026-11-26T22:59:59.999Z",
      "2026-11-26T23:00:00Z",
      "2026-11-27T09:00:00Z",
      "2026-11-27T09:00:00.001Z",
    ],
    cases: [
      { test: { in_last_days: 0 }, fits: ["2026-11-26T23:00:00Z", "2026-11-27T09:00:00Z"] },
      {
        test: { on: "2026-11-27" },
        fits: ["2026-11-26T23:00:00Z", "2026-11-27T09:00:00Z", "2026-11-27T09:00:00.001Z"],
      },
    ],
  },
  {
    name: "the day of 25 hours",
    type: "timestamp",
    values: LONG_DAY,
    cases: [
      { test: { on: "2026-10-25" }, fits: LONG_DAY.slice(1, 4) },
      { test: { before: "2026-10-25" }, fits: LONG_DAY.slice(0, 1) },
      { test: { after: "2026-10-25" }, fits: LONG_DAY.slice(4) },
      { test: { between: ["2026-10-25", "2026-10-25"] }, fits: LONG_DAY.slice(1, 4) },
      // Days count on the calendar, durations by the clock.
      { test: { in_last_days: 1 }, now: "2026-10-26T09:00:00Z", fits: LONG_DAY.slice(1) },
      { test: { in_last: "1d" }, now: "2026-10-25T22:00:00Z", fits: LONG_DAY.slice(1, 3) },
    ],
  },
  {
    name: "the day of 23 hours",
    type: "timestamp",
    values: SHORT_DAY,
    cases: [
      { test: { on: "2026-03-29" }, fits: SHORT_DAY.slice(1, 3) },
      { test: { before: "2026-03-29" }, fits: SHORT_DAY.slice(0, 1) },
      { test: { after: "2026-03-29" }, fits: SHORT_DAY.slice(3) },
      { test: { in_last_days: 1 }, now: "2026-03-30T09:00:00Z", fits: SHORT_DAY.slice(1) },
      { test: { in_last: "1d" }, now: "2026-03-29T23:00:00Z", fits: SHORT_DAY.slice(1) },
    ],
  },
  {
    name: "anniversaries of instants",
    type: "timestamp",
    values: [...GONE, ...BORN],
    cases: [
      { test: { anniversary: "today" }, fits: [BORN[0], BORN[2]] },
      // Berlin is already a day further.
      { test: { anniversary: "today" }, now: "2026-11-27T23:00:00Z", fits: [BORN[1]] },
      { test: { anniversary: "today" }, now: "2026-11-27T22:59:59.999Z", fits: [BORN[0], BORN[2]] },
      { test: { anniversary: "today" }, now: "2027-02-28T12:00:00Z", fits: [BORN[3], BORN[4]] },
      { test: { anniversary: "today" }, now: "2028-02-28T12:00:00Z", fits: [BORN[3]] },
      { test: { anniversary: "today" }, now: "2028-02-29T12:00:00Z", fits: [BORN[4]] },
      { test: { anniversary: "today" }, now: "2100-02-28T12:00:00Z", fits: [BORN[3], BORN[4]] },
      { test: { anniversary: "today" }, now: "2027-03-01T12:00:00Z", fits: [BORN[5]] },
      { not: true, test: { anniversary: "today" }, fits: [...GONE, BORN[1], ...BORN.slice(3)] },
    ],
  },
];
