import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { faultCode, reasonOf } from "../../diag/reason-of.ts";
import { replaceFile, syncFolder } from "./durable-file.ts";

/*
 * A file named `halt` in the state's folder keeps applies from sending; its text says why. It needs
 * no lease, and somebody without Posthorn can make it by hand.
 */

const NO_REASON = "no reason was given";

/** Why applies are halted; null: they are not. A file that cannot be read halts them too. */
export function readHalt(folder: string): string | null {
  try {
    return readFileSync(join(folder, "halt"), "utf8").trim() || NO_REASON;
  } catch (fault) {
    return faultCode(fault) === "ENOENT"
      ? null
      : `the halt file cannot be read: ${reasonOf(fault)}`;
  }
}

/** Halts applies, or with null lets them go on. */
export function writeHalt(folder: string, because: string | null): void {
  const path = join(folder, "halt");
  if (because === null) {
    rmSync(path, { force: true });
    return;
  }
  mkdirSync(folder, { recursive: true });
  replaceFile(path, `${path}.draft`, `${because}\n`);
  syncFolder(folder);
}
