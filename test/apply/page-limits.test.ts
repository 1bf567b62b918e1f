import { describe, expect, test } from "vitest";
import type { Limited } from "../../src/model/delivery.ts";
import { begun, limited, SENT, setUp, striking } from "./fakes.ts";

const MINUTE = 60_000;
const RATE = { perSecond: 10 };

describe("a limit of app or page", () => {
  const APP: Pick<Limited, "scope" | "firstWaitMs" | "maxWaitMs"> = {
    scope: "app",
    firstWaitMs: 5 * MINUTE,
    maxWaitMs: 60 * MINUTE,
  };

  test("stops all calls; then one goes out, a quarter of the rate, and more", async () => {
    const all = setUp(striking(limited(APP), 20), { rate: { perSecond: 20 } });
    await all.send(2_000);
    const starts = begun(all);
    const metMs = starts[19] ?? 0;
    const later = starts.filter((start) => start > metMs);
    expect((later[0] ?? 0) - metMs).toBeGreaterThanOrEqual(5 * MINUTE);
    expect((later[0] ?? 0) - metMs).toBeLessThan(5 * MINUTE + 1_000);
    const openMs = later[0] ?? 0;
    const inTenSeconds = (from: number) =>
      starts.filter((start) => start > openMs + from && start <= openMs + from + 10_000).length;
    for (const [from, want] of [
      [1_000, 50],
      [31_000, 100],
      [61_000, 150],
      [91_000, 200],
    ] as const) {
      expect(inTenSeconds(from)).toBeGreaterThan(0.9 * want);
      expect(inTenSeconds(from)).toBeLessThanOrEqual(1.05 * want);
    }
    expect(all.sender.tally.sent).toBe(2_000);
    expect(all.notices).toEqual(["Meta limits the page (code 613); the next try is in 300 s."]);
  });

  test("doubles its wait while it is met again, up to the longest", async () => {
    const calls = [5, 6, 7, 8, 9, 10];
    const short = { scope: "page", firstWaitMs: 30_000, maxWaitMs: 120_000 } as const;
    const all = setUp(striking(limited(short), ...calls), { rate: RATE });
    await all.send(30);
    const starts = begun(all);
    const waits = calls.map((call) => (starts[call] ?? 0) - (starts[call - 1] ?? 0));
    expect(waits.map((ms) => Math.round(ms / 1000))).toEqual([30, 60, 120, 120, 120, 120]);
  });

  test("begins again with its first wait once the rate was whole", async () => {
    const short = { scope: "page", firstWaitMs: 30_000, maxWaitMs: 240_000 } as const;
    const all = setUp(striking(limited(short), 5, 6, 1_200), { rate: RATE });
    await all.send(1_500);
    const starts = begun(all);
    const waits = [5, 6, 1_200].map((call) => (starts[call] ?? 0) - (starts[call - 1] ?? 0));
    expect(waits.map((ms) => Math.round(ms / 1000))).toEqual([30, 60, 30]);
  });

  test("64 answers to requests that were under way are one limit, not 64", async () => {
    let limitedCalls = 0;
    const all = setUp(
      ({ atMs }) => {
        if (atMs > 1_000_000 + 1_000) return SENT;
        limitedCalls++;
        return limited(APP);
      },
      { latencyMs: 400 },
    );
    await all.send(300);
    expect(limitedCalls).toBe(64);
    expect(all.notices).toHaveLength(1);
    expect(all.sender.tally.sent).toBe(300);
  });

  test("waits as long as Meta says, rather than by its own rule", async () => {
    const all = setUp(striking(limited(APP, 90_000), 5), { rate: RATE });
    await all.send(20);
    const starts = begun(all);
    expect((starts[5] ?? 0) - (starts[4] ?? 0)).toBe(90_000);
  });

  test("takes the longest that any of the answers under way asks for", async () => {
    const all = setUp(
      ({ number, atMs }) =>
        atMs > 1_000_500 ? SENT : limited(APP, number === 40 ? 20 * MINUTE : MINUTE),
      { latencyMs: 400 },
    );
    await all.send(100);
    const starts = begun(all);
    expect(starts.find((start) => start > 1_000)).toBeGreaterThanOrEqual(20 * MINUTE);
  });
});

describe("a wait that is too long", () => {
  test("for --max-runtime ends the run at once and releases what was claimed", async () => {
    const all = setUp(striking(limited({ scope: "page", firstWaitMs: 5 * MINUTE }), 5), {
      rate: RATE,
      maxRuntimeMs: 4 * MINUTE,
    });
    const startMs = all.clock.monotonicMs();
    await all.send(100);
    expect(all.clock.monotonicMs() - startMs).toBeLessThan(5_000);
    expect(all.end.reason).toEqual({
      by: "limit",
      because:
        "Meta limits the page (code 613); the next try would be in 300 s, " +
        "and this run does not wait that long.",
    });
    expect(all.sender.tally.released).toBe(all.writer.claimed.length - 4);
  });

  test("without --max-runtime ends after an hour in all", async () => {
    const all = setUp(({ number }) => (number > 4 ? limited({ scope: "page" }) : SENT), {
      rate: RATE,
    });
    const startMs = all.clock.monotonicMs();
    await all.send(100);
    expect(all.end.reason?.by).toBe("limit");
    expect(all.clock.monotonicMs() - startMs).toBeLessThan(61 * MINUTE);
    expect(all.clock.monotonicMs() - startMs).toBeGreaterThan(25 * MINUTE);
  });
});

describe("a probe", () => {
  test("goes out alone, however long its answer takes", async () => {
    const all = setUp(striking(limited({ scope: "page" }), 1), { latencyMs: 20_000 });
    await all.send(70);
    const starts = begun(all);
    const probeMs = starts.find((start) => start > 20_000) ?? 0;
    expect(starts.filter((start) => start >= probeMs && start < probeMs + 20_000)).toHaveLength(1);
    expect(all.sender.tally.sent).toBe(70);
  });

  test("that a stop of its campaign gives back does not block the next campaign", async () => {
    const all = setUp(() => SENT);
    const over = new AbortController();
    const to = { psid: "1", kind: "plain" as const };
    const first = await all.clock.run(all.limits.turn(to, over.signal));
    all.limits.see({ psid: "1", outcome: limited({ scope: "page" }), usage: null }, first);
    const probe = await all.clock.run(all.limits.turn({ ...to, psid: "2" }, over.signal));
    expect(probe.atMs - first.atMs).toBeGreaterThanOrEqual(30_000);
    all.limits.giveBack(probe);
    const next = await all.clock.run(all.limits.turn({ ...to, psid: "3" }, over.signal));
    expect(next.atMs).toBe(probe.atMs);
  });
});
