import type { Run } from "../../model/delivery.ts";
import type { Clock } from "../../ports/clock.ts";
import type { LeaseHolder } from "../../ports/state-store.ts";
import {
  HEARTBEAT_MS,
  type HeldLease,
  holderFor,
  isAlive,
  isDead,
  leaseLost,
  locked,
  publicHolder,
  watchMs,
} from "./holder.ts";
import {
  createLease,
  leaseFences,
  readLease,
  readLeaseOf,
  removeLease,
  touchLease,
} from "./lease-file.ts";
import type { Machine } from "./machine.ts";

/*
 * The right to write a state. Its states:
 *   free → held        a lease with the next number is linked into the folder
 *   held → held        its holder touches it every ten seconds
 *   held → free        its holder removes it
 *   held → taken over  its holder is dead or lapsed: a lease with a greater number is made
 *
 * A number is used once: the state's serial, written after the lease was made and before any
 * record, forbids it for good. So a lease is good only while it is the greatest and the serial was
 * below it when it was made; whoever looks in that order cannot take a number that was used.
 */

export interface LeaseOptions {
  readonly folder: string;
  readonly run: Pick<Run, "id" | "url">;
  readonly machine: Machine;
  /** Its real time alone is used. */
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** The fencing number of the last apply, as the state says now. */
  readSerial(): number;
}

/** A lease that this process holds. */
export class Lease {
  readonly fence: number;
  readonly takenOver: LeaseHolder | null;
  readonly #options: LeaseOptions;
  readonly #timer: NodeJS.Timeout;

  private constructor(fence: number, before: HeldLease | undefined, options: LeaseOptions) {
    this.fence = fence;
    this.takenOver = before === undefined ? null : publicHolder(before.holder);
    this.#options = options;
    this.#timer = setInterval(() => this.#beat(), HEARTBEAT_MS);
    this.#timer.unref();
  }

  /** Throws Stop `locked` naming a holder that lives. */
  static async take(options: LeaseOptions): Promise<Lease> {
    const { machine, clock, signal } = options;
    let watched: HeldLease | undefined;
    for (;;) {
      const taken = Lease.attempt(options, watched);
      if (taken instanceof Lease) return taken;
      if (taken === undefined) continue;
      await clock.sleep(watchMs(taken, machine), signal);
      if (signal.aborted) throw locked(taken, machine);
      watched = taken;
    }
  }

  /**
   * Tries once. Gives a lease that must be watched before it counts as lapsed, or undefined when
   * somebody else was quicker.
   */
  static attempt(options: LeaseOptions, watched?: HeldLease): Lease | HeldLease | undefined {
    const { folder, run, machine } = options;
    // Read in this order: who wrote that serial had made its lease before.
    const serial = options.readSerial();
    const before = readLease(folder);
    if (before !== undefined && !isDead(before, machine, watched)) return before;
    const fence = Math.max(serial, before?.fence ?? 0) + 1;
    const lease = { fence, holder: holderFor(run, machine), heartbeatAt: machine.wallMs() };
    if (!createLease(folder, lease)) return undefined;
    if (holds(folder, fence, run.id) && options.readSerial() < fence) {
      removeOlder(folder, fence);
      return new Lease(fence, before, options);
    }
    removeLease(folder, fence);
    return undefined;
  }

  /** Throws Stop `partial` when somebody else has taken the lease meanwhile. */
  check(): void {
    const { folder, run } = this.#options;
    if (!holds(folder, this.fence, run.id)) throw leaseLost(readLease(folder)?.holder);
  }

  release(): void {
    clearInterval(this.#timer);
    removeLease(this.#options.folder, this.fence);
  }

  #beat(): void {
    try {
      touchLease(this.#options.folder, this.fence, this.#options.machine.wallMs());
    } catch {
      // Gone, or a disk that fails: `check` says so before the next claims.
    }
  }
}

/** The run that holds a live lease, as far as clocks tell. */
export function liveRun(folder: string, machine: Machine): string | null {
  const found = readLease(folder);
  return found !== undefined && isAlive(found, machine) ? found.holder.run : null;
}

/** Whether a lease is the run's and the one that counts. */
function holds(folder: string, fence: number, run: string): boolean {
  // Its own file first: whoever takes over removes it before it looks at the ledger.
  const isMine = readLeaseOf(folder, fence)?.holder.run === run;
  return isMine && leaseFences(folder).at(-1) === fence;
}

function removeOlder(folder: string, fence: number): void {
  for (const older of leaseFences(folder)) if (older < fence) removeLease(folder, older);
}
