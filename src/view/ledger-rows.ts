import type { LedgerRow } from "../model/delivery.ts";

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

/** Lines end as RFC 4180 has it. */
const LINE_END = "\r\n";

export function showLedgerCsvHeader(): string {
  return LEDGER_COLUMNS.join(",") + LINE_END;
}

/** By RFC 4180. A missing value is an empty field, an empty text is `""`. */
export function showLedgerCsv(row: LedgerRow): string {
  return LEDGER_COLUMNS.map((column) => csvField(row[column])).join(",") + LINE_END;
}

function csvField(value: string | number | null): string {
  if (value === null) return "";
  const text = String(value);
  return text === "" || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
