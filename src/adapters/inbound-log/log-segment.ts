import { closeSync, fdatasync, fstatSync, ftruncateSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { PortError } from "../../diag/errors.ts";
import { reasonOf } from "../../diag/reason-of.ts";
import { syncFolder, writeWhole } from "../file-state/durable-file.ts";
import { lockSegment, unlockSegment } from "./segment-lock.ts";

/** Appends lines to one segment, which nobody else writes to. */
export class LogSegment {
  readonly path: string;
  readonly #file: number;
  /** Bytes that are whole. */
  #size: number;
  #broken: PortError | undefined;

  private constructor(path: string, file: number, size: number) {
    this.path = path;
    this.#file = file;
    this.#size = size;
  }

  /** Takes a segment for itself; undefined where somebody else has it or had it when they died. */
  static take(path: string, size: number): LogSegment | undefined {
    try {
      if (!lockSegment(path)) return undefined;
    } catch (cause) {
      throw failure(path, cause);
    }
    try {
      const file = openSync(path, size === 0 ? "ax" : "a");
      syncFolder(dirname(path));
      return new LogSegment(path, file, size);
    } catch (cause) {
      unlockSegment(path);
      throw failure(path, cause);
    }
  }

  get size(): number {
    return this.#size;
  }

  /** Resolves once the lines survive a power cut. Rejects with PortError; then none of them is. */
  async write(text: string): Promise<void> {
    if (this.#broken !== undefined) throw this.#broken;
    const bytes = Buffer.from(text);
    try {
      writeWhole(this.#file, bytes);
    } catch (cause) {
      this.#takeBack(cause);
    }
    await this.#sync();
    this.#refuseRemoved();
    this.#size += bytes.length;
  }

  /** Nobody reads again what stands in a file without a name. */
  #refuseRemoved(): void {
    if (fstatSync(this.#file).nlink > 0) return;
    this.#broken = failure(this.path, new Error("it was removed"));
    throw this.#broken;
  }

  #sync(): Promise<void> {
    return new Promise((resolve, reject) => {
      fdatasync(this.#file, (cause) => {
        if (cause === null) return resolve();
        // The system may have dropped what it could not write, and says so only once.
        this.#broken = failure(this.path, cause);
        reject(this.#broken);
      });
    });
  }

  /** Half a line must not stand in the middle of the file once there is room again. */
  #takeBack(cause: unknown): never {
    this.#broken = failure(this.path, cause);
    try {
      ftruncateSync(this.#file, this.#size);
    } catch {
      // The half line seals the segment: its lock stays.
      throw this.#broken;
    }
    throw this.#broken;
  }

  /** A segment that cannot be trusted keeps its lock, which seals it. */
  close(): void {
    closeSync(this.#file);
    if (this.#broken === undefined) unlockSegment(this.path);
  }
}

function failure(path: string, cause: unknown): PortError {
  const message =
    `What people told the page cannot be written to ${path}: ${reasonOf(cause)}. Events that ` +
    "were not acknowledged have to be taken in again.";
  return new PortError(message, { retryable: false, cause });
}
