import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ListedDelivery } from "../../src/model/ledger-summary.ts";
import { showListedText } from "../../src/view/listed-text.ts";
import { showStatsText } from "../../src/view/stats-text.ts";
import { hostileText, UNSAFE } from "./hostile-text.ts";
import { daysWith, NOTHING, statsWith } from "./ledger-stats.ts";

function tooWide(text: string, width: number): string[] {
  return text.split("\n").filter((line) => [...line].length > width);
}

/** The bars of a chart, day by day. */
function barsOf(text: string): string[] {
  return text
    .split("\n")
    .flatMap((line) => /^[A-Z][a-z]{2} 20\S+ [ \d,]*([█▒░]*)$/.exec(line)?.[1] ?? []);
}

describe("ledger stats", () => {
  for (const width of [80, 120]) {
    test(`fit ${width} columns, and need no colour`, async () => {
      const text = showStatsText(statsWith(), width);
      await expect(text).toMatchFileSnapshot(`golden/stats-${width}.txt`);
      expect(tooWide(text, width)).toEqual([]);
    });
  }

  test("draw whatever is there at all, and the fullest day over the whole width", () => {
    const days = daysWith({
      "2026-11-20": { sent: 1 },
      "2026-11-21": { unknown: 1 },
      "2026-11-22": { sent: 1_000_000, failed: 1, unknown: 1 },
      "2026-11-23": { sent: 500_000 },
    });
    const text = showStatsText(statsWith({ days }), 80);
    const bars = barsOf(text);
    expect(bars).toHaveLength(14);
    const [full = "", half = ""] = bars.slice(4);
    expect(bars.slice(0, 4)).toEqual(["", "", "█", "░"]);
    expect(full).toMatch(/^█+▒░$/);
    expect(Math.max(...text.split("\n").map((line) => [...line].length))).toBe(80);
    expect(half).toBe("█".repeat(Math.round(full.length / 2)));
  });

  test("of any numbers stay within the width, and no bar is longer than the fullest day's", () => {
    const many = fc.oneof(fc.constant(0), fc.nat(20), fc.nat(5_000_000));
    const counts = fc.record({ sent: many, failed: many, unknown: many, released: many });
    fc.assert(
      fc.property(fc.array(counts, { minLength: 14, maxLength: 14 }), (all) => {
        const dates = daysWith({});
        const days = dates.map((day, n) => ({ ...day, ...all[n] }));
        for (const width of [80, 120]) {
          const text = showStatsText(statsWith({ days }), width);
          expect(tooWide(text, width)).toEqual([]);
          const bars = barsOf(text);
          for (const [n, day] of days.entries()) {
            const drawn = bars[n] ?? "";
            expect(drawn.includes("▒")).toBe(day.failed > 0);
            expect(drawn.includes("░")).toBe(day.unknown > 0);
            expect(drawn.includes("█")).toBe(day.sent > 0);
          }
        }
      }),
    );
  });

  test("of days on which nothing was sent say when the last was", () => {
    const idle = { totals: NOTHING, days: daysWith({}), campaigns: [], outcomes: [] };
    const on = (newest: string | null) => showStatsText(statsWith({ ...idle, newest }), 120);
    expect(on("2026-10-11")).toBe(
      "Nothing was sent from 2026-11-18 to 2026-12-01, days in Europe/Berlin. The last was on " +
        "2026-10-11.\n",
    );
    expect(on(null)).toContain("Nothing was sent at all.");
  });

  test("names and words can start neither a line nor a command, nor turn writing around", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const [campaign] = statsWith().campaigns;
        const [outcome] = statsWith().outcomes;
        if (campaign === undefined || outcome === undefined) throw new Error("there are some");
        const hostile = statsWith({
          campaigns: [{ ...campaign, id: `x${text}` }],
          outcomes: [{ ...outcome, words: `x${text}` }],
        });
        const shown = showStatsText(hostile, 80);
        expect(shown).not.toMatch(UNSAFE);
        expect(shown).not.toMatch(/^\s*::/m);
      }),
    );
  });
});

describe("deliveries one by one", () => {
  const delivery: ListedDelivery = {
    user_id: "u-17",
    delivery_id: "ab".repeat(32),
    campaign: "order/shipped",
    occurrence: "evt-17",
    variant: null,
    status: "failed",
    message_id: null,
    error_class: "user_unavailable",
    error_code: 551,
    error_subcode: 1_545_041,
    words: "This person isn't available right now.",
    attempts: 1,
    claimed_at: "2026-12-01T09:30:12.345Z",
    settled_at: "2026-12-01T09:30:12.845Z",
    run_id: "81d4adbb",
    commit: null,
    revision: `sha256:${"cd".repeat(32)}`,
  };

  test("say to whom, why, and by which id one can be resolved", () => {
    const asked = { asked: "of order/shipped: failed", width: 80 };
    const unknown = { ...delivery, status: "unknown", error_class: null, words: null } as const;
    const listed = { total: 1_204, deliveries: [delivery, { ...unknown, error_code: null }] };
    expect(showListedText(listed, asked)).toBe(
      [
        "1,204 deliveries of order/shipped: failed, the newest first",
        "",
        "2026-12-01T09:30Z  failed  order/shipped · evt-17  to u-17",
        "    user_unavailable 551/1545041: This person isn't available right now.",
        `    delivery ${"ab".repeat(32)}`,
        "",
        "2026-12-01T09:30Z  unknown  order/shipped · evt-17  to u-17",
        "    unknown: the run ended before an outcome was recorded",
        `    delivery ${"ab".repeat(32)}`,
        "",
        "1,202 older ones; `posthorn ledger export` has them all.",
        "",
      ].join("\n"),
    );
    expect(showListedText({ total: 0, deliveries: [] }, asked)).toBe(
      "0 deliveries of order/shipped: failed.\n",
    );
  });

  test("stay on their lines whatever their names are", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const odd = { ...delivery, campaign: text, occurrence: text, user_id: text, words: text };
        const shown = showListedText({ total: 1, deliveries: [odd] }, { asked: text, width: 80 });
        expect(shown).not.toMatch(UNSAFE);
        expect(shown).not.toMatch(/^\s*::/m);
      }),
    );
  });
});
