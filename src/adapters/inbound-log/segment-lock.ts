import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { faultCode } from "../../diag/reason-of.ts";

/*
 * The lock beside a segment says who writes to it: process and host. One that a crash left behind
 * seals the segment for ever.
 */

/** Takes the lock; false where somebody has it or had it when they died. Throws as files do. */
export function lockSegment(path: string): boolean {
  try {
    writeFileSync(lockOf(path), `${process.pid} ${hostname()}\n`, { flag: "wx" });
    return true;
  } catch (fault) {
    if (faultCode(fault) === "EEXIST") return false;
    throw fault;
  }
}

export function unlockSegment(path: string): void {
  rmSync(lockOf(path), { force: true });
}

/** Whether a locked segment's writer is gone, as far as this machine can tell. */
export function isSealed(path: string): boolean {
  const [pid, host] = readFileSync(lockOf(path), "utf8").trim().split(" ");
  if (host !== hostname() || !(Number(pid) > 0)) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (fault) {
    return faultCode(fault) === "ESRCH";
  }
}

function lockOf(path: string): string {
  return `${path}.lock`;
}
