import { dayAfter } from "../../src/model/calendar-days.ts";
import type { DayCounts, LedgerStats, StatusCounts } from "../../src/model/ledger-summary.ts";

export const NOTHING: StatusCounts = { sent: 0, failed: 0, unknown: 0, claimed: 0, released: 0 };

/** Fourteen days up to 1 December; those that are named have something on them. */
export function daysWith(some: Readonly<Record<string, Partial<StatusCounts>>>): DayCounts[] {
  return Array.from({ length: 14 }, (_, n) => {
    const date = dayAfter("2026-11-18", n);
    return { date, ...NOTHING, ...some[date] };
  });
}

export function statsWith(over: Partial<LedgerStats> = {}): LedgerStats {
  return {
    format: "posthorn.ledger-stats/1",
    workspace: "acme",
    timezone: "Europe/Berlin",
    from: "2026-11-18",
    to: "2026-12-01",
    totals: { ...NOTHING, sent: 12_480, failed: 321, unknown: 17 },
    days: daysWith({
      "2026-11-20": { sent: 1 },
      "2026-11-27": { sent: 5_000 },
      "2026-11-28": { sent: 1_204, failed: 12, unknown: 3 },
      "2026-11-30": { sent: 6_275, failed: 309, unknown: 13 },
      "2026-12-01": { unknown: 1 },
    }),
    campaigns: [
      { id: "offers/advent", campaign: "offers/advent", totals: { ...NOTHING, sent: 11_276 } },
      {
        ...{ id: "order/shipped", campaign: "order/dispatched" },
        totals: { ...NOTHING, sent: 1_204, failed: 321, unknown: 17 },
      },
      { id: null, campaign: "offers/may", totals: NOTHING },
    ],
    outcomes: [
      {
        ...{ status: "failed", error_class: "user_unavailable", error_code: 551, deliveries: 321 },
        ...{ error_subcode: 1_545_041, words: "This person isn't available right now." },
      },
      {
        ...{ status: "unknown", error_class: null, error_code: null, deliveries: 17 },
        ...{ error_subcode: null, words: null },
      },
    ],
    newest: "2026-12-01",
    ...over,
  };
}
