import type { CampaignReport, Report } from "../../src/model/report.ts";

/** A campaign of which everything went well; `over` changes what a test is about. */
export function campaignReport(over: Partial<CampaignReport> = {}): CampaignReport {
  return {
    id: "order/shipped",
    source: { file: "campaigns/order/shipped.yaml", line: 2 },
    matched: 84,
    left_out: { no_psid: 5, no_consent: 7, late: 23, quiet_hours: 4, outside_window: 17 },
    sent: 28,
    failed: 0,
    unknown: 0,
    released: 0,
    untried: 0,
    errors: [],
    rollout: null,
    stopped: null,
    seconds: 1,
    ...over,
  };
}

/** A campaign with everything that can go wrong, stopped after its first wave. */
export function stoppedCampaign(): CampaignReport {
  const because =
    "wave 1 of 3: 120 of 1,000 failed or have an unknown outcome (12%), above failed: 2%";
  return campaignReport({
    id: "offers/advent-lights",
    source: { file: "campaigns/offers/advent-lights.yaml", line: 2 },
    matched: 12_480,
    left_out: { no_consent: 1_706, frequency_cap: 204 },
    sent: 870,
    failed: 128,
    unknown: 2,
    released: 3,
    untried: 9_567,
    errors: [
      error("user_unavailable", 60, "This person isn't available right now.", 551, 1545041),
      error("rejected", 60, "(#613) Calls to this API have exceeded the rate limit.", 613, 2018338),
      error("message_invalid", 8, "(#100) Length of param message[text] must be less than", 100),
      error("unknown", 2, "no answer within 30 s"),
      error("released", 3, "connection refused"),
    ],
    rollout: {
      waves: [1_000, 5_000, null],
      stop_if: { failed: 0.02, unavailable: 0.2 },
      held: 9_570,
      occurrences: [
        {
          occurrence: "once",
          waves: [
            { tried: 1_000, failed: 128, unknown: 2, unavailable: 60, people: 0 },
            { tried: 0, failed: 0, unknown: 0, unavailable: 0, people: 5_000 },
            { tried: 0, failed: 0, unknown: 0, unavailable: 0, people: 4_570 },
          ],
          stopped: {
            ...{ wave: 1, rule: "failed", limit: 0.02, bad: 120, tried: 1_000 },
            accept: 'acknowledge:\n  - { rule: rollout, occurrence: once, because: "…" }',
          },
        },
      ],
    },
    stopped: { scope: "wave", because },
    seconds: 94,
  });
}

export function reportWith(over: Partial<Report> = {}): Report {
  return {
    format: "posthorn.report/1",
    workspace: "acme",
    run_id: "0191b2c4-7d1e-7c3a-9f00-8a2b6c1d2e3f",
    target: "meta",
    commit: "1f0c9d2b7a",
    intent: `sha256:${"ab".repeat(32)}`,
    started_at: "2026-12-01T09:30:00Z",
    finished_at: "2026-12-01T09:32:00Z",
    outcome: "ok",
    cut_off: null,
    totals: {
      ...{ matched: 84, left_out: 56, sent: 28 },
      ...{ failed: 0, unknown: 0, released: 0, untried: 0 },
    },
    campaigns: [campaignReport()],
    pace: { requests: 28, mean_per_second: 19.6, peak_per_second: 20, pauses: [] },
    unresolved_before: 0,
    guards: [],
    warnings: [],
    next: [],
    ...over,
  };
}

/** What an apply says on a bad day. */
export function badReport(): Report {
  const stopped = stoppedCampaign();
  return reportWith({
    outcome: "partial",
    cut_off: { by: "max_runtime", because: "The time of --max-runtime was over." },
    campaigns: [campaignReport(), stopped],
    totals: {
      ...{ matched: 12_564, left_out: 1_966, sent: 898 },
      ...{ failed: 128, unknown: 2, released: 3, untried: 9_567 },
    },
    pace: {
      ...{ requests: 1_040, mean_per_second: 11.06, peak_per_second: 20 },
      pauses: [{ cause: "Meta limits the page (code 613)", count: 2, seconds: 60 }],
    },
    unresolved_before: 1,
    guards: [
      {
        ...{ rule: "max_recipients", campaign: null, limit: 25_000, actual: 10_598 },
        ...{ outcome: "pass", source: { file: "posthorn.yaml", line: 30 }, accept: null },
      },
      {
        ...{ rule: "max_growth", campaign: "offers/advent-lights", limit: 9_000, actual: 10_570 },
        ...{ outcome: "accepted", source: { file: "posthorn.yaml", line: 31 }, accept: null },
      },
    ],
    warnings: [
      {
        ...{ code: "DATA_OLD", summary: "User data is old", source: null },
        detail: "The newest user file was written at 2026-11-29T02:00:00Z, 55 h ago.",
      },
    ],
    next: [
      {
        kind: "unknown",
        text:
          "3 deliveries have an unknown outcome, 1 of them since an earlier run. The message may " +
          "have arrived, and nobody shall get it twice, so it is not sent again by itself. Find " +
          "out what became of it:",
        command: "posthorn ledger resolve --conversations",
      },
      { kind: "apply", text: "3 messages are still due.", command: "posthorn apply" },
    ],
  });
}

function error(
  kind: CampaignReport["errors"][number]["class"],
  count: number,
  ...[message, code = null, subcode = null]: [string, (number | null)?, (number | null)?]
): CampaignReport["errors"][number] {
  return { class: kind, code, subcode, message, count };
}
