import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reasonOf } from "../../diag/reason-of.ts";
import type { Compactor } from "../../ports/compactor.ts";
import type { LedgerFile } from "../../ports/state-store.ts";
import type { BranchTree, Change, Tip } from "./branch-tree.ts";
import { ledgerFile, newest, nextPath } from "./head-file.ts";

/** Fewer are quicker to read than to compact. */
const MIN_SEGMENTS = 64;
/** Smaller compacted files are compacted once more, so that there are never many. */
const SMALL_FILE_BYTES = 16 * 1024 * 1024;

type Compacted = Omit<Change, "message">;

/**
 * Hands `use` the files that take the place of a tip's many small ones, and which of them go;
 * nothing where there are few. No commit that was pushed is changed: this is one of its own.
 */
export async function withCompaction(
  tip: Tip,
  of: { readonly tree: BranchTree; readonly compactor: Compactor },
  use: (compacted: Compacted) => Promise<void>,
): Promise<void> {
  const segments = tip.paths.filter((path) => /^ledger\/.*\.ndjson$/.test(path));
  if (segments.length < MIN_SEGMENTS) return;
  const folder = await of.tree.checkOut(tip);
  const draft = await mkdtemp(join(tmpdir(), "posthorn-compact-"));
  try {
    const { small, large } = await partedBySize(tip, folder);
    const replaced = [...segments, ...small];
    const sizes = await Promise.all(replaced.map((path) => sizeOf(join(folder, path))));
    const parts = await of.compactor({
      inputs: replaced.map((path) => ledgerFile(join(folder, path))),
      kept: large.map((path): LedgerFile => ledgerFile(join(folder, path))),
      bytes: sizes.reduce((sum, bytes) => sum + bytes, 0),
      path: (part) => join(draft, `${part}.parquet`),
    });
    const base = nextPath("ledger", tip).replace(/\.ndjson$/, "");
    const add = new Map(
      Array.from({ length: parts }, (_, part) => [
        `${base}.${part}.parquet`,
        { file: join(draft, `${part}.parquet`) },
      ]),
    );
    await use({ add, remove: [...replaced, ...outdated(tip)] });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function partedBySize(tip: Tip, folder: string) {
  const compacted = tip.paths.filter((path) => path.endsWith(".parquet"));
  const sizes = await Promise.all(compacted.map((path) => sizeOf(join(folder, path))));
  const isSmall = (_: string, index: number) => (sizes[index] ?? 0) < SMALL_FILE_BYTES;
  const small = compacted.filter(isSmall);
  return { small, large: compacted.filter((path) => !small.includes(path)) };
}

/** Of heads and documents the newest counts alone. */
function outdated(tip: Tip): string[] {
  const kept = [newest("documents", tip)];
  return tip.paths.filter((path) => /^(heads|documents)\//.test(path) && !kept.includes(path));
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path)).size;
}

/** What is said of a compaction that failed: it is no fault of the run. */
export function notCompacted(fault: unknown): string {
  return `The state branch was not compacted; nothing of it is lost. ${reasonOf(fault)}`;
}
