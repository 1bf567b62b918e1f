import { closeSync, openSync, readSync } from "node:fs";

/** Some hundred bodies: taking them in must not keep requests from being answered for long. */
const CHUNK_BYTES = 128 * 1024;
const LINE_FEED = 0x0a;

/**
 * The whole lines of a file from a place on, about 128 kB of them, and where the next one
 * begins; at least one line where there is one below `limit`. Empty lines are left out.
 */
export function readLines(
  path: string,
  { from, limit }: { readonly from: number; readonly limit: number },
): { readonly lines: string[]; readonly end: number } {
  const file = openSync(path, "r");
  try {
    for (let asked = CHUNK_BYTES; ; asked *= 2) {
      const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(asked, limit - from)));
      const whole = bytes.subarray(0, readSync(file, bytes, 0, bytes.length, from));
      const end = whole.lastIndexOf(LINE_FEED) + 1;
      const isAll = whole.length < bytes.length || bytes.length < asked;
      if (end > 0 || isAll) {
        const lines = whole.toString("utf8", 0, end).split("\n");
        return { lines: lines.filter((line) => line.trim() !== ""), end: from + end };
      }
    }
  } finally {
    closeSync(file);
  }
}
