import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Pace } from "../../src/apply/pace.ts";
import type { MessageKind } from "../../src/message/message-kind.ts";

/** Begins requests as soon as they may, each `lateMs` late; gives the moments they began at. */
function begin(
  pace: Pace,
  requests: number,
  of: { kind?: MessageKind; share?: number; lateMs?: (request: number) => number } = {},
): number[] {
  const { kind = "plain", share = 1, lateMs = () => 0 } = of;
  const starts: number[] = [];
  let nowMs = 0;
  for (let request = 0; request < requests; request++) {
    nowMs = Math.max(nowMs, pace.freeAtMs(kind)) + lateMs(request);
    pace.begin(kind, nowMs, share);
    starts.push(nowMs);
  }
  return starts;
}

/** When requests arrive that are begun as soon as they may, and answered after their way back. */
function arrivalsAt(
  pace: Pace,
  requests: number,
  wayMs: (request: number) => { readonly there: number; readonly back: number },
): number[] {
  const arrivals: number[] = [];
  let answers: { readonly atMs: number; tell(): void }[] = [];
  let nowMs = 0;
  for (let request = 0; request < requests; ) {
    const due = answers.filter(({ atMs }) => atMs <= nowMs).sort((a, b) => a.atMs - b.atMs);
    for (const answer of due) answer.tell();
    answers = answers.filter(({ atMs }) => atMs > nowMs);
    const freeAtMs = pace.freeAtMs("plain");
    if (freeAtMs > nowMs) {
      nowMs = Math.min(freeAtMs, ...answers.map(({ atMs }) => atMs));
      continue;
    }
    const places = pace.begin("plain", nowMs, 1);
    const { there, back } = wayMs(request++);
    const [begunAtMs, atMs] = [nowMs, nowMs + there + back];
    arrivals.push(nowMs + there);
    answers.push({ atMs, tell: () => pace.answered(places, begunAtMs, atMs) });
  }
  return arrivals.sort((a, b) => a - b);
}

/** The most that began in any rolling second. */
function mostInASecond(starts: readonly number[]): number {
  let [most, first] = [0, 0];
  for (const [index, start] of starts.entries()) {
    while (start - (starts[first] ?? 0) >= 1_000) first++;
    most = Math.max(most, index - first + 1);
  }
  return most;
}

describe("pace", () => {
  test("never lets more than the rate begin in a rolling second, and uses 97 % of it", () => {
    for (const perSecond of [1, 2, 20, 40, 300]) {
      const starts = begin(new Pace({ perSecond }), 60 * perSecond);
      expect(mostInASecond(starts)).toBeLessThanOrEqual(perSecond);
      const usedPerSecond =
        (starts.length - 1) / (((starts.at(-1) ?? 0) - (starts[0] ?? 0)) / 1000);
      expect(usedPerSecond / perSecond).toBeGreaterThan(0.97);
    }
  });

  test("whatever stalls the machine, no rolling second holds more than the rate", () => {
    const stalls = fc.array(fc.oneof(fc.constant(0), fc.nat(5), fc.nat(3_000)), { minLength: 1 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), stalls, (perSecond, list) => {
        const lateMs = (request: number) => list[request % list.length] ?? 0;
        const starts = begin(new Pace({ perSecond }), 3 * perSecond + 5, { lateMs });
        expect(mostInASecond(starts)).toBeLessThanOrEqual(perSecond);
      }),
    );
  });

  test("whatever holds requests and answers up, the platform never counts more", () => {
    const jitterMs = fc.oneof(fc.constant(0), fc.nat(5), fc.nat(400));
    const delays = fc.array(fc.record({ there: jitterMs, back: jitterMs }), { maxLength: 60 });
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 300 }), delays, (perSecond, list) => {
        const delaysMs = [{ there: 0, back: 0 }, ...list];
        const arrivals = arrivalsAt(new Pace({ perSecond }), 4 * perSecond, (request) => {
          const { there, back } = delaysMs[request % delaysMs.length] ?? { there: 0, back: 0 };
          return { there: 40 + there, back: 40 + back };
        });
        expect(mostInASecond(arrivals)).toBeLessThanOrEqual(perSecond);
      }),
    );
  });

  test("an answer that never comes holds its place for a second alone", () => {
    const pace = new Pace({ perSecond: 2 });
    expect(begin(pace, 20).at(-1)).toBeLessThan(11_000);
  });

  test("the way to the platform costs nothing of the rate", () => {
    const way = () => ({ there: 100, back: 100 });
    const arrivals = arrivalsAt(new Pace({ perSecond: 300 }), 30 * 300, way);
    const seconds = ((arrivals.at(-1) ?? 0) - (arrivals[0] ?? 0)) / 1_000;
    expect(arrivals.length / seconds / 300).toBeGreaterThan(0.97);
  });

  test("spreads requests over the second instead of bursting", () => {
    const starts = begin(new Pace({ perSecond: 100 }), 100);
    expect(starts.filter((start) => start < 500).length).toBeLessThanOrEqual(61);
  });

  test("catches up after a stall, but not with a whole second at once", () => {
    const lateMs = (request: number) => (request === 50 ? 700 : 0);
    const starts = begin(new Pace({ perSecond: 100 }), 100, { lateMs });
    const atOnce = starts.filter((start) => start === starts[50]).length;
    expect(atOnce).toBeGreaterThan(5);
    expect(atOnce).toBeLessThanOrEqual(12);
  });

  test("a share of the rate is that much slower", () => {
    const starts = begin(new Pace({ perSecond: 100 }), 101, { share: 0.25 });
    expect((starts.at(-1) ?? 0) / 1000).toBeGreaterThan(3.5);
    expect((starts.at(-1) ?? 0) / 1000).toBeLessThan(4.2);
  });

  test("audio and video go out ten times a second, and count for the page", () => {
    const pace = new Pace({ perSecond: 40 });
    const slow = begin(pace, 50, { kind: "audio_video" });
    expect(mostInASecond(slow)).toBe(10);
    const mixed = new Pace({ perSecond: 5 });
    expect(mostInASecond(begin(mixed, 50, { kind: "audio_video" }))).toBe(5);
    expect(mixed.freeAtMs("plain")).toBeGreaterThan(0);
  });

  test("Meta's ceiling holds whatever is asked for", () => {
    const pace = new Pace({ perSecond: 5_000 });
    expect(pace.perSecond).toBe(300);
    expect(mostInASecond(begin(pace, 2_000))).toBe(300);
  });

  test("unlimited means so, for every kind", () => {
    const pace = new Pace("unlimited");
    expect(new Set(begin(pace, 1_000))).toEqual(new Set([0]));
    expect(new Set(begin(pace, 1_000, { kind: "audio_video" }))).toEqual(new Set([0]));
  });
});
