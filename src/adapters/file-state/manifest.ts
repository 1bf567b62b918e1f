import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import { Stop } from "../../diag/errors.ts";
import { faultCode } from "../../diag/reason-of.ts";
import type { LeaseHolder } from "../../ports/state-store.ts";

/*
 * A compaction is there once its manifest is: `compacted-<fence>.json` beside the segments. It
 * names the Parquet files that it made and the files that these stand for.
 */

const FORMAT = "posthorn.compaction/1";
const NAME = /^compacted-(\d+)\.json$/;
const PARQUET_MAGIC = "PAR1";
const CHUNK_BYTES = 1024 * 1024;

/** A compacted file as it was written. */
export interface CompactedFile {
  readonly name: string;
  readonly bytes: number;
  /** Of the whole file, in hex. */
  readonly sha256: string;
}

/** The takeover that a segment began with: its run, and the dead holder. */
export interface Takeover {
  readonly run: string;
  readonly from: LeaseHolder;
}

export interface Manifest {
  readonly format: typeof FORMAT;
  readonly workspace: string;
  /** The lease it was made under. */
  readonly fence: number;
  readonly files: readonly CompactedFile[];
  /** Names of segments and compacted files that say nothing which `files` do not say. */
  readonly replaces: readonly string[];
  /** What only the headers of replaced segments told. */
  readonly takeovers: readonly Takeover[];
}

export const manifestName = (fence: number) => `compacted-${fence}.json`;
export const compactedName = (fence: number, part: number) => `compacted-${fence}-${part}.parquet`;

export function manifestOf(of: Omit<Manifest, "format">): Manifest {
  return { format: FORMAT, ...of };
}

/** The lease under which a compaction made a file, by its name. */
export function fenceOf(name: string): number | undefined {
  const fence = /^compacted-(\d+)[-.]/.exec(name)?.[1];
  return fence === undefined ? undefined : Number(fence);
}

/** The manifests among the names of a ledger folder, latest first. Throws Stop `state`. */
export function readManifests(
  folder: string,
  names: readonly string[],
  workspace: string,
): Manifest[] {
  const manifests = names.filter((name) => NAME.test(name)).map((name) => read(folder, name));
  const foreign = manifests.find((one) => one.workspace !== workspace);
  if (foreign !== undefined) {
    const path = join(folder, manifestName(foreign.fence));
    throw misfit(path, `belongs to the workspace "${foreign.workspace}"`);
  }
  return manifests.sort((a, b) => b.fence - a.fence);
}

/** Measures a file that was just written. */
export function measure(folder: string, name: string): CompactedFile {
  const hash = createHash("sha256");
  let bytes = 0;
  withFile(join(folder, name), (file) => {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    for (;;) {
      const read = readSync(file, chunk, 0, CHUNK_BYTES, bytes);
      if (read === 0) return;
      hash.update(chunk.subarray(0, read));
      bytes += read;
    }
  });
  return { name, bytes, sha256: hash.digest("hex") };
}

/** Throws Stop `state` where a compacted file is not the one that its manifest names. */
export function checkCompacted(folder: string, file: CompactedFile): void {
  const path = join(folder, file.name);
  const { size, ends } = look(path);
  if (size !== file.bytes) throw misfit(path, `has ${size} bytes, not ${file.bytes}`);
  if (ends !== PARQUET_MAGIC + PARQUET_MAGIC) throw misfit(path, "is no Parquet file");
}

/** The same after reading every byte. */
export function checkWhole(folder: string, file: CompactedFile): void {
  checkCompacted(folder, file);
  if (measure(folder, file.name).sha256 === file.sha256) return;
  throw misfit(join(folder, file.name), "is not as it was written: its SHA-256 differs");
}

function look(path: string): { readonly size: number; readonly ends: string } {
  return withFile(path, (file) => {
    const { size } = fstatSync(file);
    const ends = Buffer.alloc(2 * PARQUET_MAGIC.length);
    if (size >= ends.length) {
      readSync(file, ends, 0, PARQUET_MAGIC.length, 0);
      readSync(file, ends, PARQUET_MAGIC.length, PARQUET_MAGIC.length, size - PARQUET_MAGIC.length);
    }
    return { size, ends: ends.toString("latin1") };
  });
}

function withFile<Result>(path: string, use: (file: number) => Result): Result {
  const file = open(path);
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}

function open(path: string): number {
  try {
    return openSync(path, "r");
  } catch (fault) {
    if (faultCode(fault) === "ENOENT") throw misfit(path, "is missing");
    throw fault;
  }
}

function read(folder: string, name: string): Manifest {
  const path = join(folder, name);
  const value = parseJson(readFileSync(path, "utf8"));
  const { format, fence, files, replaces } = value;
  if (format === undefined) throw misfit(path, "is no manifest of a compaction");
  if (format !== FORMAT) {
    throw misfit(path, `has the format "${String(format)}"; this version knows ${FORMAT}`);
  }
  const fits = manifestName(Number(fence)) === name && Array.isArray(files);
  if (!fits || !Array.isArray(replaces)) throw misfit(path, "is not as it was written");
  return value as unknown as Manifest;
}

function parseJson(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function misfit(path: string, what: string): Stop {
  return new Stop(
    "state",
    `${path} ${what}. Nothing was changed or sent. Restore the ledger from a backup.`,
  );
}
