import { describe, expect, test } from "vitest";
import {
  formatInstant,
  isCalendarDate,
  parseDuration,
  parseInstant,
} from "../../src/model/instant.ts";

describe("instants", () => {
  test("with Z, with an offset, and without a zone, which means UTC", () => {
    const ten = Date.UTC(2026, 10, 20, 10);
    expect(parseInstant("2026-11-20T10:00:00Z")).toBe(ten);
    expect(parseInstant("2026-11-20T11:30:00+01:30")).toBe(ten);
    expect(parseInstant("2026-11-20T10:00")).toBe(ten);
    expect(parseInstant("2026-11-20T10:00:00.250Z")).toBe(ten + 250);
  });

  const wrong = [
    "2026-11-20",
    "2026-02-30T10:00:00Z",
    "2026-11-20T25:00:00Z",
    "now",
    "",
    "1764547200",
  ];
  for (const text of wrong) {
    test(`"${text}" is none`, () => expect(parseInstant(text)).toBeUndefined());
  }

  test("are written in UTC, with milliseconds only where there are some", () => {
    expect(formatInstant(Date.UTC(2026, 10, 20, 10))).toBe("2026-11-20T10:00:00Z");
    expect(formatInstant(Date.UTC(2026, 10, 20, 10) + 7)).toBe("2026-11-20T10:00:00.007Z");
  });

  test("29 February is a date in leap years alone", () => {
    expect(isCalendarDate("2028-02-29")).toBe(true);
    expect(isCalendarDate("2026-02-29")).toBe(false);
  });
});

describe("durations", () => {
  const right = [
    ["90s", 90_000],
    ["15m", 900_000],
    ["12h", 43_200_000],
    ["30d", 2_592_000_000],
    ["2w", 1_209_600_000],
    ["0d", 0],
  ] as const;
  for (const [text, ms] of right) {
    test(`${text} is ${ms} ms`, () => expect(parseDuration(text)).toBe(ms));
  }
  for (const text of ["30", "d", "1.5h", "-1d", "1y", " 1d", "1d ", "1D"]) {
    test(`"${text}" is none`, () => expect(parseDuration(text)).toBeUndefined());
  }
});
