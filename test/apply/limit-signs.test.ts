import { describe, expect, test } from "vitest";
import { begun, failed, limited, NOT_SENT, SENT, setUp, striking, UNKNOWN } from "./fakes.ts";

const MINUTE = 60_000;
const RATE = { perSecond: 10 };

const usage = (percent: number, regainAccessMs: number | null = null) => ({
  outcome: SENT,
  usage: { percent, regainAccessMs },
});

describe("613, which may be one thread's", () => {
  const CALL = limited({ scope: "page_or_thread" });

  test("is that thread's while others pass", async () => {
    const all = setUp(({ id }) => (id === "d5" ? CALL : SENT), { rate: RATE });
    await all.send(400);
    expect(all.notices).toEqual([]);
    const starts = begun(all);
    expect(Math.max(...starts.slice(0, 390))).toBeLessThan(42_000);
    const tries = all.gateway.calls.filter(({ id }) => id === "d5").length;
    expect(tries).toBe(3);
    expect(all.sender.tally).toMatchObject({ sent: 399, released: 1 });
  });

  test("is the page's when two people in a row get it", async () => {
    const all = setUp(striking(CALL, 10, 11), { rate: RATE });
    await all.send(50);
    expect(all.notices).toHaveLength(1);
    const starts = begun(all);
    expect((starts[11] ?? 0) - (starts[10] ?? 0)).toBeGreaterThanOrEqual(30_000);
    expect(all.sender.tally.sent).toBe(50);
  });

  test("is the page's when more than one in twenty gets it", async () => {
    const tenth = setUp(({ number }) => (number % 10 === 0 ? CALL : SENT), { rate: RATE });
    await tenth.send(60);
    expect(tenth.notices.length).toBeGreaterThan(0);
    const fiftieth = setUp(({ number }) => (number % 50 === 0 ? CALL : SENT), { rate: RATE });
    await fiftieth.send(400);
    expect(fiftieth.notices).toEqual([]);
  });
});

describe("usage", () => {
  test.each([
    [74, 100],
    [75, 50],
  ])("of %s %% leaves %s requests in ten seconds", async (percent, want) => {
    const all = setUp(() => usage(percent), { rate: RATE });
    await all.send(300);
    const inTenSeconds = begun(all).filter((start) => start >= 5_000 && start < 15_000).length;
    expect(inTenSeconds).toBeGreaterThanOrEqual(want - 4);
    expect(inTenSeconds).toBeLessThanOrEqual(want + 2);
  });

  test("that falls below 75 % again gives the whole rate back", async () => {
    const all = setUp(({ number }) => usage(number < 50 ? 80 : 60), { rate: RATE });
    await all.send(300);
    const after = begun(all).filter((start) => start >= 20_000 && start < 30_000).length;
    expect(after).toBeGreaterThanOrEqual(96);
  });

  test("of 90 % pauses, with one request each minute until it falls", async () => {
    const all = setUp(({ number }) => usage(number >= 10 && number < 14 ? 92 : 10), { rate: RATE });
    await all.send(30);
    const starts = begun(all);
    const waits = [10, 11, 12, 13].map((call) => (starts[call] ?? 0) - (starts[call - 1] ?? 0));
    expect(waits).toEqual([MINUTE, MINUTE, MINUTE, MINUTE]);
    expect(all.notices[0]).toBe("92 % of Meta's limit are used up; the next try is in 60 s.");
    expect(all.sender.tally.sent).toBe(30);
  });

  test("of 89 % pauses nothing", async () => {
    const all = setUp(() => usage(89), { rate: RATE });
    await all.send(60);
    expect(all.notices).toEqual([]);
  });

  test("of 100 % stops for five minutes, or as long as Meta estimates", async () => {
    const plain = setUp(({ number }) => usage(number === 10 ? 100 : 10), { rate: RATE });
    await plain.send(30);
    expect((begun(plain)[10] ?? 0) - (begun(plain)[9] ?? 0)).toBe(5 * MINUTE);
    const told = setUp(
      ({ number }) => (number === 10 ? usage(120, 7 * MINUTE) : { outcome: SENT, usage: null }),
      { rate: RATE },
    );
    await told.send(30);
    expect((begun(told)[10] ?? 0) - (begun(told)[9] ?? 0)).toBe(7 * MINUTE);
  });
});

describe("an outage", () => {
  test.each([
    ["refused connections", NOT_SENT],
    ["requests of unknown fate", UNKNOWN],
  ])("%s in a row hold everybody up and then end the run", async (_name, outcome) => {
    const all = setUp(() => outcome);
    const startMs = all.clock.monotonicMs();
    await all.send(25_000);
    expect(all.end.reason?.by).toBe("outage");
    // 64 at once, then one at a time.
    expect(all.gateway.calls.length).toBeLessThan(64 + 64 + 12);
    expect(all.clock.monotonicMs() - startMs).toBeLessThan(6 * MINUTE);
    expect(all.sender.tally.released + all.sender.tally.unknown).toBe(all.writer.claimed.length);
  });

  test("that ends in time costs nobody the message", async () => {
    const all = setUp(({ atMs }) => (atMs < 1_000_000 + 40_000 ? NOT_SENT : SENT), { rate: RATE });
    await all.send(200);
    expect(all.end.reason).toBeNull();
    expect(all.sender.tally).toMatchObject({ sent: 200, released: 0 });
  });

  test("is none while somebody answers in between", async () => {
    const all = setUp(({ number }) => (number % 10 === 0 ? SENT : UNKNOWN), { rate: RATE });
    await all.send(500);
    expect(all.notices).toEqual([]);
    expect(all.sender.tally.unknown).toBe(450);
  });
});

test("a warning that messages bother people halves the rate for the rest of the run", async () => {
  const warning = failed("rejected", "person", [613, 2018338]);
  const all = setUp(striking(warning, 10), { rate: RATE });
  await all.send(300);
  const later = begun(all).filter((start) => start >= 10_000 && start < 20_000).length;
  expect(later).toBeGreaterThanOrEqual(46);
  expect(later).toBeLessThanOrEqual(52);
});
