import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { PortError } from "../../diag/errors.ts";
import { faultCode, reasonOf } from "../../diag/reason-of.ts";
import { replaceFile } from "../file-state/durable-file.ts";

/*
 * The files of a queue: segments `<when it was made, ms>-<process>.ndjson`, and `position.json`,
 * which says how far each of them was taken in.
 */

const FORMAT = "posthorn.queue/1";
const SEGMENT = /^(\d{13})-[0-9a-f-]+\.ndjson$/;

/** How far segments were taken in: bytes by name. */
export type Position = Readonly<Record<string, number>>;

export interface FoundSegment {
  readonly name: string;
  readonly size: number;
  readonly madeAt: number;
  readonly changedAt: number;
}

export function makeQueueFolder(folder: string): void {
  attempt(folder, () => mkdirSync(folder, { recursive: true }));
}

/** The oldest first. */
export function listSegments(folder: string): FoundSegment[] {
  const names = attempt(folder, () => readdirSync(folder)).filter((name) => SEGMENT.test(name));
  return names.sort().flatMap((name) => {
    const stats = statSync(join(folder, name), { throwIfNoEntry: false });
    if (stats === undefined) return [];
    const madeAt = Number(SEGMENT.exec(name)?.[1]);
    return [{ name, size: stats.size, madeAt, changedAt: stats.mtimeMs }];
  });
}

/**
 * Nothing is lost where the position is missing or cannot be read: all that is there is taken in
 * once more, which changes nothing.
 */
export function readPosition(folder: string): Position {
  try {
    const value = JSON.parse(readFileSync(join(folder, "position.json"), "utf8"));
    const isOurs = value?.format === FORMAT && typeof value.taken === "object";
    return isOurs ? { ...value.taken } : {};
  } catch (fault) {
    if (faultCode(fault) === "ENOENT" || fault instanceof SyntaxError) return {};
    throw failure(folder, fault);
  }
}

export function writePosition(folder: string, taken: Position): void {
  const path = join(folder, "position.json");
  const text = `${JSON.stringify({ format: FORMAT, taken })}\n`;
  attempt(folder, () => replaceFile(path, `${path}.${process.pid}.tmp`, text));
}

export function removeSegment(folder: string, name: string): void {
  attempt(folder, () => rmSync(join(folder, name), { force: true }));
}

export function failure(folder: string, cause: unknown): PortError {
  const message = `The queue of webhooks in ${folder} fails: ${reasonOf(cause)}.`;
  return new PortError(message, { retryable: true, cause });
}

function attempt<Result>(folder: string, work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    throw failure(folder, cause);
  }
}
