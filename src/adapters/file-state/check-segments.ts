import { readFileSync } from "node:fs";
import { Stop } from "../../diag/errors.ts";
import { checkLine } from "../../ledger/check-segment.ts";

/**
 * Throws Stop `state` with file and line where a ledger segment holds what does not belong there. A
 * last line without its line end was torn by a crash and is passed over.
 */
export function checkSegments(paths: readonly string[], workspace: string): void {
  for (const path of paths) {
    const lines = readFileSync(path, "utf8").split("\n");
    for (const [index, line] of lines.slice(0, -1).entries()) {
      const fault = checkLine(line, index + 1, workspace);
      if (fault === null) continue;
      throw new Stop(
        "state",
        `${path}:${index + 1} does not fit the ledger: ${fault}. Nothing was changed or sent. ` +
          "Restore the file from a backup.",
      );
    }
  }
}
