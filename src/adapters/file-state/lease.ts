import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { Stop } from "../../diag/errors.ts";
import { HEARTBEAT_MS, type Holder, holderFor, isAlive, locked } from "./holder.ts";

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
