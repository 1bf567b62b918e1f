import type { LedgerRow } from "../model/delivery.ts";
import { escapeLine } from "./escape.ts";
import { count } from "./reason-words.ts";

/** The columns of `ledger export`, in their published order. */
export const LEDGER_COLUMNS = [
  "delivery_id",
  "campaign",
  "occurrence",
  "user_id",
  "variant",
  "status",
  "message_id",
  "error_class",
  "error_code",
  "error_subcode",
  "attempts",
  "claimed_at",
  "settled_at",
  "run_id",
  "commit",
  "revision",
] as const satisfies readonly (keyof LedgerRow)[];

export function showLedgerNdjson(row: LedgerRow): string {
  return `${JSON.stringify(row)}\n`;
}

export function showLedgerCsvHeader(): string {
  return `${LEDGER_COLUMNS.join(",")}\n`;
}

/** By RFC 4180; a missing value is an empty field. */
export function showLedgerCsv(row: LedgerRow): string {
  return `${LEDGER_COLUMNS.map((column) => csvField(row[column])).join(",")}\n`;
}

function csvField(value: string | number | null): string {
  if (value === null) return "";
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Deliveries of one campaign with one status and error. */
export interface LedgerCount {
  readonly campaign: string;
  readonly status: string;
  readonly error_class: string | null;
  readonly error_code: number | null;
  readonly deliveries: number;
}

/** `ledger show`: a block a campaign. */
export function showLedger(counts: readonly LedgerCount[]): string {
  if (counts.length === 0) return "Nothing was sent yet.\n";
  const campaigns = [...new Set(counts.map((one) => one.campaign))];
  const blocks = campaigns.map((campaign) => {
    const lines = counts.filter((one) => one.campaign === campaign).map(countLine);
    return [escapeLine(campaign), ...lines].join("\n");
  });
  return `${blocks.join("\n\n")}\n`;
}

function countLine({ status, error_class, error_code, deliveries }: LedgerCount): string {
  const error = error_class === null ? "" : `  ${error_class}`;
  const code = error_code === null ? "" : ` (code ${error_code})`;
  return `  ${count(deliveries).padStart(9)}  ${status}${error}${code}`;
}
