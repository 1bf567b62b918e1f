import { expect, test } from "vitest";
import { dayAfter, daysFrom, weekday } from "../../src/model/calendar-days.ts";

test("days follow each other over ends of months and years, and leap days", () => {
  expect(dayAfter("2026-12-31")).toBe("2027-01-01");
  expect(dayAfter("2028-02-28")).toBe("2028-02-29");
  expect(dayAfter("2027-02-28")).toBe("2027-03-01");
  expect(dayAfter("2026-03-28", 2)).toBe("2026-03-30");
  expect(dayAfter("2026-12-01", -1)).toBe("2026-11-30");
  expect(dayAfter("2026-12-01", 0)).toBe("2026-12-01");
});

test("a stretch of days holds its first one and not the one it ends at", () => {
  expect(daysFrom("2026-11-29", "2026-12-02")).toEqual(["2026-11-29", "2026-11-30", "2026-12-01"]);
  expect(daysFrom("2026-12-01", "2026-12-01")).toEqual([]);
  expect(daysFrom("2026-12-02", "2026-12-01")).toEqual([]);
});

test("weeks begin on Monday", () => {
  expect(weekday("2026-11-30")).toEqual({ name: "Mon", number: 1 });
  expect(weekday("2026-12-06")).toEqual({ name: "Sun", number: 7 });
  expect(weekday("2026-12-07")).toEqual({ name: "Mon", number: 1 });
});
