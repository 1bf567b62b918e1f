import type { Report } from "../model/report.ts";

/** What an apply did, for programs. */
export function showReportJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
