import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Acknowledgement, Rollout } from "../../src/model/campaign.ts";
import type { RolloutStop, WaveCount } from "../../src/model/rollout.ts";
import {
  acknowledgedStops,
  holdOf,
  NOTHING_TRIED,
  triedOf,
  waveEnds,
  waveToFill,
} from "../../src/policy/rollout.ts";
import { percent, stopWords } from "../../src/policy/rollout-words.ts";

const ROLLOUT: Rollout = { waves: [50, 500, "rest"], stopIf: { failed: 0.02, unavailable: 0.2 } };

function tried(count: number, over: Partial<WaveCount> = {}): WaveCount {
  return { ...NOTHING_TRIED, tried: count, ...over };
}

function heldWith(first: Partial<WaveCount>, over: Partial<Parameters<typeof holdOf>[0]> = {}) {
  const counts = [tried(50, first), NOTHING_TRIED, NOTHING_TRIED];
  return holdOf({ rollout: ROLLOUT, counts, stops: [], acknowledged: 0, ...over });
}

function stopOf(wave: number): RolloutStop {
  return {
    ...{ wave, waves: 3, rule: "failed", bad: 5, limit: 0.02, occurrence: "once" },
    ...{ ...tried(50, { failed: 5 }), stoppedAt: 0, runId: "r" },
  };
}

describe("the waves of a rollout", () => {
  test("hold as many as they say, and the last one everybody who is left", () => {
    expect(waveEnds(ROLLOUT)).toEqual([50, 550, Number.POSITIVE_INFINITY]);
    expect(waveEnds(undefined)).toEqual([Number.POSITIVE_INFINITY]);
  });

  test("are filled one after the other, whatever run tried the people", () => {
    const ends = waveEnds(ROLLOUT);
    expect(waveToFill(ends, [tried(0)])).toBe(0);
    expect(waveToFill(ends, [tried(49)])).toBe(0);
    expect(waveToFill(ends, [tried(50)])).toBe(1);
    expect(waveToFill(ends, [tried(50), tried(499)])).toBe(1);
    expect(waveToFill(ends, [tried(50), tried(500)])).toBe(2);
    expect(waveToFill(ends, [tried(50), tried(500), tried(9_999)])).toBe(2);
  });

  test("go on at the limit and stop strictly above it", () => {
    expect(heldWith({ failed: 1 })).toBeNull();
    expect(heldWith({ failed: 2 })).toMatchObject({ wave: 1, rule: "failed", bad: 2, tried: 50 });
  });

  test("count an unknown outcome as failed", () => {
    expect(heldWith({ failed: 1, unknown: 1 })).toMatchObject({ rule: "failed", bad: 2 });
  });

  test("judge people who cannot be reached by their own limit, where there is one", () => {
    expect(heldWith({ failed: 10, unavailable: 10 })).toBeNull();
    expect(heldWith({ failed: 11, unavailable: 11 })).toMatchObject({
      rule: "unavailable",
      bad: 11,
    });
    const rollout = { ...ROLLOUT, stopIf: { failed: 0.02 } };
    expect(heldWith({ failed: 2, unavailable: 2 }, { rollout })).toMatchObject({ rule: "failed" });
  });

  test("are not judged before they are full, nor once the next one has begun", () => {
    const bad = { failed: 40 };
    expect(heldWith(bad, { counts: [tried(49, bad)] })).toBeNull();
    expect(heldWith(bad, { counts: [tried(50, bad), tried(1)] })).toBeNull();
    expect(heldWith(bad)).not.toBeNull();
  });

  test("are not judged without a limit; the last one never is", () => {
    expect(heldWith({ failed: 50 }, { rollout: { ...ROLLOUT, stopIf: {} } })).toBeNull();
    const counts = [tried(50), tried(500), tried(900, { failed: 900 })];
    expect(heldWith({}, { counts })).toBeNull();
  });

  test("a limit is kept to the last person, for every share that people write", () => {
    const share = fc.integer({ min: 0, max: 1_000 });
    fc.assert(
      fc.property(share, fc.integer({ min: 1, max: 50 }), (permille, hundreds) => {
        const size = hundreds * 1_000;
        const limit = permille / 10 / 100;
        const rollout: Rollout = { waves: [size, "rest"], stopIf: { failed: limit } };
        const allowed = permille * hundreds;
        const at = (failed: number) =>
          holdOf({ rollout, counts: [tried(size, { failed })], stops: [], acknowledged: 0 });
        expect(at(allowed)).toBeNull();
        if (allowed < size) expect(at(allowed + 1)).not.toBeNull();
      }),
    );
  });
});

describe("the stop of a wave", () => {
  test("holds, whatever has become of the wave since, until it is acknowledged", () => {
    const stops = [stopOf(1)];
    expect(heldWith({}, { stops })).toMatchObject({ wave: 1, bad: 5 });
    expect(heldWith({}, { stops, rollout: undefined })).toMatchObject({ wave: 1 });
    expect(heldWith({ failed: 5 }, { stops, acknowledged: 1 })).toBeNull();
  });

  test("a later wave is judged again, and takes an acknowledgement of its own", () => {
    const counts = [tried(50, { failed: 5 }), tried(500, { failed: 11 })];
    const second = heldWith({}, { counts, stops: [stopOf(1)], acknowledged: 1 });
    expect(second).toMatchObject({ wave: 2, bad: 11, tried: 500 });
    const stops = [stopOf(1), stopOf(2)];
    expect(heldWith({}, { counts, stops, acknowledged: 1 })).toMatchObject({ wave: 2 });
    expect(heldWith({}, { counts, stops, acknowledged: 2 })).toBeNull();
  });

  test("is acknowledged by rows of its rule and occurrence, until their last day", () => {
    const row: Acknowledgement = {
      rule: "rollout",
      occurrence: "once",
      limit: undefined,
      until: "2026-12-01",
      because: "looked into",
      at: { file: "campaigns/hello.yaml", line: 1, column: 1 },
    };
    const count = (over: Partial<Acknowledgement>, today = "2026-12-01") =>
      acknowledgedStops([{ ...row, ...over }], { occurrence: "once", today });
    expect(count({})).toBe(1);
    expect(count({}, "2026-12-02")).toBe(0);
    expect(count({ until: undefined }, "2026-12-02")).toBe(1);
    expect(count({ occurrence: "2026-12-01T10:00" })).toBe(0);
    expect(count({ rule: "empty_audience" })).toBe(0);
  });

  test("is said with its figures", () => {
    expect(stopWords(stopOf(1))).toBe(
      "wave 1 of 3: 5 of 50 failed or have an unknown outcome (10%), above failed: 2%",
    );
    expect([percent(1 / 3), percent(0.0025), percent(1), percent(0)]).toEqual([
      ...["33.3%", "0.25%", "100%", "0%"],
    ]);
  });
});

test("what was tried is the sum of the waves", () => {
  expect(triedOf([tried(50), tried(3)])).toBe(53);
  expect(triedOf([])).toBe(0);
});
