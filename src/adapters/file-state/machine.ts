import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { faultCode } from "../../diag/reason-of.ts";

/** A process, told from every other one of any machine. */
export interface ProcessIdentity {
  readonly host: string;
  /** Names one start of one machine; containers on it share it. */
  readonly bootId: string;
  /** Process ids are counted anew in every container. */
  readonly pidNamespace: string;
  readonly pid: number;
  /** Ticks from the machine's start to the process's; tells it from a later one of the same id. */
  readonly startedTicks: string;
}

/** What a lease asks of the machine that this process runs on. */
export interface Machine {
  readonly self: ProcessIdentity;
  /** The wall clock, which may jump. */
  wallMs(): number;
  /** Whether a process lives; undefined where this machine cannot know. */
  isRunning(process: ProcessIdentity): boolean | undefined;
}

/** This machine, by Linux's /proc; elsewhere it only knows which processes are gone. */
export function thisMachine(): Machine {
  const self = {
    host: hostname(),
    bootId: readFirst("/proc/sys/kernel/random/boot_id"),
    pidNamespace: readTarget("/proc/self/ns/pid"),
    pid: process.pid,
    startedTicks: startedTicks(process.pid),
  };
  return {
    self,
    wallMs: () => Date.now(),
    isRunning: (process) => {
      const { host, bootId, pidNamespace, pid } = process;
      if (bootId !== self.bootId || pidNamespace !== self.pidNamespace) return undefined;
      if (bootId !== "") return startedTicks(pid) === process.startedTicks;
      // One that took over the id of a dead one looks alive here: its heartbeat decides.
      return host === self.host && isGone(pid) ? false : undefined;
    },
  };
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (fault) {
    return faultCode(fault) === "ESRCH";
  }
}

/**
 * Field 22 of /proc/<pid>/stat; empty for a process that is gone, or dead and not yet buried.
 * Source: proc(5); the name in field 2 may hold blanks and brackets.
 */
function startedTicks(pid: number): string {
  const stat = readFirst(`/proc/${pid}/stat`);
  const [state = "", ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return "ZXx".includes(state) ? "" : (rest[18] ?? "");
}

function readFirst(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return "";
  }
}

function readTarget(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}
