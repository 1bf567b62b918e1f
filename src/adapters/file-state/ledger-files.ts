import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Manifest, readManifests } from "./manifest.ts";

/** Which files of a ledger folder count. Each record stands in exactly one of them. */
export interface LedgerFiles {
  /** Names of segments, sorted. */
  readonly segments: readonly string[];
  /** Manifests whose files count, latest first; of a file that was replaced since only the name. */
  readonly manifests: readonly Manifest[];
  /** Names of files that others stand for. */
  readonly replaced: ReadonlySet<string>;
  /** Manifests that do not count: their run had lost its lease, or died in a clean-up. */
  readonly void: readonly Manifest[];
}

/**
 * Tells the files that count from those that were compacted. Two compactions of one segment come
 * from two runs of which one had lost its lease: the later one counts. Throws Stop `state`.
 */
export function ledgerFiles(
  folder: string,
  names: readonly string[],
  workspace: string,
): LedgerFiles {
  const replaced = new Set<string>();
  const counting: Manifest[] = [];
  const ignored: Manifest[] = [];
  for (const manifest of readManifests(folder, names, workspace)) {
    if (isVoid(manifest, replaced, folder)) ignored.push(manifest);
    else {
      counting.push(manifest);
      for (const name of manifest.replaces) replaced.add(name);
    }
  }
  const segments = names.filter((name) => name.endsWith(".ndjson") && !replaced.has(name));
  return { segments: segments.sort(), manifests: counting, replaced, void: ignored };
}

/** `replaced` are the inputs of later compactions. */
function isVoid({ files, replaces }: Manifest, replaced: ReadonlySet<string>, folder: string) {
  if (files.some(({ name }) => replaced.has(name))) return false;
  if (replaces.some((name) => replaced.has(name))) return true;
  const isThere = (name: string) => existsSync(join(folder, name));
  return !files.every(({ name }) => isThere(name)) && replaces.every(isThere);
}

/** The compacted files that count. */
export function countingFiles({ manifests, replaced }: LedgerFiles) {
  return manifests.flatMap(({ files }) => files.filter(({ name }) => !replaced.has(name)));
}
