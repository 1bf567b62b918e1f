import { describe, expect, test } from "vitest";
import { CronWalls } from "../../src/schedule/cron-walls.ts";

const MONDAYS_AT_TEN = { cron: "0 10 * * MON", from: undefined, until: undefined };

describe("the wall times of a cron rule", () => {
  test("a wall time that the rule names counts as come at that very minute", () => {
    expect(new CronWalls(MONDAYS_AT_TEN).upTo("2026-12-07T10:00", 1)).toEqual(["2026-12-07T10:00"]);
  });

  test("a minute before it, the one of the week before is the latest", () => {
    expect(new CronWalls(MONDAYS_AT_TEN).upTo("2026-12-07T09:59", 1)).toEqual(["2026-11-30T10:00"]);
  });

  test("the latest comes first", () => {
    expect(new CronWalls(MONDAYS_AT_TEN).upTo("2026-12-08T00:00", 3)).toEqual([
      "2026-12-07T10:00",
      "2026-11-30T10:00",
      "2026-11-23T10:00",
    ]);
  });

  test("the next one lies strictly after", () => {
    expect(new CronWalls(MONDAYS_AT_TEN).after("2026-12-07T10:00")).toBe("2026-12-14T10:00");
    expect(new CronWalls(MONDAYS_AT_TEN).after("2026-12-07T09:59")).toBe("2026-12-07T10:00");
  });

  test("the first day counts, the day before does not", () => {
    const walls = new CronWalls({ ...MONDAYS_AT_TEN, from: "2026-12-07" });
    expect(walls.upTo("2026-12-09T00:00", 5)).toEqual(["2026-12-07T10:00"]);
    expect(walls.after("2026-01-01T00:00")).toBe("2026-12-07T10:00");
    const later = new CronWalls({ ...MONDAYS_AT_TEN, from: "2026-12-08" });
    expect(later.upTo("2026-12-09T00:00", 5)).toEqual([]);
    expect(later.after("2026-01-01T00:00")).toBe("2026-12-14T10:00");
  });

  test("the last day counts, the day after does not", () => {
    const walls = new CronWalls({ ...MONDAYS_AT_TEN, until: "2026-12-07" });
    expect(walls.after("2026-12-01T00:00")).toBe("2026-12-07T10:00");
    expect(walls.after("2026-12-07T10:00")).toBeUndefined();
    expect(walls.upTo("2027-03-01T00:00", 1)).toEqual(["2026-12-07T10:00"]);
    const earlier = new CronWalls({ ...MONDAYS_AT_TEN, until: "2026-12-06" });
    expect(earlier.after("2026-12-01T00:00")).toBeUndefined();
  });

  test("the period is the distance to the next one on the wall clock", () => {
    const walls = new CronWalls({ cron: "*/15 9 * * *", from: undefined, until: undefined });
    expect(walls.periodMs("2026-12-01T09:00")).toBe(15 * 60_000);
    expect(walls.periodMs("2026-12-01T09:45")).toBe((23 * 60 + 15) * 60_000);
  });
});
