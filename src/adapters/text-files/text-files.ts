import { createReadStream } from "node:fs";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { PortError, Stop } from "../../diag/errors.ts";
import { reasonOf } from "../../diag/reason-of.ts";

/** Fewer, larger reads: a file may hold a million lines. */
const READ_BYTES = 1 << 20;

/** Throws Stop `usage` where it cannot be read. */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new Stop("usage", `${path} cannot be read: ${reasonOf(cause)}.`);
  }
}

/** Of a file, or of standard input for `-`. Throws Stop `usage`. */
export async function* readLines(path: string): AsyncGenerator<string> {
  const input =
    path === "-" ? process.stdin : createReadStream(path, { highWaterMark: READ_BYTES });
  try {
    yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  } catch (cause) {
    throw new Stop("usage", `${path} cannot be read: ${reasonOf(cause)}.`);
  }
}

/** Writes a file as a whole or not at all. Throws PortError. */
export async function writeText(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(draft, text);
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true });
    const message = `${path} cannot be written: ${reasonOf(cause)}.`;
    throw new PortError(message, { retryable: false, cause });
  }
}
