import { LEDGER_FORMAT } from "./record.ts";

/** What is wrong with one line of a ledger segment; null: it fits. */
export function checkLine(line: string, lineNumber: number, workspace: string): string | null {
  const record = parseRecord(line);
  if (record === undefined) return "it is no JSON object";
  if (lineNumber === 1) return checkHeader(record, workspace);
  const { kind, delivery, fence, seq } = record;
  if (kind !== "claim" && kind !== "settle") return "it is no claim and no settlement";
  if (typeof delivery !== "string" || !/^[0-9a-f]{64}$/.test(delivery)) {
    return "it names no delivery";
  }
  return isCount(fence) && isCount(seq) ? null : "it has no place in the order of records";
}

function checkHeader(record: Readonly<Record<string, unknown>>, workspace: string): string | null {
  const { kind, format } = record;
  if (kind !== "header") return "a segment begins with its header";
  if (format !== LEDGER_FORMAT) {
    return `its format is "${String(format)}"; this version reads ${LEDGER_FORMAT}`;
  }
  return record["workspace"] === workspace
    ? null
    : `it belongs to the workspace "${String(record["workspace"])}"`;
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function parseRecord(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
