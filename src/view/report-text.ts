import { styleText } from "node:util";
import type { CampaignReport, ErrorCount, Report } from "../model/report.ts";
import { escapeLine } from "./escape.ts";
import { count, reasonsText } from "./reason-words.ts";
import { rolloutLines } from "./rollout-lines.ts";

/** What an apply did, for people: a funnel that adds up, Meta's errors, what comes next. */
export function showReport(report: Report, { color }: { color: boolean; width: number }): string {
  const style = report.outcome === "ok" ? "green" : "yellow";
  const verdict = verdictOf(report);
  const sections = [
    [verdict, ...(report.cutOff === null ? [] : [report.cutOff.because])],
    ...report.campaigns.map(campaignLines),
    nextSteps(report),
    [resultLine(report)],
  ];
  const shown = sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map(escapeLine).join("\n"));
  const text = `${shown.join("\n\n")}\n`;
  return color
    ? text.replace(verdict, (line) => styleText(style, line, { validateStream: false }))
    : text;
}

function verdictOf({ outcome, totals, target }: Report): string {
  const where = target === "meta" ? "to Meta" : "to a sandbox";
  const sent = `${count(totals.sent)} messages sent ${where}`;
  if (outcome === "ok") return `${sent}.`;
  const ends = {
    interrupted: "the run was interrupted",
    denied: "Meta refuses the page or its token",
    partial: "some due ones are left",
  } as Readonly<Record<string, string>>;
  return `${sent}; ${ends[outcome] ?? outcome}.`;
}

function campaignLines(campaign: CampaignReport): string[] {
  const { id, matched, leftOut, sent, failed, unknown, released, untried, stopped } = campaign;
  const left = Object.values(leftOut).reduce((sum, people) => sum + people, 0);
  const parts = [
    `${count(sent)} sent`,
    ...(failed > 0 ? [`${count(failed)} failed`] : []),
    ...(unknown > 0 ? [`${count(unknown)} unknown`] : []),
    ...(released > 0 ? [`${count(released)} due again`] : []),
    ...(untried > 0 ? [`${count(untried)} not tried`] : []),
  ];
  return [
    `> ${id}  ${parts.join(", ")}  (${campaign.seconds} s)`,
    `    ${count(matched)} matched − ${count(left)} left out = ${count(matched - left)}`,
    ...(left > 0 ? [`    ${reasonsText(leftOut as Record<string, number>)}`] : []),
    ...campaign.errors.map(errorLine),
    ...rolloutLines(campaign.rollout).map((line) => `    ${line}`),
    ...(stopped === null || stopped.scope === "wave"
      ? []
      : [`    stopped (${stopped.scope}): ${stopped.because}`]),
  ];
}

function errorLine({ errorClass, code, subcode, message, count: people }: ErrorCount): string {
  const codes = code === null ? "" : ` ${code}${subcode === null ? "" : `/${subcode}`}`;
  return `    ${count(people)} × ${errorClass}${codes}: ${message}`;
}

function nextSteps({ totals, unresolvedBefore }: Report): string[] {
  const unknown = totals.unknown + unresolvedBefore;
  return [
    ...(unknown > 0
      ? [
          `${count(unknown)} deliveries have an unknown outcome: they may have arrived, so they ` +
            "are never sent again by themselves.",
        ]
      : []),
    ...(totals.released + totals.untried > 0
      ? ["What is due again or was not tried goes out with the next apply."]
      : []),
  ];
}

/** Stable: scripts may search for it. */
function resultLine({ totals }: Report): string {
  const parts = Object.entries(totals).map(([name, value]) => `${name}=${value}`);
  return `Result: ${parts.join(" ")}`;
}
