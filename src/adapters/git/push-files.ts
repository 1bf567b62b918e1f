import type { LedgerRecord } from "../../ledger/record.ts";
import type { StateDocument } from "../../ports/state-store.ts";
import type { ForgottenFile } from "../file-state/forgotten.ts";
import type { Tip } from "./branch-tree.ts";
import { type Head, nextPath } from "./head-file.ts";

/** The new files of a push on top of `tip`. */
export function pushFiles(
  tip: Tip,
  of: {
    readonly header: LedgerRecord;
    readonly records: readonly LedgerRecord[];
    readonly head: Head;
    readonly document?: StateDocument;
    readonly forgotten?: ForgottenFile;
  },
): Map<string, string> {
  const files = new Map([[nextPath("heads", tip), jsonText(of.head)]]);
  if (of.document) files.set(nextPath("documents", tip), jsonText(of.document));
  if (of.forgotten) files.set(nextPath("forgotten", tip), jsonText(of.forgotten));
  if (of.records.length > 0) {
    const lines = [of.header, ...of.records].map((record) => `${JSON.stringify(record)}\n`);
    files.set(nextPath("ledger", tip), lines.join(""));
  }
  return files;
}

/** One line for the log of the branch. */
export function messageOf(records: readonly LedgerRecord[], run: string): string {
  const claims = records.filter(({ kind }) => kind === "claim").length;
  const outcomes = records.length - claims;
  return `Run ${run.slice(0, 8)}: ${claims} claims, ${outcomes} outcomes`;
}

/** As people read it in the branch. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
