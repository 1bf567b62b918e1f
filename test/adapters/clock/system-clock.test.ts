import { describe, expect, test } from "vitest";
import { systemClock } from "../../../src/adapters/clock/system-clock.ts";

describe("the clock of this machine", () => {
  test("an abort ends every wait at once, and leaves no timer behind", async () => {
    const clock = systemClock(undefined);
    const abort = new AbortController();
    const warned: Error[] = [];
    process.on("warning", (warning) => warned.push(warning));
    const sleeps = Array.from({ length: 100 }, () => clock.sleep(60_000, abort.signal));
    const before = clock.monotonicMs();
    abort.abort();
    await Promise.all(sleeps);
    await new Promise((resolve) => setImmediate(resolve));
    expect(clock.monotonicMs() - before).toBeLessThan(1_000);
    expect(
      process.getActiveResourcesInfo().filter((name) => name === "Timeout").length,
    ).toBeLessThan(20);
    expect(warned).toEqual([]);
  });

  test("a wait longer than a timer can hold does not end at once", async () => {
    const abort = new AbortController();
    const sleep = systemClock(undefined).sleep(60 * 24 * 3_600_000, abort.signal);
    const early = Symbol();
    const tick = new Promise((resolve) => setTimeout(() => resolve(early), 20));
    expect(await Promise.race([sleep, tick])).toBe(early);
    abort.abort();
    await sleep;
  });

  test("--now sets the start, and time runs on from there", async () => {
    const clock = systemClock(Date.parse("2026-12-01T09:30:00Z"));
    await clock.sleep(20);
    const passedMs = clock.now() - Date.parse("2026-12-01T09:30:00Z");
    expect(passedMs).toBeGreaterThanOrEqual(19);
    expect(passedMs).toBeLessThan(5_000);
  });
});
