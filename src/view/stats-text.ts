import { weekday } from "../model/calendar-days.ts";
import type { DayCounts, LedgerStats, StatusCounts } from "../model/ledger-summary.ts";
import { type Column, columnLines } from "./columns.ts";
import { escapeLine } from "./escape.ts";
import { outcomeLines, STATUS_WORDS, STATUSES, statusParts } from "./ledger-text.ts";
import { count } from "./reason-words.ts";
import { wrap } from "./wrap.ts";

/** Kinds of bad outcomes that are told one by one. */
const TOLD_OUTCOMES = 6;
const TOLD_CAMPAIGNS = 10;
/** A bar of fewer columns shows nothing. */
const LEAST_BAR = 10;

/** The three that a bar is made of, each with a sign that no colour is needed for. */
const SIGNS = { sent: "█", failed: "▒", unknown: "░" } as const;
const DRAWN = ["sent", "failed", "unknown"] as const;

/** What was sent, failed and is unknown by day, as a chart for a terminal of `width` columns. */
export function showStatsText(stats: LedgerStats, width: number): string {
  const { from, to, timezone, totals, days, newest } = stats;
  const stretch = `${from} to ${to}, days in ${timezone}`;
  if (STATUSES.every((status) => totals[status] === 0)) {
    const last = newest === null ? "Nothing was sent at all." : `The last was on ${newest}.`;
    return lines([wrap(`Nothing was sent from ${stretch}. ${last}`, width)]);
  }
  const told = stats.outcomes.slice(0, TOLD_OUTCOMES);
  const digits = Math.max(0, ...told.map((one) => count(one.deliveries).length));
  const others = stats.outcomes.length - told.length;
  return lines([
    [`Deliveries from ${stretch}`, statusParts(totals)].flatMap((one) => wrap(one, width)),
    chartLines(days, width),
    campaignLines(stats.campaigns, width),
    [
      ...told.flatMap((one) => outcomeLines(one, digits, width)),
      ...(others > 0 ? [`    and ${count(others)} other kinds`] : []),
    ],
  ]);
}

function chartLines(days: readonly DayCounts[], width: number): string[] {
  const shown = STATUSES.filter((status) => isDrawn(status) || days.some((day) => day[status] > 0));
  const columns: Column[] = [
    { title: "", cells: days.map(({ date }) => dayText(date)), side: "left" },
    ...shown.map((status): Column => {
      const cells = days.map((day) => count(day[status]));
      const sign = isDrawn(status) ? ` ${SIGNS[status]}` : "";
      return { title: `${STATUS_WORDS[status]}${sign}`, cells, side: "right" };
    }),
  ];
  const numbers = columnLines(columns, width);
  const used = Math.max(...numbers.map((line) => [...line].length));
  const room = Math.max(LEAST_BAR, width - used - 2);
  const most = Math.max(...days.map(drawnOf));
  const [titles = "", ...rows] = numbers;
  return [
    titles,
    ...rows.map((row, n) => `${row.padEnd(used)}  ${bar(days[n], most, room)}`.trimEnd()),
  ];
}

function isDrawn(status: keyof StatusCounts): status is (typeof DRAWN)[number] {
  return DRAWN.some((one) => one === status);
}

function drawnOf(day: StatusCounts): number {
  return DRAWN.reduce((sum, status) => sum + day[status], 0);
}

/** Whatever is there at all has one column; the longest stretch gives way to that. */
function bar(day: DayCounts | undefined, most: number, room: number): string {
  if (day === undefined || most === 0) return "";
  const columnsOf = (many: number) =>
    many === 0 ? 0 : Math.max(1, Math.round((many / most) * room));
  const lengths = DRAWN.map((status) => columnsOf(day[status]));
  const parts = lengths.filter((length) => length > 0).length;
  let excess =
    lengths.reduce((sum, length) => sum + length, 0) - Math.max(parts, columnsOf(drawnOf(day)));
  for (; excess > 0; excess--) {
    const longest = lengths.indexOf(Math.max(...lengths));
    lengths[longest] = (lengths[longest] ?? 0) - 1;
  }
  return DRAWN.map((status, n) => SIGNS[status].repeat(lengths[n] ?? 0)).join("");
}

/** `Mon 2026-11-30`. */
function dayText(date: string): string {
  return `${weekday(date).name} ${date}`;
}

function campaignLines(campaigns: LedgerStats["campaigns"], width: number): string[] {
  const told = campaigns.slice(0, TOLD_CAMPAIGNS);
  const more = campaigns.length - told.length;
  const shown = STATUSES.filter((status) => told.some(({ totals }) => totals[status] > 0));
  const columns: Column[] = [
    {
      title: "campaign",
      cells: told.map(({ id, campaign }) => escapeLine(id ?? `${campaign} (file is gone)`)),
      side: "left",
      shrinks: true,
    },
    ...shown.map((status): Column => {
      const cells = told.map(({ totals }) => count(totals[status]));
      return { title: STATUS_WORDS[status], cells, side: "right" };
    }),
  ];
  const rest = more > 0 ? [`and ${count(more)} more campaigns`] : [];
  return [...columnLines(columns, width), ...rest];
}

function lines(blocks: readonly (readonly string[])[]): string {
  const shown = blocks.filter((block) => block.length > 0);
  return `${shown.map((block) => block.map(escapeLine).join("\n")).join("\n\n")}\n`;
}
