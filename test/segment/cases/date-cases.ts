import type { Block } from "./case-table.ts";

const GONE = [undefined, null];
const DATES = [
  "2026-10-27",
  "2026-10-28",
  "2026-11-20",
  "2026-11-26",
  "2026-11-27",
  "2026-11-28",
  "2026-12-04",
  "2026-12-05",
];
const BIRTHDAYS = ["1990-11-27", "2000-02-28", "2000-02-29", "2000-03-01", "2026-11-27"];

export const DATE_BLOCKS: readonly Block[] = [
  {
    name: "dates",
    type: "date",
    values: [...GONE, ...DATES],
    cases: [
      { test: { on: "2026-11-27" }, fits: ["2026-11-27"] },
      { test: { before: "2026-11-27" }, fits: DATES.slice(0, 4) },
      { test: { after: "2026-11-27" }, fits: DATES.slice(5) },
      { test: { between: ["2026-11-26", "2026-11-28"] }, fits: DATES.slice(3, 6) },
      // An instant stands for its day in the workspace's zone: 23:30 UTC is the 27th in Berlin.
      { test: { before: "2026-11-26T23:30:00Z" }, fits: DATES.slice(0, 4) },
      { test: { after: "2026-11-26T23:30:00Z" }, fits: DATES.slice(5) },
      { test: { in_last: "30d" }, fits: DATES.slice(1, 5) },
      { test: { not_in_last: "30d" }, fits: [DATES[0], ...DATES.slice(5)] },
      { test: { in_next: "7d" }, fits: DATES.slice(4, 7) },
      { test: { in_last_days: 7 }, fits: DATES.slice(2, 5) },
      { test: { in_last_days: 6 }, fits: DATES.slice(3, 5) },
      { test: { in_last_days: 0 }, fits: ["2026-11-27"] },
      // In Berlin the next day has begun.
      { test: { in_last_days: 0 }, now: "2026-11-27T23:00:00Z", fits: ["2026-11-28"] },
      { test: { exists: true }, fits: DATES },
      { test: { exists: false }, fits: GONE },
      { test: { has_value: true }, fits: DATES },
      { test: { has_value: false }, fits: GONE },
      { not: true, test: { in_last: "30d" }, fits: [...GONE, DATES[0], ...DATES.slice(5)] },
      { not: true, test: { not_in_last: "30d" }, fits: [...GONE, ...DATES.slice(1, 5)] },
    ],
  },
  {
    name: "birthdays",
    type: "date",
    values: [...GONE, ...BIRTHDAYS],
    cases: [
      { test: { anniversary: "today" }, fits: ["1990-11-27", "2026-11-27"] },
      { test: { anniversary: "today" }, now: "2026-11-26T22:59:59.999Z", fits: [] },
      {
        test: { anniversary: "today" },
        now: "2026-11-26T23:00:00Z",
        fits: ["1990-11-27", "2026-11-27"],
      },
      {
        test: { anniversary: "today" },
        now: "2027-02-28T12:00:00Z",
        fits: ["2000-02-28", "2000-02-29"],
      },
      { test: { anniversary: "today" }, now: "2028-02-28T12:00:00Z", fits: ["2000-02-28"] },
      { test: { anniversary: "today" }, now: "2028-02-29T12:00:00Z", fits: ["2000-02-29"] },
      { test: { anniversary: "today" }, now: "2027-03-01T12:00:00Z", fits: ["2000-03-01"] },
      {
        not: true,
        test: { anniversary: "today" },
        fits: [...GONE, "2000-02-28", "2000-02-29", "2000-03-01"],
      },
    ],
  },
];
