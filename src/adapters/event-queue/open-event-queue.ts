import { join } from "node:path";
import { MINUTE_MS, SECOND_MS } from "../../model/instant.ts";
import type { EventQueue, QueueBatch } from "../../ports/event-queue.ts";
import {
  type FoundSegment,
  failure,
  listSegments,
  makeQueueFolder,
  type Position,
  readPosition,
  removeSegment,
  writePosition,
} from "./queue-folder.ts";
import { FULL_AGE_MS, QueueWriter } from "./queue-writer.ts";
import { readLines } from "./read-lines.ts";

/**
 * Another process may still write what it made so recently; it leaves a segment after a minute, and
 * tells nobody of a body that it wrote to one that is gone.
 */
const FOREIGN_AGE_MS = FULL_AGE_MS + 5 * MINUTE_MS;

/** What was taken in since then is taken in once more after a crash, which changes nothing. */
const REMEMBER_EVERY_MS = SECOND_MS;

/**
 * A queue in a folder, made where it is missing. What was left in it by a process that ended, in
 * whatever way, comes first. Throws PortError.
 */
export function openEventQueue(folder: string, now: () => number): EventQueue {
  makeQueueFolder(folder);
  return new FolderQueue(folder, now);
}

class FolderQueue implements EventQueue {
  readonly #folder: string;
  readonly #now: () => number;
  readonly #writer: QueueWriter;
  #taken: Position;
  #isRemembered = true;
  #rememberedAt = Number.NEGATIVE_INFINITY;

  constructor(folder: string, now: () => number) {
    this.#folder = folder;
    this.#now = now;
    this.#writer = new QueueWriter(folder, now);
    this.#taken = readPosition(folder);
  }

  append(body: Buffer): Promise<void> {
    return this.#writer.append(body);
  }

  next(): QueueBatch | undefined {
    this.#writer.leaveOld();
    for (const segment of listSegments(this.#folder)) {
      const from = this.#taken[segment.name] ?? 0;
      const limit = this.#limitOf(segment);
      if (from < limit) {
        const { lines, end } = this.#read(segment.name, { from, limit });
        if (end > from) return { bodies: lines, segment: segment.name, end };
      }
      if (this.#isOver(segment)) removeSegment(this.#folder, segment.name);
    }
    this.#remember();
    return undefined;
  }

  taken({ segment, end }: QueueBatch): void {
    this.#taken = { ...this.#taken, [segment]: end };
    this.#isRemembered = false;
    if (Math.abs(this.#now() - this.#rememberedAt) >= REMEMBER_EVERY_MS) this.#remember();
  }

  /** Waits for the disk and so keeps requests waiting, which is why it is not done each time. */
  #remember(): void {
    if (this.#isRemembered) return;
    const names = new Set(listSegments(this.#folder).map(({ name }) => name));
    const there = Object.entries(this.#taken).filter(([name]) => names.has(name));
    this.#taken = Object.fromEntries(there);
    writePosition(this.#folder, this.#taken);
    this.#isRemembered = true;
    this.#rememberedAt = this.#now();
  }

  waitingBytes(): number {
    return listSegments(this.#folder).reduce(
      (sum, segment) =>
        sum + Math.max(0, this.#limitOf(segment) - (this.#taken[segment.name] ?? 0)),
      0,
    );
  }

  async close(): Promise<void> {
    await this.#writer.close();
    this.#remember();
    for (const segment of listSegments(this.#folder)) {
      const isTaken = (this.#taken[segment.name] ?? 0) >= segment.size;
      if (isTaken && this.#isOver(segment)) removeSegment(this.#folder, segment.name);
    }
  }

  /** Of the segment that is being written only what is on disk. */
  #limitOf({ name, size }: FoundSegment): number {
    const { open } = this.#writer;
    return open?.name === name ? open.size : size;
  }

  /** Whether nobody writes a segment that holds nothing more to be taken in. */
  #isOver({ name, madeAt, changedAt }: FoundSegment): boolean {
    if (this.#writer.open?.name === name) return false;
    if (this.#writer.wrote(name)) return true;
    const now = this.#now();
    return now - madeAt > FOREIGN_AGE_MS && now - changedAt > FOREIGN_AGE_MS;
  }

  #read(name: string, range: { readonly from: number; readonly limit: number }) {
    try {
      return readLines(join(this.#folder, name), range);
    } catch (cause) {
      throw failure(this.#folder, cause);
    }
  }
}
