import { describe, expect, test } from "vitest";
import { Pace } from "../../src/apply/pace.ts";
import { FakeClock } from "./fakes.ts";

const NEVER = new AbortController().signal;

describe("pace", () => {
  test("never lets more than the rate begin in any rolling second, and uses it up", async () => {
    const clock = new FakeClock();
    const pace = new Pace(clock, { perSecond: 300 });
    const starts: number[] = [];
    for (let request = 0; request < 3_000; request++) {
      await pace.turn(NEVER);
      starts.push(clock.monotonicMs());
    }
    for (const [index, start] of starts.entries()) {
      const within = starts.slice(index, index + 301).filter((one) => one < start + 1_000);
      expect(within.length).toBeLessThanOrEqual(300);
    }
    const seconds = ((starts.at(-1) ?? 0) - (starts[0] ?? 0)) / 1_000;
    expect(3_000 / (seconds + 1)).toBeGreaterThan(0.97 * 300);
  });

  test("a pause holds everybody up", async () => {
    const clock = new FakeClock();
    const pace = new Pace(clock, "unlimited");
    const before = clock.monotonicMs();
    await pace.turn(NEVER);
    expect(clock.monotonicMs()).toBe(before);
    pace.pause(30_000);
    await Promise.all([pace.turn(NEVER), pace.turn(NEVER)]);
    expect(clock.monotonicMs() - before).toBe(30_000);
  });
});
