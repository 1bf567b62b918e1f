import type { Machine, ProcessIdentity } from "../../../src/adapters/file-state/machine.ts";

/** Wall clocks of several machines, told apart by their errors. */
export class WallClock {
  ms = Date.UTC(2026, 11, 1);
}

/** A process on a machine of its own name; those of one name see each other live and die. */
export class FakeMachine implements Machine {
  readonly self: ProcessIdentity;
  readonly #wall: WallClock;
  readonly #dead: Set<number>;
  /** How far this machine's clock is off. */
  skewMs = 0;

  constructor(host: string, pid: number, of: { wall: WallClock; dead?: Set<number> }) {
    const bootId = `boot-of-${host}`;
    this.self = { host, bootId, pidNamespace: "pid:[1]", pid, startedTicks: String(pid * 100) };
    this.#wall = of.wall;
    this.#dead = of.dead ?? new Set();
  }

  wallMs(): number {
    return this.#wall.ms + this.skewMs;
  }

  isRunning({ bootId, pid }: ProcessIdentity): boolean | undefined {
    return bootId === this.self.bootId ? !this.#dead.has(pid) : undefined;
  }
}
