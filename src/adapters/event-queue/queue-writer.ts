import { randomUUID } from "node:crypto";
import { closeSync, fdatasync, fstatSync, ftruncateSync, openSync, rmSync } from "node:fs";
import { join } from "node:path";
import { MINUTE_MS } from "../../model/instant.ts";
import { syncFolder, writeWhole } from "../file-state/durable-file.ts";
import { failure, listSegments } from "./queue-folder.ts";

/** A segment is left for a new one when it is larger or older. */
const FULL_BYTES = 16 * 1024 * 1024;
export const FULL_AGE_MS = MINUTE_MS;

const [LINE_FEED, CARRIAGE_RETURN, BLANK] = [0x0a, 0x0d, 0x20];
const NEW_LINE = Buffer.from("\n");

interface Waiting {
  readonly body: Buffer;
  readonly resolve: () => void;
  readonly reject: (cause: unknown) => void;
}

/** The segment that is being written. */
interface Segment {
  readonly name: string;
  readonly file: number;
  readonly madeAt: number;
  /** Bytes that are on disk. */
  size: number;
}

/**
 * Appends bodies to segments, each a line. While the disk is busy everything that comes waits for
 * one next write. A segment that failed is never written again: what stands at its end counts for
 * nothing until it is a whole line, and then it is only an event more that nobody was told of.
 */
export class QueueWriter {
  readonly #folder: string;
  readonly #now: () => number;
  readonly #process = randomUUID();
  #segment: Segment | undefined;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  /** Names go up, even where the clock goes back. */
  #lastMadeAt: number;

  constructor(folder: string, now: () => number) {
    this.#folder = folder;
    this.#now = now;
    this.#lastMadeAt = listSegments(folder).at(-1)?.madeAt ?? 0;
  }

  /** The segment that is open, and how much of it is on disk. */
  get open(): { readonly name: string; readonly size: number } | undefined {
    return this.#segment;
  }

  /** Whether a segment is one of this process. */
  wrote(name: string): boolean {
    return name.endsWith(`-${this.#process}.ndjson`);
  }

  append(body: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ body: oneLine(body), resolve, reject });
      this.#writing ??= this.#writeWaiting();
    });
  }

  /** Leaves the segment that is open, so that it can be removed once it was taken in. */
  leaveOld(): void {
    if (this.#writing === undefined && this.#isFull()) this.#leave();
  }

  async close(): Promise<void> {
    await this.#writing;
    this.#leave();
  }

  async #writeWaiting(): Promise<void> {
    // What else arrives in this turn goes along.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      try {
        await this.#write(group.flatMap(({ body }) => [body, NEW_LINE]));
        for (const { resolve } of group) resolve();
      } catch (cause) {
        for (const { reject } of group) reject(cause);
      }
    }
    this.#writing = undefined;
  }

  async #write(parts: readonly Buffer[]): Promise<void> {
    const bytes = Buffer.concat(parts);
    try {
      const segment = this.#opened();
      writeWhole(segment.file, bytes);
      await synced(segment.file);
      // Somebody who took it for one that nobody writes any more may have removed it.
      if (fstatSync(segment.file).nlink === 0) throw new Error("a segment was removed");
      segment.size += bytes.length;
    } catch (cause) {
      this.#takeBack();
      throw failure(this.#folder, cause);
    }
  }

  #opened(): Segment {
    if (this.#isFull()) this.#leave();
    this.#segment ??= this.#made();
    return this.#segment;
  }

  #made(): Segment {
    const madeAt = Math.max(this.#now(), this.#lastMadeAt + 1);
    this.#lastMadeAt = madeAt;
    const name = `${String(madeAt).padStart(13, "0")}-${this.#process}.ndjson`;
    const file = openSync(join(this.#folder, name), "ax");
    syncFolder(this.#folder);
    return { name, file, madeAt, size: 0 };
  }

  #isFull(): boolean {
    if (this.#segment === undefined) return false;
    const { size, madeAt } = this.#segment;
    return size >= FULL_BYTES || this.#now() - madeAt >= FULL_AGE_MS;
  }

  #takeBack(): void {
    const segment = this.#segment;
    try {
      if (segment?.size === 0) rmSync(join(this.#folder, segment.name), { force: true });
      else if (segment !== undefined) ftruncateSync(segment.file, segment.size);
    } catch {
      // Half a line at the end of a segment is passed over.
    }
    this.#leave();
  }

  #leave(): void {
    if (this.#segment !== undefined) closeSync(this.#segment.file);
    this.#segment = undefined;
  }
}

/** In JSON a line break can only stand between two values, where a blank means the same. */
function oneLine(body: Buffer): Buffer {
  for (const byte of [LINE_FEED, CARRIAGE_RETURN]) {
    for (let at = body.indexOf(byte); at >= 0; at = body.indexOf(byte, at)) body[at] = BLANK;
  }
  return body;
}

function synced(file: number): Promise<void> {
  return new Promise((resolve, reject) => {
    fdatasync(file, (cause) => (cause === null ? resolve() : reject(cause)));
  });
}
