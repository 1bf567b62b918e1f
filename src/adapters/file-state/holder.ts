import { Stop } from "../../diag/errors.ts";
import type { Run } from "../../model/delivery.ts";
import { formatInstant, type Instant } from "../../model/instant.ts";
import type { LeaseHolder } from "../../ports/state-store.ts";
import type { Machine, ProcessIdentity } from "./machine.ts";

/** How often a holder says that it lives. */
export const HEARTBEAT_MS = 10_000;
/** Without a sign of life for so long, a holder on another machine has lapsed. */
const LAPSE_MS = 60_000;
/** How long a lease that seems lapsed must keep still: the clock that says so may have jumped. */
const WATCH_MS = 20_000;

/** The process that may write a state. */
export interface Holder extends LeaseHolder, ProcessIdentity {}

/** A lease as it is found. */
export interface HeldLease {
  readonly fence: number;
  readonly holder: Holder;
  /** By the clock of the holder's machine. */
  readonly heartbeatAt: Instant;
}

/** This process, from now on. */
export function holderFor({ id, url }: Pick<Run, "id" | "url">, machine: Machine): Holder {
  return { run: id, url, since: formatInstant(machine.wallMs()), ...machine.self };
}

/** What is told of a holder. */
export function publicHolder({ run, host, pid, url, since }: LeaseHolder): LeaseHolder {
  return { run, host, pid, url, since };
}

/** Whether a holder lives, as far as can be told without waiting. */
export function isAlive({ holder, heartbeatAt }: HeldLease, machine: Machine): boolean {
  return machine.isRunning(holder) ?? machine.wallMs() - heartbeatAt < LAPSE_MS;
}

/**
 * Whether a holder lives no more; false: only watching it can tell. `watched` is the lease as it
 * was when a watch began. Throws Stop `locked` when it lives.
 */
export function isDead(lease: HeldLease, machine: Machine, watched?: HeldLease): boolean {
  const isRunning = machine.isRunning(lease.holder);
  if (isRunning === false) return true;
  const ageMs = machine.wallMs() - lease.heartbeatAt;
  const wasWatched = watched?.fence === lease.fence;
  const hasMoved = wasWatched && watched.heartbeatAt !== lease.heartbeatAt;
  const isFresh = !wasWatched && ageMs >= 0 && ageMs < LAPSE_MS;
  if (isRunning || hasMoved || isFresh) throw locked(lease, machine);
  return wasWatched;
}

/** How long a lease must be watched: a heartbeat from the future says nothing of its age. */
export function watchMs({ heartbeatAt }: HeldLease, machine: Machine): number {
  return machine.wallMs() < heartbeatAt ? LAPSE_MS : WATCH_MS;
}

export function locked({ holder, heartbeatAt }: HeldLease, machine: Machine): Stop {
  const ageMs = machine.wallMs() - heartbeatAt;
  const age = ageMs < 0 ? "by a clock that is ahead" : `${Math.round(ageMs / 1000)} s ago`;
  return new Stop(
    "locked",
    `Another apply holds the state: ${describe(holder)}, last heartbeat ${age}. ` +
      "Nothing was sent. Wait for it to end, or let --lock-timeout wait.",
  );
}

/** What a run is told that finds its lease in other hands, or gone. */
export function leaseLost(by: LeaseHolder | undefined): Stop {
  const whom = by === undefined ? "" : ` by ${describe(by)}`;
  return new Stop(
    "partial",
    `The state was taken over${whom}, because this run gave no sign of life for too long. ` +
      "It sent nothing since; what it sent before is in the ledger.",
  );
}

function describe({ run, host, pid, url, since }: LeaseHolder): string {
  return `run ${run} on ${host}, process ${pid}, since ${since}${url === null ? "" : `, ${url}`}`;
}
