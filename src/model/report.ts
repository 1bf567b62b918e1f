import type { FailureClass } from "./delivery.ts";
import type {
  Campaign,
  CutOff,
  Error as Kind,
  Pace,
  Step,
  WrittenReport,
} from "./generated/report-written.ts";

/** What an apply did; `schemas/report.schema.json` says what each part means. */
export type Report = WrittenReport;
export type CampaignReport = Campaign;
export type ReportedError = Kind;
export type ReportedPace = Pace;
export type NextStep = Step;
export type { CutOff };

/** A kind of failure with its number of deliveries. */
export interface ErrorCount {
  readonly errorClass: FailureClass | "unknown" | "released";
  readonly code: number | null;
  readonly subcode: number | null;
  /** Meta's words, or ours where Meta said nothing. */
  readonly message: string;
  readonly count: number;
}
