import { describe, expect, test } from "vitest";
import {
  clockChangesNear,
  dayStart,
  furthestWall,
  instantToDate,
  instantToWall,
  wallToInstant,
} from "../../src/model/zone-time.ts";

const at = (text: string) => Date.parse(text);

describe("wall time and instant", () => {
  test("a skipped hour moves forward by the gap's length", () => {
    expect(wallToInstant("2026-03-29T02:30", "Europe/Berlin")).toBe(at("2026-03-29T01:30:00Z"));
    expect(wallToInstant("2026-03-08T02:30", "America/New_York")).toBe(at("2026-03-08T07:30:00Z"));
    // Lord Howe Island moves by half an hour.
    expect(wallToInstant("2026-10-04T02:15", "Australia/Lord_Howe")).toBe(
      at("2026-10-03T15:45:00Z"),
    );
  });

  test("of a repeated hour the first counts", () => {
    expect(wallToInstant("2026-10-25T02:30", "Europe/Berlin")).toBe(at("2026-10-25T00:30:00Z"));
    expect(wallToInstant("2026-11-01T01:30", "America/New_York")).toBe(at("2026-11-01T05:30:00Z"));
  });

  test("an instant shows the local minute and day", () => {
    expect(instantToWall(at("2026-12-01T09:30:59Z"), "Europe/Berlin")).toBe("2026-12-01T10:30");
    expect(instantToDate(at("2026-12-01T23:30:00Z"), "Europe/Berlin")).toBe("2026-12-02");
  });

  test("a day begins at midnight, and where midnight is skipped, an hour later", () => {
    expect(dayStart("2026-12-01", "Europe/Berlin")).toBe(at("2026-11-30T23:00:00Z"));
    expect(dayStart("2026-12-01", "Europe/Berlin", 1)).toBe(at("2026-12-01T23:00:00Z"));
    // Clocks in Cairo went from 00:00 to 01:00 on the last Friday of April.
    expect(dayStart("2026-04-24", "Africa/Cairo")).toBe(at("2026-04-23T22:00:00Z"));
    expect(instantToWall(dayStart("2026-04-24", "Africa/Cairo"), "Africa/Cairo")).toBe(
      "2026-04-24T01:00",
    );
  });

  test("in the hour that repeats, the clock has already shown more than it shows", () => {
    const repeated = at("2026-10-25T01:10:00Z"); // 02:10 for the second time
    expect(instantToWall(repeated, "Europe/Berlin")).toBe("2026-10-25T02:10");
    expect(furthestWall(repeated, "Europe/Berlin")).toBe("2026-10-25T02:59");
    expect(furthestWall(at("2026-10-25T02:00:00Z"), "Europe/Berlin")).toBe("2026-10-25T03:00");
  });
});

test("no hour is skipped in a month in which clocks do not change", () => {
  const zones = ["Europe/Berlin", "America/Santiago", "Australia/Lord_Howe", "Pacific/Apia"];
  const skipped = [2011, 2019, 2026].flatMap((year) =>
    zones.flatMap((zone) =>
      nightsOf(year)
        .filter((wall) => instantToWall(wallToInstant(wall, zone), zone) !== wall)
        .map((wall) => [wall, zone] as const),
    ),
  );
  expect(skipped.length).toBeGreaterThan(10);
  for (const [wall, zone] of skipped) expect(clockChangesNear(wall, zone), wall).toBe(true);
  expect(clockChangesNear("2026-03-29T02:30", "Europe/Berlin")).toBe(true);
  // Samoa left out a whole day.
  expect(clockChangesNear("2011-12-30T10:00", "Pacific/Apia")).toBe(true);
  expect(clockChangesNear("2026-12-01T10:00", "Europe/Berlin")).toBe(false);
});

/** Midnight and a quarter past two of every day. */
function nightsOf(year: number): string[] {
  const days = Array.from({ length: 365 }, (_, day) => new Date(Date.UTC(year, 0, 1 + day)));
  return days.flatMap((day) =>
    ["00:00", "02:15"].map((time) => `${day.toISOString().slice(0, 11)}${time}`),
  );
}
