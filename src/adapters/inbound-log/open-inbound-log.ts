import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { PortError, Stop } from "../../diag/errors.ts";
import { reasonOf } from "../../diag/reason-of.ts";
import type { DeliveryId } from "../../model/delivery.ts";
import type { EchoFact, PageFact } from "../../model/inbound-fact.ts";
import type { Appended, InboundStore } from "../../ports/inbound-store.ts";
import { syncFolder } from "../file-state/durable-file.ts";
import { headerFault, type LogOwner } from "./check-header.ts";
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

interface LogOptions extends LogOwner {
  /** Absolute path. */
  readonly folder: string;
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
  readonly #people = new SeenKeys();
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

  async append(facts: readonly PageFact[]): Promise<Appended> {
    const added = facts.filter(({ key }) => this.#seen.add(key));
    const newPeople = added.filter((fact) => "psid" in fact && this.#people.add(fact.psid)).length;
    if (added.length === 0) return { added, newPeople };
    const segment = this.#writable();
    const header = segment.size === 0 ? this.#header : "";
    await segment.write(header + added.map(lineOf).join(""));
    return { added, newPeople };
  }

  async echoes(): Promise<ReadonlyMap<DeliveryId, string | null>> {
    const found = new Map<DeliveryId, string | null>();
    for (const { path } of segmentsIn(this.#options.folder)) {
      for (const line of linesOf(path)) {
        if (!line.startsWith(ECHO)) continue;
        const { delivery, mid }: EchoFact = JSON.parse(line);
        found.set(delivery, mid ?? found.get(delivery) ?? null);
      }
    }
    return found;
  }

  /** Whose PSIDs they are is found out when the log is joined to the user data. */
  async people(): Promise<undefined> {
    return undefined;
  }

  async close(): Promise<void> {
    this.#segment?.close();
    this.#segment = undefined;
  }

  /** What counts as known has to be on disk: whoever sends it again is told that it is kept. */
  #read({ path, size }: Segment): void {
    if (size === 0) return;
    const fault = headerFault(path, this.#options);
    if (fault !== undefined) {
      throw new Stop("state", `${path}:1 ${fault}. Nothing was changed. Name another folder.`);
    }
    // The header has no key, and a text that is none is none of Meta's.
    for (const line of linesOf(path)) {
      this.#seen.add(keyOf(line));
      const psid = PSID.exec(line)?.[1];
      if (psid !== undefined) this.#people.add(psid);
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

/** Nothing that a person can write stands before it. */
const PSID = /^\{"key":"(?:[^"\\]|\\.)*","kind":"\w+","psid":"(\d+)"/;
const ECHO = '{"key":"echo:';
const KEY_AT = '{"key":"'.length;

/** The key stands first in every line; reading the rest of it would take five times as long. */
function keyOf(line: string): string {
  const key = line.slice(KEY_AT, line.indexOf('"', KEY_AT));
  return key.includes("\\") ? String(JSON.parse(line)["key"]) : key;
}

function makeFolder(folder: string): void {
  const made = mkdirSync(folder, { recursive: true });
  if (made === undefined) return;
  for (let at = folder; at.length >= made.length; at = dirname(at)) syncFolder(dirname(at));
}
