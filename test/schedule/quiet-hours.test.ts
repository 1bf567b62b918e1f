import { describe, expect, test } from "vitest";
import { HOUR_MS } from "../../src/model/instant.ts";
import { isQuiet, quietStretches, quietUntil } from "../../src/schedule/quiet-hours.ts";

const NIGHT = { fromMinute: 21 * 60, toMinute: 8 * 60 };
const NOON = { fromMinute: 12 * 60, toMinute: 13 * 60 };
const BERLIN = "Europe/Berlin";
const at = (text: string) => Date.parse(text);

describe("quiet hours", () => {
  const edges = [
    { local: "20:59:59.999", instant: "2026-12-01T19:59:59.999Z", quiet: false },
    { local: "21:00", instant: "2026-12-01T20:00:00Z", quiet: true },
    { local: "07:59:59.999", instant: "2026-12-02T06:59:59.999Z", quiet: true },
    { local: "08:00", instant: "2026-12-02T07:00:00Z", quiet: false },
  ];
  for (const { local, instant, quiet } of edges) {
    test(`a night from 21:00 to 08:00 is ${quiet ? "quiet" : "not quiet"} at ${local}`, () => {
      expect(isQuiet(at(instant), BERLIN, NIGHT)).toBe(quiet);
      expect(quietUntil(at(instant), BERLIN, NIGHT) !== null).toBe(quiet);
    });
  }

  test("they end at the person's own hour", () => {
    const late = at("2026-12-01T23:30:00Z");
    expect(quietUntil(late, BERLIN, NIGHT)).toBe(at("2026-12-02T07:00:00Z"));
    expect(quietUntil(late, "America/New_York", NIGHT)).toBeNull();
    expect(quietUntil(late, "Asia/Kolkata", NIGHT)).toBe(at("2026-12-02T02:30:00Z"));
  });

  test("within one day, both ends fall on that day", () => {
    expect(quietUntil(at("2026-12-01T11:30:00Z"), BERLIN, NOON)).toBe(at("2026-12-01T12:00:00Z"));
    expect(quietUntil(at("2026-12-01T12:00:00Z"), BERLIN, NOON)).toBeNull();
  });

  test("the night in which the clock goes back is an hour longer", () => {
    const evening = at("2026-10-24T20:00:00Z"); // 22:00 in Berlin
    expect(quietUntil(evening, BERLIN, NIGHT)).toBe(at("2026-10-25T07:00:00Z"));
  });

  test("stretches and the clock on the wall agree at every quarter of an hour of a month", () => {
    const range = { from: at("2026-10-10T00:00:00Z"), to: at("2026-11-10T00:00:00Z") };
    const stretches = quietStretches(BERLIN, NIGHT, range);
    let checked = 0;
    for (let now = range.from; now <= range.to; now += 15 * 60_000) {
      const inStretch = stretches.some((one) => one.from <= now && now < one.to);
      expect(inStretch).toBe(isQuiet(now, BERLIN, NIGHT));
      checked++;
    }
    expect(checked).toBeGreaterThan(2_900);
  });

  for (const [name, day] of [
    ["forward", "2026-03-29"],
    ["back", "2026-10-25"],
  ] as const) {
    test(`where the clock goes ${name}, no stretch is lost, doubled or drawn out`, () => {
      const noon = at(`${day}T12:00:00Z`);
      let checked = 0;
      // A date is left out or met twice only from certain starts, so that all are tried.
      for (let to = noon - 36 * HOUR_MS; to <= noon + 36 * HOUR_MS; to += HOUR_MS / 2) {
        for (const quiet of [NIGHT, NOON]) {
          const range = { from: to - 36 * HOUR_MS, to };
          const stretches = quietStretches(BERLIN, quiet, range);
          expect(new Set(stretches.map(({ from }) => from)).size).toBe(stretches.length);
          for (let now = range.from; now <= to; now += HOUR_MS) {
            const inStretch = stretches.some((one) => one.from <= now && now < one.to);
            expect(inStretch).toBe(isQuiet(now, BERLIN, quiet));
            checked++;
          }
        }
      }
      expect(checked).toBeGreaterThan(9_000);
    });
  }
});
