import { beforeEach, describe, expect, test, vi } from "vitest";
import { Lease } from "../../../src/adapters/file-state/lease.ts";
import { SkippingClock } from "../../apply/fakes.ts";
import { temporaryFolder } from "../../cli/posthorn.ts";
import { FakeMachine, WallClock } from "./machines.ts";

/** Called before every look at the disk and every change of it. */
const disk = vi.hoisted(() => ({ before: () => {} }));

vi.mock("node:fs", async (original) => {
  const real = await original<typeof import("node:fs")>();
  const watched = ["openSync", "readdirSync", "linkSync", "rmSync", "readFileSync"] as const;
  const wrap =
    (name: (typeof watched)[number]) =>
    (...args: unknown[]) => {
      disk.before();
      return (real[name] as (...given: unknown[]) => unknown)(...args);
    };
  return { ...real, ...Object.fromEntries(watched.map((name) => [name, wrap(name)])) };
});

/** Everybody who takes part: what they hold, and the serial that the state's document says. */
class Rivals {
  readonly folder = temporaryFolder();
  readonly dead = new Set<number>();
  readonly wall = new WallClock();
  /** Those who wrote the serial and may have written records. */
  readonly begun: Lease[] = [];
  readonly held = new Map<number, Lease>();
  serial = 0;

  /** Process `pid` tries to take the lease, and writes the serial as an apply does that claims. */
  take(pid: number, of: { readonly begins: boolean } = { begins: true }): void {
    const machine = new FakeMachine("here", pid, { wall: this.wall, dead: this.dead });
    const lease = this.#attempt(pid, machine);
    if (!(lease instanceof Lease)) return;
    if (of.begins) {
      this.serial = lease.fence;
      this.begun.push(lease);
    }
    this.held.set(pid, lease);
  }

  release(pid: number): void {
    this.held.get(pid)?.release();
    this.held.delete(pid);
  }

  die(pid: number): void {
    this.dead.add(pid);
    this.held.delete(pid);
  }

  /** Who would claim now. */
  get claimants(): number[] {
    return [...this.held].filter(([, lease]) => passes(lease)).map(([pid]) => pid);
  }

  #attempt(pid: number, machine: FakeMachine) {
    const { signal } = new AbortController();
    const run = { id: `run-${pid}`, url: null };
    const clock = new SkippingClock();
    const readSerial = () => {
      disk.before();
      return this.serial;
    };
    try {
      return Lease.attempt({ folder: this.folder, run, machine, clock, signal, readSerial });
    } catch {
      return undefined;
    }
  }
}

function passes(lease: Lease): boolean {
  try {
    lease.check();
    return true;
  } catch {
    return false;
  }
}

/** Runs `meanwhile` before the step-th look at the disk of `run`; false when there is none. */
function interrupted(run: () => void, step: number, meanwhile: () => void): boolean {
  let steps = 0;
  const outer = disk.before;
  let isReached = false;
  disk.before = () => {
    if (steps++ !== step) return;
    isReached = true;
    disk.before = outer;
    meanwhile();
  };
  try {
    run();
  } finally {
    disk.before = outer;
  }
  return isReached;
}

const STARTS: Readonly<Record<string, (rivals: Rivals) => void>> = {
  "a free state": () => {},
  "a dead holder": (rivals) => {
    rivals.take(9);
    rivals.die(9);
  },
  "a state that others have used": (rivals) => {
    rivals.take(9);
    rivals.release(9);
  },
};

/** What another process may do while the first one is taking the lease. */
const MEANWHILES: Readonly<Record<string, (rivals: Rivals, pid: number) => void>> = {
  "takes it": (rivals, pid) => rivals.take(pid),
  "takes it and is done": (rivals, pid) => {
    rivals.take(pid);
    rivals.release(pid);
  },
  "takes it and is done without a trace": (rivals, pid) => {
    rivals.take(pid, { begins: false });
    rivals.release(pid);
  },
  "takes it and dies": (rivals, pid) => {
    rivals.take(pid);
    rivals.die(pid);
  },
  "takes it, dies, and a third one is done too": (rivals, pid) => {
    rivals.take(pid);
    rivals.die(pid);
    rivals.take(pid + 1);
    rivals.release(pid + 1);
  },
};

beforeEach(() => {
  disk.before = () => {};
});

describe("a race for a lease", () => {
  for (const [start, prepare] of Object.entries(STARTS)) {
    for (const [what, meanwhile] of Object.entries(MEANWHILES)) {
      test(`from ${start}, while another one ${what}: at most one holds it, at every step`, () => {
        let steps = 0;
        for (; ; steps++) {
          const rivals = new Rivals();
          prepare(rivals);
          const isReached = interrupted(
            () => rivals.take(1),
            steps,
            () => meanwhile(rivals, 2),
          );
          expectOneWinner(rivals);
          if (!isReached) break;
        }
        expect(steps).toBeGreaterThan(5);
      });
    }
  }

  test("of three, each breaking in on the one before, at every pair of steps", () => {
    let pairs = 0;
    for (let step = 0; ; step++) {
      let isReached = false;
      for (let inner = 0; ; inner++) {
        const rivals = new Rivals();
        STARTS["a dead holder"]?.(rivals);
        let isInnerReached = false;
        isReached = interrupted(
          () => rivals.take(1),
          step,
          () => {
            isInnerReached = interrupted(
              () => rivals.take(2),
              inner,
              () => rivals.take(3),
            );
          },
        );
        expectOneWinner(rivals);
        if (!isInnerReached) break;
        pairs++;
      }
      if (!isReached) break;
    }
    expect(pairs).toBeGreaterThan(50);
  });
});

/** Fencing numbers are given once and rise; one may claim; and if nobody does, the way is free. */
function expectOneWinner(rivals: Rivals): void {
  const fences = rivals.begun.map(({ fence }) => fence);
  expect(fences).toEqual([...new Set(fences)].sort((a, b) => a - b));
  // Nobody who lives is robbed, and so there are no two.
  expect(rivals.held.size).toBeLessThanOrEqual(1);
  expect(rivals.claimants).toEqual([...rivals.held.keys()]);
  const before = rivals.begun.length;
  for (const pid of [...rivals.held.keys()]) rivals.die(pid);
  rivals.take(50);
  expect(rivals.begun.length).toBe(before + 1);
  expect(rivals.claimants).toEqual([50]);
  rivals.release(50);
}
