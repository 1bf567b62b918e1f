import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { Stop } from "../../diag/errors.ts";

/** How often a holder says that it lives. */
export const HEARTBEAT_MS = 10_000;
/** When it last said so; beyond this its lease has lapsed. */
const LAPSE_MS = 60_000;

/** The process that may write a state. */
export interface Holder {
  readonly run: string;
  readonly host: string;
  readonly bootId: string;
  readonly pid: number;
  /** Start of the process in clock ticks since boot; tells it from a later one of the same pid. */
  readonly processStart: string;
  readonly since: string;
  readonly heartbeatAt: number;
  readonly fence: number;
}

/** This process, from now on. */
export function holderFor(run: string, fence: number): Holder {
  return {
    run,
    host: hostname(),
    bootId: bootId(),
    pid: process.pid,
    processStart: processStart(process.pid),
    since: new Date().toISOString(),
    heartbeatAt: Date.now(),
    fence,
  };
}

/** A dead holder on this machine is known at once, one elsewhere after its lapse. */
export function isAlive(holder: Holder): boolean {
  const isHere = holder.host === hostname() && holder.bootId === bootId();
  if (isHere) return processStart(holder.pid) === holder.processStart;
  return Date.now() - holder.heartbeatAt < LAPSE_MS;
}

function bootId(): string {
  return readFirst("/proc/sys/kernel/random/boot_id") ?? "unknown";
}

/** Field 22 of /proc/<pid>/stat; "alive" or "" where there is no /proc. */
function processStart(pid: number): string {
  const stat = readFirst(`/proc/${pid}/stat`);
  if (stat !== undefined) return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  try {
    process.kill(pid, 0);
    return "alive";
  } catch {
    return "";
  }
}

function readFirst(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return undefined;
  }
}

export function locked({ run, host, pid, since, heartbeatAt }: Holder): Stop {
  const ageS = Math.max(0, Math.round((Date.now() - heartbeatAt) / 1000));
  return new Stop(
    "locked",
    `Another apply holds the state: run ${run} on ${host}, process ${pid}, since ${since}, ` +
      `heartbeat ${ageS} s ago. Nothing was sent. Wait for it to end.`,
  );
}
