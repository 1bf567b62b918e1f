import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { Stop } from "../../diag/errors.ts";

/** When its holder last said that it lives; beyond this it has lapsed. */
const LAPSE_MS = 60_000;
const HEARTBEAT_MS = 10_000;

interface Holder {
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

/** The right to write a state, kept in a file of its own and renewed every ten seconds. */
export class Lease {
  readonly #path: string;
  #holder: Holder;
  readonly #timer: NodeJS.Timeout;

  private constructor(path: string, holder: Holder) {
    this.#path = path;
    this.#holder = holder;
    this.#timer = setInterval(() => this.#renew(), HEARTBEAT_MS);
    this.#timer.unref();
  }

  /** `serial` is the state's next one: fencing numbers rise with it. Throws Stop `locked`. */
  static take(path: string, run: string, serial: number): Lease {
    const other = readHolder(path);
    if (other !== undefined && isAlive(other)) throw locked(other);
    const holder = holderFor(run, Math.max(serial, (other?.fence ?? 0) + 1));
    // A dead holder's file makes way; O_EXCL below decides between two who see it dead.
    if (other !== undefined) rmSync(path, { force: true });
    try {
      writeFileSync(path, JSON.stringify(holder), { flag: "wx" });
    } catch (fault) {
      const winner = readHolder(path);
      throw winner === undefined ? fault : locked(winner);
    }
    return new Lease(path, holder);
  }

  get fence(): number {
    return this.#holder.fence;
  }

  /** Throws Stop `locked` when somebody else has taken the lease meanwhile. */
  check(): void {
    const holder = readHolder(this.#path);
    if (holder?.run !== this.#holder.run) {
      throw holder === undefined
        ? new Stop("locked", "The lease of the state is gone; nothing more was claimed.")
        : locked(holder);
    }
  }

  release(): void {
    clearInterval(this.#timer);
    if (readHolder(this.#path)?.run === this.#holder.run) rmSync(this.#path, { force: true });
  }

  #renew(): void {
    if (readHolder(this.#path)?.run !== this.#holder.run) return;
    this.#holder = { ...this.#holder, heartbeatAt: Date.now() };
    writeFileSync(this.#path, JSON.stringify(this.#holder));
  }
}

/** The run that holds a live lease. */
export function liveRun(path: string): string | null {
  const holder = readHolder(path);
  return holder !== undefined && isAlive(holder) ? holder.run : null;
}

function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

function holderFor(run: string, fence: number): Holder {
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

function isAlive(holder: Holder): boolean {
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

function locked({ run, host, pid, since, heartbeatAt }: Holder): Stop {
  const ageS = Math.max(0, Math.round((Date.now() - heartbeatAt) / 1000));
  return new Stop(
    "locked",
    `Another apply holds the state: run ${run} on ${host}, process ${pid}, since ${since}, ` +
      `heartbeat ${ageS} s ago. Nothing was sent. Wait for it to end.`,
  );
}
