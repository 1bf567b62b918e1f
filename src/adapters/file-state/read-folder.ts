import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Stop } from "../../diag/errors.ts";
import { faultCode, reasonOf } from "../../diag/reason-of.ts";
import type { LedgerFile, StateDocument } from "../../ports/state-store.ts";
import { checkSegments } from "./check-segments.ts";
import { countingFiles, ledgerFiles } from "./ledger-files.ts";
import { checkCompacted, checkWhole } from "./manifest.ts";
import { readDocument } from "./state-document.ts";

const LEDGER_FILE = /\.(ndjson|parquet|json)$/;

/** The document, without which a ledger has lost its fencing number and its owner. */
export function readWhole(folder: string, workspace: string): StateDocument | undefined {
  const document = readDocument(folder, workspace);
  if (document === undefined && ledgerNames(folder).some((name) => LEDGER_FILE.test(name))) {
    throw new Stop(
      "state",
      `${folder} has a ledger and no state.json. Nothing was changed or sent. Restore state.json.`,
    );
  }
  return document;
}

/** The names in the ledger's folder, sorted. Throws Stop `state` where they cannot be listed. */
export function ledgerNames(folder: string): string[] {
  try {
    return readdirSync(join(folder, "ledger")).sort();
  } catch (fault) {
    if (faultCode(fault) === "ENOENT") return [];
    // An unread ledger must not look like an empty one: everybody would get everything again.
    throw new Stop(
      "state",
      `The ledger in ${folder} cannot be listed: ${reasonOf(fault)}. Nothing was changed or sent.`,
    );
  }
}

/** The files of the ledger that count, each looked at. Throws Stop `state`. */
export function readLedger(folder: string, workspace: string): LedgerFile[] {
  const ledger = join(folder, "ledger");
  const files = ledgerFiles(ledger, ledgerNames(folder), workspace);
  const compacted = countingFiles(files).map((file): LedgerFile => {
    checkCompacted(ledger, file);
    return { path: join(ledger, file.name), format: "parquet", torn: false };
  });
  const paths = files.segments.map((name) => join(ledger, name));
  return [...compacted, ...checkSegments(paths, workspace)];
}

/** Throws Stop `state` where a compacted file is not, byte for byte, as it was written. */
export function checkWholeFiles(folder: string, workspace: string): void {
  const ledger = join(folder, "ledger");
  const files = countingFiles(ledgerFiles(ledger, ledgerNames(folder), workspace));
  for (const file of files) checkWhole(ledger, file);
}
