import { closeSync, fdatasync, fdatasyncSync, ftruncateSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { PortError, Stop } from "../../diag/errors.ts";
import { faultCode, reasonOf } from "../../diag/reason-of.ts";
import type { HeaderRecord, LedgerRecord } from "../../ledger/record.ts";
import { syncFolder, writeWhole } from "./durable-file.ts";

/** How long a settlement may wait to be on disk (SPEC section 8: within a second). */
const FLUSH_AFTER_MS = 500;

/**
 * Appends to one ledger segment, which is made with its first record. What `write` resolved for
 * survives a power cut; what it rejected for is taken back, as far as the disk obeys. While the
 * disk is busy everything that comes waits for one next write.
 */
export class SegmentWriter {
  readonly #path: string;
  readonly #header: string;
  #file: number | undefined;
  /** Bytes that are whole. */
  #size = 0;
  /** Lines that wait for the next write: settlements, and records that somebody waits for. */
  #appended: string[] = [];
  #awaited: string[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** The last write that has begun, and the one that begins after it. */
  #line: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;
  /** Set once the file cannot be trusted to be what was written. */
  #broken: PortError | undefined;

  constructor(path: string, header: HeaderRecord) {
    this.#path = path;
    this.#header = lineOf(header);
  }

  /** Makes the segment now rather than with its first record. Before anything is written. */
  begin(): void {
    fdatasyncSync(this.#put(this.#header));
  }

  /** Keeps a record for the next write, which comes within half a second. */
  append(record: LedgerRecord): void {
    this.#appended.push(lineOf(record));
    // There is nobody to throw to; what could not be written waits for the next write.
    this.#timer ??= setTimeout(() => this.write([]).catch(() => undefined), FLUSH_AFTER_MS);
  }

  /** Writes all that waits and `records`, and waits for the disk. Rejects with PortError. */
  write(records: readonly LedgerRecord[]): Promise<void> {
    for (const record of records) this.#awaited.push(lineOf(record));
    this.#next ??= this.#line.then(() => this.#writeWaiting());
    this.#line = this.#next.catch(() => undefined);
    return this.#next;
  }

  async close(): Promise<void> {
    try {
      await this.write([]);
    } finally {
      if (this.#file !== undefined) closeSync(this.#file);
    }
  }

  async #writeWaiting(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#next = undefined;
    const awaited = this.#awaited;
    this.#awaited = [];
    if (this.#appended.length + awaited.length === 0) return;
    const header = this.#size === 0 ? this.#header : "";
    const file = this.#put(header + this.#appended.join("") + awaited.join(""));
    this.#appended = [];
    await this.#sync(file);
  }

  /** Writes the text as a whole or not at all, so far without waiting for the disk. */
  #put(text: string): number {
    if (this.#broken !== undefined) throw this.#broken;
    const file = this.#opened();
    const bytes = Buffer.from(text);
    try {
      writeWhole(file, bytes);
    } catch (cause) {
      this.#takeBack(file);
      throw this.#failure(cause);
    }
    this.#size += bytes.length;
    return file;
  }

  /** In another thread: requests and answers do not have to wait for the disk. */
  #sync(file: number): Promise<void> {
    return new Promise((resolve, reject) => {
      fdatasync(file, (cause) => {
        if (cause === null) return resolve();
        // The system may have dropped what it could not write, and says so only once.
        this.#broken = this.#failure(cause);
        reject(this.#broken);
      });
    });
  }

  #opened(): number {
    if (this.#file !== undefined) return this.#file;
    try {
      this.#file = openSync(this.#path, "ax");
      syncFolder(dirname(this.#path));
      return this.#file;
    } catch (cause) {
      if (faultCode(cause) !== "EEXIST") throw this.#failure(cause);
      const message = `${this.#path} exists already: two runs have one id. Nothing was sent.`;
      throw new Stop("state", message);
    }
  }

  /** Half a line must not stand in the middle of the file once there is room again. */
  #takeBack(file: number): void {
    try {
      ftruncateSync(file, this.#size);
    } catch (cause) {
      this.#broken = this.#failure(cause);
    }
  }

  #failure(cause: unknown): PortError {
    const message =
      `The ledger ${this.#path} cannot be written: ${reasonOf(cause)}. Nothing more was sent; ` +
      "sends whose outcome could not be written read as unknown.";
    return new PortError(message, { retryable: false, cause });
  }
}

function lineOf(record: LedgerRecord): string {
  return `${JSON.stringify(record)}\n`;
}
