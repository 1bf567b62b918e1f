import type { HtmlNode } from "../../bubble/html-node.ts";
import type { CampaignReport, Report, ReportedPace } from "../../model/report.ts";
import { count, duration } from "../reason-words.ts";
import { paceWords, reportVerdict } from "../report-words.ts";
import { barDefinitions, barHtml } from "./bar.ts";
import { element, instantHtml, named } from "./element.ts";
import { FEW, MOST_FOLDS, moreRows, partedRows } from "./folds.ts";
import { guardsHtml } from "./guards-html.ts";
import { htmlDocument } from "./html-document.ts";
import { factsHtml, nextHtml, verdictHtml, warningsHtml } from "./page-parts.ts";
import { reportOverview } from "./report-overview-html.ts";
import { reportedCampaignHtml } from "./reported-campaign-html.ts";
import { tableHtml } from "./table.ts";

/** What an apply did, as one HTML document that stands alone, made from nothing but the report. */
export function showReportHtml(report: Report): string {
  const folds = foldsOf(report.campaigns);
  const body = element("main", folds.size <= FEW ? "few" : "many", [
    barDefinitions(),
    ...headHtml(report),
    ...nextHtml(report.next),
    element("h2", { id: "campaigns" }, "Campaigns"),
    ...campaignsHtml(report, folds),
    ...paceHtml(report.pace),
    element("h2", { id: "guards" }, "Guards"),
    ...guardsHtml(report.guards),
    ...warningsHtml(report.warnings),
    element("footer", "", [element("p", "dim", "People are counts.")]),
  ]);
  return htmlDocument(`Campaign apply · ${report.workspace}`, [body]);
}

const KINDS: Readonly<Record<Report["outcome"], "good" | "warn" | "bad">> = {
  ok: "good",
  partial: "warn",
  interrupted: "warn",
  denied: "bad",
};

function headHtml(report: Report): HtmlNode[] {
  const { workspace, outcome, cut_off: cutOff, commit, run_id: runId, intent } = report;
  const before = report.unresolved_before;
  return [
    element("h1", "", ["Campaign apply · ", named(workspace)]),
    verdictHtml(reportVerdict(report), KINDS[outcome]),
    ...(cutOff === null ? [] : [element("p", "", cutOff.because)]),
    factsHtml([
      ["Outcome", outcome],
      ["Sent to", report.target === "meta" ? "Meta" : "a sandbox"],
      ["Began", [instantHtml(report.started_at)]],
      ["Ended", [instantHtml(report.finished_at)]],
      ...(commit === null ? [] : [["Commit", [named(commit, "code")]] as const]),
      ["Run", [named(runId, "code")]],
      ["Intent", [named(intent, "code")]],
      ...(before > 0
        ? [
            [
              "Unknown before",
              `${count(before)} ${before === 1 ? "delivery" : "deliveries"}`,
            ] as const,
          ]
        : []),
    ]),
  ];
}

/** Those with most trouble, in the order they were sent; each with its anchor. */
function foldsOf(campaigns: readonly CampaignReport[]): Map<CampaignReport, string> {
  const trouble = (one: CampaignReport) => one.failed + one.unknown + one.released + one.untried;
  const ranked = [...campaigns].sort((a, b) => trouble(b) - trouble(a) || b.sent - a.sent);
  const chosen = new Set(ranked.slice(0, MOST_FOLDS));
  const told = campaigns.filter((one) => chosen.has(one));
  return new Map(told.map((one, index) => [one, `campaign-${index + 1}`]));
}

function campaignsHtml(report: Report, folds: ReadonlyMap<CampaignReport, string>): HtmlNode[] {
  const { campaigns } = report;
  if (campaigns.length === 0) return [element("p", "", "No campaign was due.")];
  const isOpen = folds.size <= FEW;
  const { rows, more } = partedRows(campaigns, folds);
  return [
    reportOverview(rows, report.totals, folds),
    ...moreRows(more.length, () => reportOverview(more, null, folds)),
    ...[...folds].map(([one, anchor]) => reportedCampaignHtml(one, { anchor, isOpen })),
  ];
}

/** How fast it went, and what held it up. */
function paceHtml(pace: ReportedPace | null): HtmlNode[] {
  if (pace === null) return [];
  const { pauses } = pace;
  const whole = Math.max(0, ...pauses.map(({ seconds }) => seconds));
  const [speed] = paceWords({ ...pace, pauses: [] }).split("; ");
  return [
    element("h2", { id: "pace" }, "Pace"),
    element("p", "", `${speed}.`),
    ...(pauses.length === 0
      ? []
      : [
          tableHtml({
            caption: "What held sending up",
            columns: [
              { title: "Cause" },
              { title: "Pauses", kind: "number" },
              { title: "Together", kind: "number" },
              { title: "Share", kind: "bars" },
            ],
            rows: pauses.map(({ cause, count: times, seconds }) => ({
              cells: [
                cause,
                times,
                duration(Math.round(seconds)),
                [barHtml([{ ink: "open", length: seconds }], { whole })],
              ],
            })),
          }),
        ]),
  ];
}
