import {
  closeSync,
  fstatSync,
  fsyncSync,
  openSync,
  readdirSync,
  readSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { faultCode } from "../../diag/reason-of.ts";

/*
 * What people told the page, in a folder of NDJSON segments that only grow. The first line is the
 * header, every other one a fact (model/inbound-fact.ts). A lock beside a segment says that
 * somebody writes to it; one that stays behind after a crash seals it.
 */

export const INBOUND_FORMAT = "posthorn.inbound/1";

/** The first line of a segment. */
export interface SegmentHeader {
  readonly format: typeof INBOUND_FORMAT;
  readonly workspace: string;
  readonly page: string;
}

export interface Segment {
  readonly path: string;
  readonly size: number;
  /** Whether its last line may be half a line: after a crash, or while somebody writes. */
  readonly torn: boolean;
  readonly locked: boolean;
}

/** The segments of a folder, oldest first; none where there is no folder. */
export function segmentsIn(folder: string): Segment[] {
  const names = namesIn(folder);
  const locks = new Set(names.filter((name) => name.endsWith(".lock")));
  return names
    .filter((name) => name.endsWith(".ndjson"))
    .sort()
    .map((name) => {
      const locked = locks.has(`${name}.lock`);
      const { size, whole } = look(join(folder, name));
      return { path: join(folder, name), size, locked, torn: locked || !whole };
    });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (fault) {
    if (faultCode(fault) === "ENOENT") return [];
    throw fault;
  }
}

function look(path: string): { readonly size: number; readonly whole: boolean } {
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    const last = Buffer.alloc(1);
    if (size > 0) readSync(file, last, 0, 1, size - 1);
    return { size, whole: size > 0 && last[0] === 10 };
  } finally {
    closeSync(file);
  }
}

const CHUNK_BYTES = 1 << 20;

/** The whole lines of a file, without their ends; half a line at its end is none. */
export function* linesOf(path: string): Generator<string> {
  const file = openSync(path, "r");
  try {
    let rest = Buffer.alloc(0);
    const chunk = Buffer.alloc(CHUNK_BYTES);
    for (;;) {
      const read = readSync(file, chunk, 0, CHUNK_BYTES, null);
      if (read === 0) return;
      const bytes = Buffer.concat([rest, chunk.subarray(0, read)]);
      const end = bytes.lastIndexOf(10);
      rest = bytes.subarray(end + 1);
      if (end > 0) yield* bytes.toString("utf8", 0, end).split("\n");
    }
  } finally {
    closeSync(file);
  }
}

/** Puts on disk what another process may have left to the system. */
export function syncSegment(path: string): void {
  const file = openSync(path, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Names and sizes of a folder's segments: they only grow. */
export function inboundStamp(folder: string): string {
  return namesIn(folder)
    .filter((name) => name.endsWith(".ndjson"))
    .sort()
    .map((name) => `${name}:${statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0}`)
    .join("\n");
}
