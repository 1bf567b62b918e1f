import { Stop } from "../diag/errors.ts";
import type { CampaignId } from "../model/campaign.ts";
import type { DeliveryId, FailureClass, OccurrenceId } from "../model/delivery.ts";
import type { Instant } from "../model/instant.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../model/json.ts";

/*
 * A segment of the ledger is an NDJSON file of one run: a header, then records in the order they
 * were written. Every record has `f`, the fencing number of the run's lease, and `i`, the byte at
 * which it starts in its file: together they order all records, and a segment whose last record
 * does not start where it says has lost or gained bytes.
 *
 *   k "h"  header   format, workspace, run, commit, startedAt (ms), host, pid, after
 *   k "g"  group    c campaign (root id), o occurrence, v variant, r revision, n counts for caps
 *   k "c"  claim    d delivery, g `i` of its group, u user, p PSID, t claimed at (ms)
 *   k "s"  settle   d delivery, s status, m message id, e error, z settled at (ms), q requests
 *
 * Columns are named once per group because a million claims share a handful of them.
 */

export const LEDGER_FORMAT = "posthorn.ledger/1";

/** Where a record stands: fencing number of its run, byte at which it starts in its segment. */
export interface RecordKey {
  readonly fence: number;
  readonly position: number;
}

export interface HeaderRecord extends RecordKey {
  readonly kind: "header";
  readonly workspace: string;
  readonly run: string;
  readonly commit: string | null;
  readonly startedAt: Instant;
  readonly host: string;
  readonly pid: number;
  /** The run whose lease was taken over because its holder was gone; else null. */
  readonly after: string | null;
}

/** What the claims of one campaign, occurrence, variant and revision have in common. */
export interface ClaimGroup {
  readonly campaign: CampaignId;
  readonly occurrence: OccurrenceId;
  readonly variant: string | null;
  readonly revision: string;
  readonly counts: boolean;
}

export interface GroupRecord extends RecordKey, ClaimGroup {
  readonly kind: "group";
}

export interface ClaimRecord extends RecordKey {
  readonly kind: "claim";
  readonly id: DeliveryId;
  /** Position of the group's record in the same segment. */
  readonly group: number;
  readonly userId: string;
  readonly psid: string;
  readonly at: Instant;
}

export type SettledStatus = "sent" | "failed" | "unknown" | "released";

export interface RecordedError {
  readonly class: FailureClass | null;
  readonly code: number | null;
  readonly subcode: number | null;
  readonly message: string;
}

export interface SettleRecord extends RecordKey {
  readonly kind: "settle";
  readonly id: DeliveryId;
  readonly status: SettledStatus;
  readonly messageId: string | null;
  readonly error: RecordedError | null;
  readonly at: Instant;
  /** HTTP requests that were made for this claim. */
  readonly requests: number;
}

export type LedgerRecord = HeaderRecord | GroupRecord | ClaimRecord | SettleRecord;

/** One record as a line with its line feed. */
export function serialiseRecord(record: LedgerRecord): string {
  const end = `"f":${record.fence},"i":${record.position}}\n`;
  switch (record.kind) {
    case "header":
      return `{"k":"h","format":"${LEDGER_FORMAT}",${headerFields(record)},${end}`;
    case "group":
      return `{"k":"g",${groupFields(record)},${end}`;
    case "claim":
      return (
        `{"k":"c","d":"${record.id}","g":${record.group},"u":${JSON.stringify(record.userId)},` +
        `"p":"${record.psid}","t":${record.at},${end}`
      );
    case "settle":
      return (
        `{"k":"s","d":"${record.id}","s":"${record.status}",${answerFields(record)}` +
        `"z":${record.at},"q":${record.requests},${end}`
      );
  }
}

function headerFields(header: HeaderRecord): string {
  const { workspace, run, commit, startedAt, host, pid, after } = header;
  return JSON.stringify({ workspace, run, commit, startedAt, host, pid, after }).slice(1, -1);
}

function groupFields(group: ClaimGroup): string {
  const { campaign: c, occurrence: o, variant: v, revision: r, counts: n } = group;
  return JSON.stringify({ c, o, v, r, n }).slice(1, -1);
}

function answerFields(record: SettleRecord): string {
  if (record.messageId !== null) return `"m":${JSON.stringify(record.messageId)},`;
  return record.error === null ? "" : `"e":${JSON.stringify(record.error)},`;
}

/**
 * A line of a segment, without its line feed, as a record; `where` names its file and line.
 * Throws Stop `state` for anything that `serialiseRecord` does not write.
 */
export function parseRecord(line: string, where: string): LedgerRecord {
  const fields = parseFields(line, where);
  const read = new FieldReader(fields, where);
  const key = { fence: read.count("f"), position: read.count("i") };
  switch (fields["k"]) {
    case "h":
      return parseHeader(read, key);
    case "g":
      return parseGroup(read, key);
    case "c":
      return parseClaim(read, key);
    case "s":
      return parseSettle(read, key);
    default:
      throw ledgerFault(where, "its kind is none that this version knows");
  }
}

/** The fault that stops every command that reads the ledger. `where` is file and line. */
export function ledgerFault(where: string, why: string): Stop {
  return new Stop(
    "state",
    `${where} LEDGER_CORRUPT The ledger cannot be read: ${why}. Nothing was sent or overwritten. ` +
      "Restore the file from a copy; without it people could be written to twice.",
  );
}

function parseFields(line: string, where: string): JsonObject {
  try {
    const value: JsonValue = JSON.parse(line);
    if (isJsonObject(value)) return value;
  } catch {
    // Told below, together with JSON that is no object.
  }
  throw ledgerFault(where, "the line is no JSON object");
}

function parseHeader(read: FieldReader, key: RecordKey): HeaderRecord {
  const format = read.text("format");
  if (format !== LEDGER_FORMAT) throw newerFormat(read.where, format);
  return {
    kind: "header",
    workspace: read.text("workspace"),
    run: read.text("run"),
    commit: read.textOrNull("commit"),
    startedAt: read.count("startedAt"),
    host: read.text("host"),
    pid: read.count("pid"),
    after: read.textOrNull("after"),
    ...key,
  };
}

function newerFormat(where: string, format: string): Stop {
  return new Stop(
    "state",
    `${where} STATE_FORMAT The ledger has the format "${format}", this version reads ` +
      `"${LEDGER_FORMAT}". Use the version of posthorn that wrote it, or a newer one.`,
  );
}

function parseGroup(read: FieldReader, key: RecordKey): GroupRecord {
  return {
    kind: "group",
    campaign: read.text("c"),
    occurrence: read.text("o"),
    variant: read.textOrNull("v"),
    revision: read.text("r"),
    counts: read.flag("n"),
    ...key,
  };
}

function parseClaim(read: FieldReader, key: RecordKey): ClaimRecord {
  return {
    kind: "claim",
    id: read.text("d"),
    group: read.count("g"),
    userId: read.text("u"),
    psid: read.text("p"),
    at: read.count("t"),
    ...key,
  };
}
