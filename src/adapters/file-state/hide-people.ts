import { statSync } from "node:fs";
import { basename, join } from "node:path";
import type { HiddenPeople } from "../../ports/compactor.ts";
import {
  isStale,
  makeCompacted,
  type Replacing,
  removeLeftovers,
  takeoversOf,
} from "./compact-ledger.ts";
import { countingFiles, type LedgerFiles, ledgerFiles } from "./ledger-files.ts";
import { ledgerNames } from "./read-folder.ts";

/** Compacted, a delivery takes a twelfth of what its records take. */
const BYTES_FOR_COMPACTED = 12;

/**
 * Puts hashes in place of people: a compaction of the files that name them, which loses and doubles
 * nothing wherever it is broken off. What they were made from is removed at once, and so is all
 * that earlier compactions left behind. Gives how many files have to wait.
 */
export async function hidePeople(
  of: Replacing & { readonly lostRun: string | null },
  named: ReadonlySet<string>,
  hidden: HiddenPeople,
): Promise<number> {
  const folder = join(of.folder, "ledger");
  const files = ledgerFiles(folder, ledgerNames(of.folder), of.workspace);
  const lost = lostRuns(folder, files, of.lostRun);
  const mayGrow = (name: string) =>
    lost.has(basename(name, ".ndjson")) && !isStale(folder, name, of.wallMs());
  const segments = files.segments.filter((name) => named.has(name));
  const ready = segments.filter((name) => !mayGrow(name));
  const compacted = countingFiles(files)
    .map(({ name }) => name)
    .filter((name) => named.has(name));
  if (ready.length + compacted.length > 0) {
    const size = (names: readonly string[]) =>
      names.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
    const bytes = size(ready) + BYTES_FOR_COMPACTED * size(compacted);
    await makeCompacted(of, files, { segments: ready, compacted, bytes, hidden });
  }
  removeLeftovers({ ...of, wallMs: () => Number.POSITIVE_INFINITY });
  return segments.length - ready.length;
}

/** Runs that did not end by themselves: they may be suspended, and wake up to write outcomes. */
function lostRuns(
  folder: string,
  { segments, manifests }: LedgerFiles,
  lostRun: string | null,
): ReadonlySet<string> {
  const takeovers = [
    ...takeoversOf(folder, segments),
    ...manifests.flatMap((manifest) => manifest.takeovers),
  ];
  const runs = new Set(takeovers.map(({ from }) => from.run));
  if (lostRun !== null) runs.add(lostRun);
  return runs;
}
