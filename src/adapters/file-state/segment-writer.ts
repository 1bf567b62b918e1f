import { closeSync, fdatasyncSync, fsyncSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { PortError } from "../../diag/errors.ts";
import type { LedgerRecord } from "../../ledger/record.ts";

/** How long a settlement may wait to be on disk (SPEC section 8: within a second). */
const FLUSH_AFTER_MS = 500;

/** Appends to one ledger segment; what `sync` returned from survives a power cut. */
export class SegmentWriter {
  readonly #path: string;
  readonly #file: number;
  #waiting: string[] = [];
  #timer: NodeJS.Timeout | undefined;
  #fault: unknown;

  /** The segment must not exist yet. */
  constructor(path: string) {
    this.#path = path;
    this.#file = openSync(path, "ax");
    syncFolder(dirname(path));
  }

  /** Keeps a record for the next write, which comes within half a second. */
  append(record: LedgerRecord): void {
    this.#waiting.push(`${JSON.stringify(record)}\n`);
    this.#timer ??= setTimeout(() => this.#flushLater(), FLUSH_AFTER_MS);
  }

  /** Writes all that waits, and waits for the disk. Throws PortError, for an earlier write too. */
  sync(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#fault !== undefined) throw this.#fault;
    if (this.#waiting.length === 0) return;
    const text = this.#waiting.join("");
    this.#waiting = [];
    try {
      writeWhole(this.#file, Buffer.from(text));
      fdatasyncSync(this.#file);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      const message = `The ledger ${this.#path} cannot be written: ${reason}`;
      throw new PortError(message, { retryable: false, cause });
    }
  }

  close(): void {
    this.sync();
    closeSync(this.#file);
  }

  /** There is nobody to throw to here; the next `sync` does. */
  #flushLater(): void {
    try {
      this.sync();
    } catch (fault) {
      this.#fault = fault;
    }
  }
}

/** A new file's name survives a power cut only once its folder is on disk too. */
function syncFolder(path: string): void {
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function writeWhole(file: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) {
    written += writeSync(file, bytes, written);
  }
}
