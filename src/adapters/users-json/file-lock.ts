import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { PortError, Stop } from "../../diag/errors.ts";
import { faultCode, reasonOf } from "../../diag/reason-of.ts";
import { writeWhole } from "../file-state/durable-file.ts";
import { type Machine, type ProcessIdentity, thisMachine } from "../file-state/machine.ts";

/** How long others, who hold a lock for the time of one write, are waited for. */
const LONGEST_WAIT_MS = 10_000;
const LOOK_EVERY_MS = 20;

/**
 * Holds `path` for this process while `use` runs. A holder that died on this machine is replaced.
 * Throws Stop `locked` where another one goes on holding it.
 */
export async function withFileLock<Result>(
  path: string,
  use: () => Result,
  machine: Machine = thisMachine(),
): Promise<Result> {
  await take(path, machine);
  try {
    return use();
  } finally {
    rmSync(path, { force: true });
  }
}

/** Tells the drafts of one process apart. */
let drafts = 0;

async function take(path: string, machine: Machine): Promise<void> {
  const draft = `${path}.${machine.self.pid}-${drafts++}.tmp`;
  try {
    const text = JSON.stringify(machine.self);
    write(draft, text);
    for (let waitedMs = 0; !link(draft, path); waitedMs += LOOK_EVERY_MS) {
      const holder = holderOf(path);
      if (holder !== undefined && machine.isRunning(holder) === false) {
        replaceDead(path, holder, machine);
        continue;
      }
      if (waitedMs >= LONGEST_WAIT_MS) throw held(path, holder);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  } catch (cause) {
    if (cause instanceof Stop) throw cause;
    const message = `${path} cannot be made: ${reasonOf(cause)}. Nothing was written.`;
    throw new PortError(message, { retryable: false, cause });
  } finally {
    rmSync(draft, { force: true });
  }
}

/** A link, unlike a new file, is complete from its first moment. */
function link(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (fault) {
    if (faultCode(fault) === "EEXIST") return false;
    throw fault;
  }
}

/** Takes a dead holder's lock away, and not that of somebody who was quicker. */
function replaceDead(path: string, dead: ProcessIdentity, { self }: Machine): void {
  const aside = `${path}.${self.pid}.dead`;
  try {
    renameSync(path, aside);
  } catch (fault) {
    if (faultCode(fault) === "ENOENT") return;
    throw fault;
  }
  const moved = holderOf(aside);
  if (moved !== undefined && moved.startedTicks !== dead.startedTicks) link(aside, path);
  rmSync(aside, { force: true });
}

function holderOf(path: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

function write(path: string, text: string): void {
  const file = openSync(path, "w");
  try {
    writeWhole(file, Buffer.from(text));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function held(path: string, holder: ProcessIdentity | undefined): Stop {
  const who = holder === undefined ? "Another process" : `Process ${holder.pid} on ${holder.host}`;
  return new Stop(
    "locked",
    `${who} writes to the user data. Nothing was written. If it is gone, remove ${path}.`,
  );
}
