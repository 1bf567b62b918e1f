import type { HtmlNode } from "../../bubble/html-node.ts";
import { weekday } from "../../model/calendar-days.ts";
import type { LedgerStats, OutcomeSummary, StatusCounts } from "../../model/ledger-summary.ts";
import { NOTHING_RECORDED, STATUS_WORDS, STATUSES, statusParts } from "../ledger-text.ts";
import { barDefinitions, barHtml } from "./bar.ts";
import { element, named } from "./element.ts";
import { errorsHtml } from "./errors-html.ts";
import { htmlDocument } from "./html-document.ts";
import { verdictHtml } from "./page-parts.ts";
import { type HtmlTable, tableHtml } from "./table.ts";

/** What was sent, failed and is unknown by day, as one HTML document that stands alone. */
export function showStatsHtml(stats: LedgerStats): string {
  const { workspace, from, to, timezone, totals, newest } = stats;
  const isIdle = STATUSES.every((status) => totals[status] === 0);
  const last = newest === null ? "Nothing was sent at all." : `The last was on ${newest}.`;
  const body = element("main", "few", [
    barDefinitions(),
    element("h1", "", ["Deliveries · ", named(workspace)]),
    verdictHtml(isIdle ? `Nothing was sent. ${last}` : statusParts(totals), "quiet"),
    element("p", "dim", [`From ${from} to ${to}, days in `, named(timezone), "."]),
    element("h2", { id: "days" }, "By day"),
    countsTable("Deliveries by the day on which they were claimed", "Day", daysOf(stats)),
    ...(isIdle ? [] : restHtml(stats)),
  ]);
  return htmlDocument(`Deliveries · ${workspace}`, [body]);
}

function restHtml({ campaigns, outcomes }: LedgerStats): HtmlNode[] {
  const rows = campaigns.map(({ id, campaign, totals }) => {
    const gone = id === null ? [" (file is gone)"] : [];
    return { name: [named(id ?? campaign), ...gone], counts: totals };
  });
  return [
    element("h2", { id: "campaigns" }, "By campaign"),
    countsTable("Deliveries by campaign, those with most first", "Campaign", rows),
    ...(outcomes.length === 0
      ? []
      : [element("h2", { id: "outcomes" }, "What went wrong"), errorsHtml(outcomes.map(asError))]),
  ];
}

function daysOf({ days }: LedgerStats): Named[] {
  return days.map((day) => ({
    name: [`${weekday(day.date).name} `, element("time", { datetime: day.date }, day.date)],
    counts: day,
  }));
}

interface Named {
  readonly name: HtmlTable["rows"][number]["cells"][number];
  readonly counts: StatusCounts;
}

/** Told even where there are none. */
const OUTCOMES: ReadonlySet<keyof StatusCounts> = new Set(["sent", "failed", "unknown"]);

/** A row each, its bar as long as it has deliveries beside the one with most; first, for phones. */
function countsTable(caption: string, first: string, rows: readonly Named[]): HtmlNode {
  const whole = Math.max(0, ...rows.map(({ counts }) => lengthOf(counts)));
  const shown = STATUSES.filter(
    (status) => OUTCOMES.has(status) || rows.some(({ counts }) => counts[status] > 0),
  );
  return tableHtml({
    caption,
    columns: [
      { title: first },
      { title: "Share", kind: "bars" },
      ...shown.map((status) => ({ title: titleOf(status), kind: "number" as const })),
    ],
    rows: rows.map(({ name, counts }) => ({
      cells: [name, [barOf(counts, whole)], ...shown.map((status) => counts[status])],
    })),
  });
}

function titleOf(status: keyof StatusCounts): string {
  const words = STATUS_WORDS[status];
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

function lengthOf(counts: StatusCounts): number {
  return STATUSES.reduce((sum, status) => sum + counts[status], 0);
}

function barOf({ sent, failed, unknown, claimed, released }: StatusCounts, whole: number) {
  return barHtml(
    [
      { ink: "reached", length: sent },
      { ink: "failed", length: failed },
      { ink: "unknown", length: unknown },
      { ink: "open", length: claimed + released },
    ],
    { whole },
  );
}

function asError({
  error_class,
  error_code,
  error_subcode,
  status,
  words,
  deliveries,
}: OutcomeSummary) {
  return {
    class: error_class ?? STATUS_WORDS[status],
    code: error_code,
    subcode: error_subcode,
    message: words ?? NOTHING_RECORDED[status] ?? "",
    count: deliveries,
  };
}
