import type { Report } from "../model/report.ts";
import { showReportHtml } from "../view/html/report-html.ts";
import { showReportJson } from "../view/report-json.ts";
import { showReportMarkdown } from "../view/report-markdown.ts";
import { showReport } from "../view/report-text.ts";
import type { Call } from "./options.ts";

/** Prints a report in the form that was asked for. */
export function printReport(report: Report, { options, surroundings }: Call): void {
  const { terminal } = surroundings;
  const color = options.color && terminal.outIsTerminal;
  if (options.format === "json") terminal.out(showReportJson(report));
  else if (options.format === "markdown") terminal.out(showReportMarkdown(report));
  else if (options.format === "html") terminal.out(showReportHtml(report));
  else terminal.out(showReport(report, { color, width: terminal.width }));
}
