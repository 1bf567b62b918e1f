import type { CampaignReport, NextStep, Report, ReportedError } from "../model/report.ts";
import { mdCode, mdDetails, mdFence, mdText } from "./markdown.ts";
import { count, reasonsText } from "./reason-words.ts";
import { guardRows, paceWords, reportVerdict } from "./report-words.ts";
import { rolloutLines } from "./rollout-lines.ts";

/** GitHub drops a step's summary above 1 MiB. */
const MAX_ROWS = 1_000;

/** What an apply did, as Markdown for a step's summary: the verdict first, then what to do. */
export function showReportMarkdown(report: Report): string {
  const { campaigns } = report;
  const shown = campaigns.slice(0, MAX_ROWS);
  const more = campaigns.length - shown.length;
  const blocks = [
    heading(report),
    verdict(report),
    nextBlock(report.next),
    campaignTable(shown, report.totals),
    more > 0 ? `And ${count(more)} more campaigns; the JSON report has them all.` : "",
    ...shown.filter(hasDetails).map(details),
    guardTable(report),
    report.warnings.map(({ detail }) => `- ${mdText(detail)}`).join("\n"),
    report.pace === null ? "" : `Pace: ${mdText(paceWords(report.pace))}`,
    footer(report),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

const ICONS: Readonly<Record<Report["outcome"], string>> = {
  ok: "✅ done",
  partial: "⏸️ not everybody was tried",
  denied: "⛔ refused by Meta",
  interrupted: "⏹️ interrupted",
};

function heading({ workspace, commit, outcome }: Report): string {
  const at = commit === null ? "" : ` · ${mdCode(commit.slice(0, 7))}`;
  return `### Campaign apply · ${mdText(workspace)}${at} · ${ICONS[outcome]}`;
}

function verdict(report: Report): string {
  const { cut_off: cutOff } = report;
  const line = `**${mdText(reportVerdict(report))}**`;
  return cutOff === null ? line : `${line} ${mdText(cutOff.because)}`;
}

function nextBlock(next: readonly NextStep[]): string {
  if (next.length === 0) return "";
  const lines = next.flatMap(({ text, command }, index) => [
    `> ${index + 1}. ${mdText(text)}`,
    ...(command === null
      ? []
      : ["", ...mdFence(command).split("\n")].map((line) => `>    ${line}`.trimEnd())),
  ]);
  return ["> [!IMPORTANT]", "> **Next**", ">", ...lines].join("\n");
}

const NUMBERS = ["matched", "left out", "sent", "failed", "unknown", "due again", "not tried"];

function campaignTable(campaigns: readonly CampaignReport[], totals: Report["totals"]): string {
  if (campaigns.length === 0) return "";
  const rows = campaigns.map((campaign) =>
    row(mdCode(campaign.id), { ...campaign, left_out: leftOutCount(campaign) }),
  );
  const all = campaigns.length === 1 ? [] : [row("all", totals)];
  return [
    `| Campaign | ${NUMBERS.join(" | ")} |`,
    `|---|${NUMBERS.map(() => "--:").join("|")}|`,
    ...rows,
    ...all,
  ].join("\n");
}

function row(name: string, numbers: Report["totals"]): string {
  const { matched, left_out, sent, failed, unknown, released, untried } = numbers;
  const cells = [matched, left_out, sent, failed, unknown, released, untried].map(count);
  return `| ${name} | ${cells.join(" | ")} |`;
}

function leftOutCount({ left_out: leftOut }: CampaignReport): number {
  return Object.values(leftOut).reduce((sum, people) => sum + people, 0);
}

function hasDetails(campaign: CampaignReport): boolean {
  const { errors, rollout, stopped } = campaign;
  return errors.length > 0 || rollout !== null || stopped !== null || leftOutCount(campaign) > 0;
}

function details(campaign: CampaignReport): string {
  const { id, source, left_out, errors, rollout, stopped } = campaign;
  const body = [
    leftOutCount(campaign) > 0 ? `Left out: ${mdText(reasonsText(left_out))}` : "",
    errors.length > 0 ? errorTable(errors) : "",
    stopped === null || stopped.scope === "wave"
      ? ""
      : `**Stopped** (${stopped.scope}): ${mdText(stopped.because)}`,
    rolloutLines(rollout)
      .map((line) => `- ${mdText(line)}`)
      .join("\n"),
    mdCode(`${source.file}:${source.line}`),
  ];
  return mdDetails(id, body.filter((part) => part !== "").join("\n\n"));
}

function errorTable(errors: readonly ReportedError[]): string {
  const rows = errors.map(({ class: kind, code, subcode, message, count: people }) => {
    const codes = code === null ? "" : `${code}${subcode === null ? "" : `/${subcode}`}`;
    return `| ${count(people)} | ${kind} | ${codes} | ${mdText(message)} |`;
  });
  return ["| | class | code | words |", "|--:|---|---|---|", ...rows].join("\n");
}

function guardTable({ guards }: Report): string {
  if (guards.length === 0) return "";
  const rows = guardRows(guards).map((cells) => `| ${cells.map(mdText).join(" | ")} |`);
  return ["| Guard | rule | actual | limit |", "|---|---|--:|---|", ...rows].join("\n");
}

function footer({ run_id: runId, started_at, finished_at, intent }: Report): string {
  return (
    `<sub>Run ${mdCode(runId)}, ${started_at} to ${finished_at}. Intent: ${mdCode(intent)}. ` +
    "People are counts.</sub>"
  );
}
