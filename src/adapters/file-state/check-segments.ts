import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { Stop } from "../../diag/errors.ts";
import { checkLine } from "../../ledger/check-segment.ts";
import type { HeaderRecord } from "../../ledger/record.ts";
import type { LedgerFile } from "../../ports/state-store.ts";

/** Larger segments are checked by the query that reads them, which fails at a broken line. */
const MAX_CHECKED_BYTES = 32 * 1024 * 1024;
const HEADER_BYTES = 4_096;

/**
 * The segments of a ledger. A last line without its line end was torn by a crash and does not
 * count. Throws Stop `state` with file and line where a segment holds what does not belong there.
 */
export function checkSegments(paths: readonly string[], workspace: string): LedgerFile[] {
  return paths.map((path) => {
    const { size, torn } = look(path);
    const text = size <= MAX_CHECKED_BYTES || torn ? readFileSync(path) : readHead(path);
    checkLines(text, path, workspace);
    return { path, format: "ndjson", torn };
  });
}

/** The header of a segment that was checked; undefined where a crash tore it. */
export function headerOf(path: string): HeaderRecord | undefined {
  const head = readHead(path).toString("utf8");
  return head === "" ? undefined : JSON.parse(head);
}

function checkLines(bytes: Buffer, path: string, workspace: string): void {
  let start = 0;
  for (let number = 1; ; number++) {
    const end = bytes.indexOf(10, start);
    if (end === -1) return;
    const fault = checkLine(bytes.toString("utf8", start, end), number, workspace);
    if (fault !== null) {
      throw new Stop(
        "state",
        `${path}:${number} does not fit the ledger: ${fault}. Nothing was changed or sent. ` +
          "Restore the file from a backup.",
      );
    }
    start = end + 1;
  }
}

function look(path: string): { readonly size: number; readonly torn: boolean } {
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    const last = Buffer.alloc(1);
    if (size > 0) readSync(file, last, 0, 1, size - 1);
    return { size, torn: size > 0 && last[0] !== 10 };
  } finally {
    closeSync(file);
  }
}

/** The header line alone. */
function readHead(path: string): Buffer {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(HEADER_BYTES);
    readSync(file, bytes, 0, HEADER_BYTES, 0);
    return bytes.subarray(0, bytes.indexOf(10) + 1);
  } finally {
    closeSync(file);
  }
}
