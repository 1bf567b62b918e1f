import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Stop } from "../../diag/errors.ts";
import { faultCode, reasonOf } from "../../diag/reason-of.ts";
import type { StateDocument } from "../../ports/state-store.ts";
import { readDocument } from "./state-document.ts";

/** The document, without which a ledger has lost its fencing number and its owner. */
export function readWhole(folder: string, workspace: string): StateDocument | undefined {
  const document = readDocument(folder, workspace);
  if (document === undefined && segmentPaths(folder).length > 0) {
    throw new Stop(
      "state",
      `${folder} has a ledger and no state.json. Nothing was changed or sent. Restore state.json.`,
    );
  }
  return document;
}

/** The ledger's segments, sorted by name. Throws Stop `state` where they cannot be listed. */
export function segmentPaths(folder: string): string[] {
  try {
    const names = readdirSync(join(folder, "ledger")).filter((name) => name.endsWith(".ndjson"));
    return names.sort().map((name) => join(folder, "ledger", name));
  } catch (fault) {
    if (faultCode(fault) === "ENOENT") return [];
    // An unread ledger must not look like an empty one: everybody would get everything again.
    throw new Stop(
      "state",
      `The ledger in ${folder} cannot be listed: ${reasonOf(fault)}. Nothing was changed or sent.`,
    );
  }
}
