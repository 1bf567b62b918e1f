import type { Report } from "../model/report.ts";
import { showJson } from "./escape.ts";

/** What an apply did, for programs. */
export function showReportJson(report: Report): string {
  return showJson(report);
}
