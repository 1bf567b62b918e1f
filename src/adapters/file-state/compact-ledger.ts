import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { MINUTE_MS } from "../../model/instant.ts";
import type { Compactor, HiddenPeople } from "../../ports/compactor.ts";
import type { LedgerFile } from "../../ports/state-store.ts";
import { checkSegments, headerOf } from "./check-segments.ts";
import { replaceFile, syncFolder } from "./durable-file.ts";
import { countingFiles, type LedgerFiles, ledgerFiles } from "./ledger-files.ts";
import {
  compactedName,
  fenceOf,
  type Manifest,
  manifestName,
  manifestOf,
  measure,
  type Takeover,
} from "./manifest.ts";
import { ledgerNames } from "./read-folder.ts";

/*
 * A compaction, step by step; a crash between any two of them loses and doubles nothing:
 *   1 the Parquet files are written as drafts and waited for          nobody looks at them
 *   2 they get their names                                            nobody looks at them
 *   3 the manifest gets its name                                      they count, its inputs do not
 *   4 the next applies remove the inputs, then manifests that name nothing any more
 */

/** Less than this in fewer segments is quicker to read than to compact. */
const MIN_BYTES = 4 * 1024 * 1024;
const MIN_SEGMENTS = 64;
/** Smaller compacted files are compacted once more, so that there are never many. */
const SMALL_FILE_BYTES = 16 * 1024 * 1024;
/** A run that lost its lease may write outcomes a little longer; a plan may still be reading. */
const STALE_MS = 10 * MINUTE_MS;

export interface Replacing {
  /** The state's folder. */
  readonly folder: string;
  readonly workspace: string;
  readonly fence: number;
  readonly compactor: Compactor;
  wallMs(): number;
  /** Throws where the lease is lost. */
  checkLease(): void;
}

export interface Compacting extends Replacing {
  /** The run's own segment, which nothing will be written to any more. */
  readonly ownSegment: string;
}

/** Compacts the segments that are finished, if that is worth it. */
export async function compactLedger(of: Compacting): Promise<void> {
  const folder = join(of.folder, "ledger");
  const files = ledgerFiles(folder, ledgerNames(of.folder), of.workspace);
  const isDone = (name: string) => name === of.ownSegment || isStale(folder, name, of.wallMs());
  const segments = files.segments.filter(isDone);
  const bytes = segments.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  if (bytes < MIN_BYTES && segments.length < MIN_SEGMENTS) return;
  const compacted = countingFiles(files);
  const small = compacted.filter((one) => one.bytes < SMALL_FILE_BYTES).map(({ name }) => name);
  await makeCompacted(of, files, { segments, compacted: small, bytes });
}

/** What is to be made into compacted files. */
interface Chosen {
  readonly segments: readonly string[];
  readonly compacted: readonly string[];
  readonly bytes: number;
  readonly hidden?: HiddenPeople;
}

/** Steps 1 to 3. At most once under a lease, whose number is the names. */
export async function makeCompacted(
  of: Replacing,
  files: LedgerFiles,
  chosen: Chosen,
): Promise<void> {
  const folder = join(of.folder, "ledger");
  const { segments, compacted, bytes, hidden } = chosen;
  const kept = countingFiles(files)
    .map(({ name }) => name)
    .filter((name) => !compacted.includes(name));
  const records = checkSegments(
    segments.map((name) => join(folder, name)),
    of.workspace,
  );
  const draft = (part: number) => join(folder, `${compactedName(of.fence, part)}.tmp`);
  const inputs = [...records, ...compacted.map((name) => parquet(folder, name))];
  const keptFiles = kept.map((name) => parquet(folder, name));
  const made = { inputs, kept: keptFiles, bytes, path: draft, ...(hidden && { hidden }) };
  const parts = await of.compactor(made);
  const names = Array.from({ length: parts }, (_, part) => compactedName(of.fence, part));
  for (const [part, name] of names.entries()) makeDurable(draft(part), join(folder, name));
  syncFolder(folder);
  of.checkLease();
  writeManifest(folder, {
    workspace: of.workspace,
    fence: of.fence,
    files: names.map((name) => measure(folder, name)),
    replaces: [...segments, ...compacted],
    takeovers: [...takeoversOf(folder, segments), ...takeoversIn(files, compacted)],
  });
}

/**
 * Removes what compactions, whole or broken off, have left behind. Under the lease; one that was
 * lost without notice does no harm: what a later holder is making is left alone.
 */
export function removeLeftovers(of: Omit<Replacing, "compactor">): void {
  of.checkLease();
  const folder = join(of.folder, "ledger");
  const names = ledgerNames(of.folder);
  const files = ledgerFiles(folder, names, of.workspace);
  const remove = (name: string) => rmSync(join(folder, name), { force: true });
  for (const { fence } of files.void) remove(manifestName(fence));
  const isStaleManifest = ({ fence }: Manifest) =>
    isStale(folder, manifestName(fence), of.wallMs());
  const settled = files.manifests.filter(isStaleManifest).flatMap(({ replaces }) => replaces);
  const named = new Set(files.manifests.flatMap((one) => one.files.map(({ name }) => name)));
  const isEarlier = (name: string) => (fenceOf(name) ?? of.fence) < of.fence;
  const broken = names.filter((name) => isEarlier(name) && !named.has(name) && isMade(name));
  const gone = names.filter((name) => settled.includes(name) || broken.includes(name));
  if (gone.length > 0) {
    for (const name of gone) remove(name);
    syncFolder(folder);
  }
  const left = new Set(names.filter((name) => !gone.includes(name)));
  for (const manifest of files.manifests) {
    const { fence, files: made, replaces } = manifest;
    const isOver = made.every(({ name }) => files.replaced.has(name) && !left.has(name));
    if (isOver && !replaces.some((name) => left.has(name))) remove(manifestName(fence));
  }
}

/** Drafts and compacted files; manifests and segments are none. */
function isMade(name: string): boolean {
  return name.endsWith(".tmp") || name.endsWith(".parquet");
}

/** Nobody writes to it any more, and nobody who reads has not finished. */
export function isStale(folder: string, name: string, wallMs: number): boolean {
  return wallMs - statSync(join(folder, name)).mtimeMs > STALE_MS;
}

function parquet(folder: string, name: string): LedgerFile {
  return { path: join(folder, name), format: "parquet", torn: false };
}

function makeDurable(draft: string, path: string): void {
  const file = openSync(draft, "r+");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
}

function writeManifest(folder: string, of: Omit<Manifest, "format">): void {
  const path = join(folder, manifestName(of.fence));
  replaceFile(path, `${path}.tmp`, `${JSON.stringify(manifestOf(of), null, 2)}\n`);
}

export function takeoversOf(folder: string, segments: readonly string[]): Takeover[] {
  return segments.flatMap((name) => {
    const header = headerOf(join(folder, name));
    return header?.taken_over ? [{ run: header.run, from: header.taken_over }] : [];
  });
}

/** Of the manifests that will have no file left that counts. */
function takeoversIn({ manifests, replaced }: LedgerFiles, inputs: readonly string[]): Takeover[] {
  const isOver = (name: string) => replaced.has(name) || inputs.includes(name);
  return manifests.flatMap(({ files, takeovers }) =>
    files.every(({ name }) => isOver(name)) && files.some(({ name }) => inputs.includes(name))
      ? takeovers
      : [],
  );
}
