import { chmodSync, realpathSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { PortError } from "../../diag/errors.ts";
import { reasonOf } from "../../diag/reason-of.ts";
import { syncFolder, writeNew } from "../file-state/durable-file.ts";

/**
 * Writes a file that is there anew, as a whole or not at all, also when the power goes. What links
 * to it stays a link, and who may read it stays as it is. Throws PortError.
 */
export function rewriteFile(path: string, text: string): void {
  let draft: string | undefined;
  try {
    const real = realpathSync(path);
    draft = `${real}.${process.pid}.tmp`;
    writeNew(draft, text);
    chmodSync(draft, statSync(real).mode);
    renameSync(draft, real);
    syncFolder(dirname(real));
  } catch (cause) {
    if (draft !== undefined) rmSync(draft, { force: true });
    const message = `${path} cannot be written: ${reasonOf(cause)}.`;
    throw new PortError(message, { retryable: false, cause });
  }
}
