import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { PortError, Stop } from "../../diag/errors.ts";
import { reasonOf } from "../../diag/reason-of.ts";
import type { PageFact } from "../../model/inbound-fact.ts";
import type { InboundStore } from "../../ports/inbound-store.ts";
import { syncFolder } from "../file-state/durable-file.ts";
import { LogSegment } from "./log-segment.ts";
import { SeenKeys } from "./seen-keys.ts";
import {
  INBOUND_FORMAT,
  linesOf,
  type Segment,
  type SegmentHeader,
  segmentsIn,
  syncSegment,
} from "./segment-files.ts";

/** A segment that has grown this large is followed by another one. */
const FULL_BYTES = 64 * 1024 * 1024;

interface LogOptions {
  /** Absolute path. */
  readonly folder: string;
  readonly workspace: string;
  readonly pageId: string;
  /** Makes the name of a new segment, greater than those before, never given before. */
  readonly newName: () => string;
}

/**
 * Opens the log of what people told the page. Several processes may write at once, each to a
 * segment of its own; what they write twice counts once when it is read. Throws Stop `state` for a
 * log of another page or workspace, PortError where the folder cannot be read.
 */
export function openInboundLog(options: LogOptions): InboundStore {
  try {
    return new InboundLog(options);
  } catch (fault) {
    if (fault instanceof Stop || fault instanceof PortError) throw fault;
    const message = `The folder ${options.folder} cannot be used: ${reasonOf(fault)}.`;
    throw new PortError(message, { retryable: false, cause: fault });
  }
}

class InboundLog implements InboundStore {
  readonly #options: LogOptions;
  readonly #seen = new SeenKeys();
  readonly #header: string;
  #segment: LogSegment | undefined;

  constructor(options: LogOptions) {
    this.#options = options;
    const { workspace, pageId } = options;
    const header: SegmentHeader = { format: INBOUND_FORMAT, workspace, page: pageId };
    this.#header = `${JSON.stringify(header)}\n`;
    makeFolder(options.folder);
    for (const segment of segmentsIn(options.folder)) this.#read(segment);
  }

  async append(facts: readonly PageFact[]): Promise<readonly PageFact[]> {
    const added = facts.filter(({ key }) => this.#seen.add(key));
    if (added.length === 0) return added;
    const segment = this.#writable();
    const header = segment.size === 0 ? this.#header : "";
    await segment.write(header + added.map(lineOf).join(""));
    return added;
  }

  async close(): Promise<void> {
    this.#segment?.close();
    this.#segment = undefined;
  }

  /** What counts as known has to be on disk: whoever sends it again is told that it is kept. */
  #read({ path, size }: Segment): void {
    if (size === 0) return;
    let number = 0;
    for (const line of linesOf(path)) {
      number++;
      if (number === 1) checkHeader(line, path, this.#options);
      else this.#seen.add(keyOf(line));
    }
    syncSegment(path);
  }

  #writable(): LogSegment {
    if (this.#segment !== undefined && this.#segment.size < FULL_BYTES) return this.#segment;
    this.#segment?.close();
    this.#segment = this.#lastOne() ?? this.#newOne();
    return this.#segment;
  }

  /** The newest one goes on where nobody else writes to it and no crash tore it. */
  #lastOne(): LogSegment | undefined {
    const last = segmentsIn(this.#options.folder).at(-1);
    if (last === undefined || last.torn || last.size >= FULL_BYTES) return undefined;
    return LogSegment.take(last.path, last.size);
  }

  #newOne(): LogSegment {
    const path = join(this.#options.folder, `${this.#options.newName()}.ndjson`);
    const segment = LogSegment.take(path, 0);
    if (segment !== undefined) return segment;
    throw new PortError(`${path} exists already.`, { retryable: true });
  }
}

function lineOf(fact: PageFact): string {
  return `${JSON.stringify(fact)}\n`;
}

const KEY_AT = '{"key":"'.length;

/** The key stands first in every line; reading the rest of it would take five times as long. */
function keyOf(line: string): string {
  const key = line.slice(KEY_AT, line.indexOf('"', KEY_AT));
  return key.includes("\\") ? String(JSON.parse(line)["key"]) : key;
}

function checkHeader(line: string, path: string, { workspace, pageId }: LogOptions): void {
  const header = parseHeader(line);
  const fault =
    header?.format !== INBOUND_FORMAT
      ? `is no log that this version reads (${INBOUND_FORMAT})`
      : header.workspace !== workspace
        ? `belongs to the workspace "${header.workspace}"`
        : header.page !== pageId
          ? "belongs to another page"
          : undefined;
  if (fault === undefined) return;
  throw new Stop("state", `${path}:1 ${fault}. Nothing was changed. Name another folder.`);
}

function parseHeader(line: string): Partial<SegmentHeader> | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function makeFolder(folder: string): void {
  const made = mkdirSync(folder, { recursive: true });
  if (made === undefined) return;
  for (let at = folder; at.length >= made.length; at = dirname(at)) syncFolder(dirname(at));
}
