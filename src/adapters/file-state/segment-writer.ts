import { closeSync, fdatasyncSync, ftruncateSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { PortError, Stop } from "../../diag/errors.ts";
import { faultCode, reasonOf } from "../../diag/reason-of.ts";
import type { HeaderRecord, LedgerRecord } from "../../ledger/record.ts";
import { syncFolder, writeWhole } from "./durable-file.ts";

/** How long a settlement may wait to be on disk (SPEC section 8: within a second). */
const FLUSH_AFTER_MS = 500;

/**
 * Appends to one ledger segment, which is made with its first record. What `write` returned from
 * survives a power cut; what it threw for is taken back, as far as the disk obeys.
 */
export class SegmentWriter {
  readonly #path: string;
  readonly #header: string;
  #file: number | undefined;
  /** Bytes that are whole and on disk. */
  #size = 0;
  #waiting: string[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** Set once the file cannot be trusted to be what was written. */
  #broken: PortError | undefined;

  constructor(path: string, header: HeaderRecord) {
    this.#path = path;
    this.#header = lineOf(header);
  }

  /** Makes the segment now rather than with its first record. */
  begin(): void {
    if (this.#size === 0) this.#put(this.#header);
  }

  /** Keeps a record for the next write, which comes within half a second. */
  append(record: LedgerRecord): void {
    this.#waiting.push(lineOf(record));
    this.#timer ??= setTimeout(() => this.#writeLater(), FLUSH_AFTER_MS);
  }

  /** Writes all that waits, then `records`, and waits for the disk. Throws PortError. */
  write(records: readonly LedgerRecord[]): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#waiting.length + records.length === 0) return;
    const header = this.#size === 0 ? this.#header : "";
    this.#put(header + this.#waiting.join("") + records.map(lineOf).join(""));
    this.#waiting = [];
  }

  close(): void {
    try {
      this.write([]);
    } finally {
      if (this.#file !== undefined) closeSync(this.#file);
    }
  }

  #put(text: string): void {
    if (this.#broken !== undefined) throw this.#broken;
    const file = this.#opened();
    const bytes = Buffer.from(text);
    try {
      writeWhole(file, bytes);
    } catch (cause) {
      this.#takeBack(file);
      throw this.#failure(cause);
    }
    try {
      fdatasyncSync(file);
    } catch (cause) {
      // The system may have dropped what it could not write, and says so only once.
      this.#broken = this.#failure(cause);
      throw this.#broken;
    }
    this.#size += bytes.length;
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

  /** There is nobody to throw to here; what could not be written waits for the next write. */
  #writeLater(): void {
    try {
      this.write([]);
    } catch {
      // That one, or `close`, throws.
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
