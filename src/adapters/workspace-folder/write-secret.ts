import { realpathSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { dirname, isAbsolute, relative, resolve } from "node:path";
import { PortError, Stop } from "../../diag/errors.ts";
import { faultCode, reasonOf } from "../../diag/reason-of.ts";

/**
 * Writes a new file that its owner alone can read. Throws Stop `usage` where there is one already,
 * or where it would lie in the folder `outside`; PortError when the disk fails.
 */
export async function writeSecret(path: string, text: string, outside: string): Promise<void> {
  const file = resolve(path);
  try {
    if (isWithin(realpathSync(dirname(file)), realpathSync(outside))) {
      throw new Stop("usage", `${path} lies in the workspace, where it might be committed.`);
    }
    await writeFile(file, text, { flag: "wx", mode: 0o600 });
  } catch (cause) {
    if (cause instanceof Stop) throw cause;
    if (faultCode(cause) === "EEXIST") throw new Stop("usage", `${path} is there already.`);
    const message = `${path} cannot be written: ${reasonOf(cause)}.`;
    throw new PortError(message, { retryable: false, cause });
  }
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || (!way.startsWith("..") && !isAbsolute(way));
}
