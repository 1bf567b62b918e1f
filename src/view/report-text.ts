import { styleText } from "node:util";
import type { CampaignReport, NextStep, Report, ReportedError } from "../model/report.ts";
import { escapeLine } from "./escape.ts";
import { warningLine } from "./plan-text.ts";
import { count, duration, reasonParts } from "./reason-words.ts";
import { guardRows, paceWords, reportVerdict } from "./report-words.ts";
import { rolloutLines } from "./rollout-lines.ts";
import { wrap } from "./wrap.ts";

interface ReportTextOptions {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

/** What an apply did, for people: funnels that add up, errors in Meta's words, what comes next. */
export function showReport(report: Report, { color, width }: ReportTextOptions): string {
  const verdict = reportVerdict(report);
  const { cut_off: cutOff } = report;
  const sections = [
    [verdict, ...(cutOff === null ? [] : wrap(cutOff.because, width))],
    ...report.campaigns.map((campaign) => campaignLines(campaign, width)),
    report.pace === null ? [] : wrap(paceWords(report.pace), width, "Pace  "),
    guardLines(report),
    report.warnings.flatMap((warning) => wrap(warningLine(warning), width)),
    nextLines(report.next, width),
    [resultLine(report)],
  ];
  const shown = sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map(escapeLine).join("\n"));
  const text = `${shown.join("\n\n")}\n`;
  return color ? text.replace(verdict, (line) => paint(line, report)) : text;
}

function paint(line: string, { outcome }: Report): string {
  const style = outcome === "ok" ? "green" : outcome === "denied" ? "red" : "yellow";
  return styleText(style, line, { validateStream: false });
}

function campaignLines(campaign: CampaignReport, width: number): string[] {
  const { id, source, stopped, seconds } = campaign;
  const isWave = stopped?.scope === "wave";
  const stop = stopped === null || isWave ? [] : wrap(stopped.because, width, "    stopped: ");
  return [
    `> ${id}  (${duration(seconds)})  ${source.file}:${source.line}`,
    ...funnelLines(campaign, width),
    ...rolloutLines(campaign.rollout).flatMap((line) => wrap(line, width, "    ")),
    ...stop,
  ];
}

/** Rows of numbers, one under the other; what they consist of stands beside them. */
function funnelLines(campaign: CampaignReport, width: number): string[] {
  const { matched, left_out: leftOut, sent, failed, unknown, released, untried } = campaign;
  const left = Object.values(leftOut).reduce((sum, people) => sum + people, 0);
  const ofClass = (...classes: readonly string[]) =>
    campaign.errors.filter((error) => classes.includes(error.class)).map(errorWords);
  const refused = campaign.errors
    .filter((error) => error.class !== "unknown" && error.class !== "released")
    .map(errorWords);
  const rows: (readonly [number, string, readonly (string | string[])[]])[] = [
    [matched, "matched", []],
    [left, "left out", left === 0 ? [] : [reasonParts(leftOut)]],
    [sent, "sent", []],
    [failed, "failed", refused],
    [unknown, "unknown", ofClass("unknown")],
    [released, "due again", ofClass("released")],
    [untried, "not tried", []],
  ];
  const digits = count(matched).length;
  return rows.flatMap(([people, label, details]) => {
    if (people === 0 && label !== "matched" && label !== "sent") return [];
    const head = `    ${count(people).padStart(digits)} ${label}`;
    if (details.length === 0) return [head];
    const rest = " ".repeat(4 + digits + 1);
    return details.flatMap((detail, index) =>
      wrap(detail, width, (index === 0 ? head : rest).padEnd(4 + digits + 13)),
    );
  });
}

function errorWords(error: ReportedError): string {
  const { code, subcode, message, count: people } = error;
  const codes = code === null ? "" : ` ${code}${subcode === null ? "" : `/${subcode}`}`;
  return `${count(people)} × ${error.class}${codes}: ${message}`;
}

function guardLines({ guards }: Report): string[] {
  const rows = guardRows(guards);
  const widths = [0, 1, 2].map((column) =>
    Math.max(...rows.map((row) => [...(row[column] ?? "")].length)),
  );
  return rows.map(([outcome = "", rule = "", actual = "", limit = ""], index) => {
    const head = index === 0 ? "Guards  " : " ".repeat(8);
    const [first = 0, second = 0, third = 0] = widths;
    const cells = [outcome.padEnd(first), rule.padEnd(second), actual.padStart(third)];
    return `${head}${cells.join("  ")} ${limit}`;
  });
}

function nextLines(next: readonly NextStep[], width: number): string[] {
  if (next.length === 0) return [];
  return [
    "Next",
    ...next.flatMap(({ text, command }, index) => [
      ...wrap(text, width, `  ${index + 1}. `),
      ...(command === null ? [] : command.split("\n").map((line) => `       ${line}`)),
    ]),
  ];
}

/** Stable: scripts may search for it. */
function resultLine({ totals, outcome }: Report): string {
  const { sent, failed, unknown, released, untried } = totals;
  const parts = Object.entries({ sent, failed, unknown, released, untried });
  return `Result: ${parts.map(([name, n]) => `${name}=${n}`).join(" ")} outcome=${outcome}`;
}
