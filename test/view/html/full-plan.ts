import type { Guard, Plan, PlannedCampaign } from "../../../src/model/plan.ts";
import { plannedWith, planWith } from "../../plan/fixtures.ts";

const QUICK = [{ content_type: "text", title: "Show me", payload: "SHOW" }];

/** A due campaign that the change of files made another one. */
export const SALE = plannedWith(12_480, {
  id: "offers/sale",
  purpose: "promotion",
  matched: 14_902,
  left_out: { outside_window: 1910, frequency_cap: 512 },
  ceiling: 18_720,
  last_eligible: 6_207,
  change: "changed",
  changes: [
    { path: "message.text", before: "Up to 30% off", after: "Up to 40% off" },
    { path: "holdout", before: null, after: "5%" },
  ],
  entering: 700,
  leaving: 3,
  samples: [
    {
      ...{ variant: "a", locale: "de", people: 12_001 },
      message: { text: "Hallo •••, bis zu 40 %", quick_replies: QUICK },
      before: { text: "Hallo •••, bis zu 30 %", quick_replies: QUICK },
    },
    { variant: "b", locale: null, people: 479, message: { text: "Up to 40% off" } },
  ],
  seconds: 624,
  rollout: {
    waves: [500, null],
    stop_if: { failed: 0.02, unavailable: 0.2 },
    held: 0,
    occurrences: [
      {
        occurrence: "2026-12-01T09:00:00Z",
        waves: [
          { tried: 120, failed: 3, unknown: 1, unavailable: 2, people: 380 },
          { tried: 0, failed: 0, unknown: 0, unavailable: 0, people: 12_100 },
        ],
        stopped: null,
      },
    ],
  },
});

/** Due, and kept back by the stop of its first wave. */
const HELD = plannedWith(90, {
  id: "offers/advent-lights",
  action: "none",
  matched: 100,
  left_out: { no_psid: 10 },
  rollout: {
    waves: [20, null],
    stop_if: { failed: 0.1, unavailable: null },
    held: 90,
    occurrences: [
      {
        occurrence: "once",
        waves: [
          { tried: 20, failed: 6, unknown: 0, unavailable: 6, people: 0 },
          { tried: 0, failed: 0, unknown: 0, unavailable: 0, people: 90 },
        ],
        stopped: {
          ...{ wave: 1, rule: "failed", limit: 0.1, bad: 6, tried: 20 },
          accept: 'acknowledge:\n  - { rule: rollout, occurrence: once, because: "…" }',
        },
      },
    ],
  },
});

const GROWTH: Guard = {
  ...{ rule: "max_growth", campaign: "offers/sale", limit: 9310, actual: 12_600 },
  ...{ outcome: "block", source: { file: "posthorn.yaml", line: 9 }, in_base: false },
  accept: 'acknowledge:\n  - { rule: max_growth, limit: 103%, until: YYYY-MM-DD, because: "…" }',
};
const GUARDS: readonly Guard[] = [
  {
    ...{ rule: "max_recipients", campaign: null, limit: 25_000, actual: 12_483 },
    ...{ outcome: "pass", source: { file: "posthorn.yaml", line: 8 }, accept: null },
  },
  GROWTH,
  {
    ...{ rule: "empty_audience", campaign: "care/guide", limit: 1, actual: 0 },
    ...{ outcome: "warn", source: { file: "campaigns/care/guide.yaml", line: 1 } },
    accept: 'acknowledge:\n  - { rule: empty_audience, until: YYYY-MM-DD, because: "…" }',
  },
];

/** A plan with everything that a plan can hold: a base, a look ahead, guards of every outcome. */
export function fullPlan(campaigns: readonly PlannedCampaign[] = CAMPAIGNS): Plan {
  const plan = planWith([...campaigns]);
  return {
    ...plan,
    snapshot: {
      ...plan.snapshot,
      git: { head: "a".repeat(40), base: "b".repeat(40), dirty: true },
      guards: [...GUARDS],
      warnings: [
        {
          ...{ code: "DATA_OLD", summary: "User data is old" },
          detail: "The newest user file was written 55 h ago.",
          source: { file: "posthorn.yaml", line: 24 },
        },
      ],
      horizon: {
        timezone: "Europe/Berlin",
        until: "2026-12-08T09:30:00Z",
        sends: [
          { id: "care/guide", at: "2026-12-01T23:30:00Z", people: 0, capped: 10 },
          { id: "offers/sale", at: "2026-12-06T09:00:00Z", people: 410, capped: 12 },
          { id: "later", at: "2026-12-06T09:00:00Z", people: 9, capped: 0 },
        ],
        collisions: [{ date: "2026-12-06", campaigns: ["later", "offers/sale"], people: 3 }],
        by_event: ["order/shipped"],
      },
      compared: {
        removed: [{ id: "offers/may", because: "deleted", leaving: 40 }],
        guards: [{ path: "max_recipients", before: 1000, after: 90_000 }],
      },
    },
    summary: { campaigns: 2, recipients: 12_483, blocked: 1, warnings: 1 },
  };
}

const CAMPAIGNS: readonly PlannedCampaign[] = [
  SALE,
  HELD,
  plannedWith(0, { id: "care/guide", change: "none", matched: 7, left_out: { no_consent: 7 } }),
  plannedWith(9, { id: "later", action: "upcoming", due_at: "2026-12-06T09:00:00Z" }),
];
