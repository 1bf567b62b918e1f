import { expect, test } from "vitest";
import { DefectError, PortError, Stop } from "../../src/diag/errors.ts";
import { type Draining, drainQueue } from "../../src/intake/drain-queue.ts";
import type { EventQueue } from "../../src/ports/event-queue.ts";
import { SkippingClock } from "../apply/fakes.ts";

/** Batches in memory, one after the other. */
function queueOf(batches: readonly (readonly string[])[]) {
  let next = 0;
  const queue: EventQueue = {
    append: async () => {},
    next: () => {
      const bodies = batches[next];
      return bodies && { bodies, segment: "one", end: next };
    },
    taken: () => {
      next++;
    },
    waitingBytes: () => batches.length - next,
    close: async () => {},
  };
  return queue;
}

/** Drains with a clock that sleeps no longer than it takes to say so. */
async function drain(
  batches: readonly (readonly string[])[],
  over: Partial<Draining> & { readonly untilMs?: number } = {},
) {
  const queue = queueOf(batches);
  const clock = new SkippingClock();
  const start = clock.monotonicMs();
  const ending = new AbortController();
  const taken: (readonly string[])[] = [];
  const told: (string | undefined)[] = [];
  const sleeps: number[] = [];
  await drainQueue({
    queue,
    take: async (bodies) => void taken.push(bodies),
    signal: ending.signal,
    tell: (trouble) => void told.push(trouble),
    ...over,
    clock: {
      ...clock,
      sleep: async (ms) => {
        sleeps.push(ms);
        await clock.sleep(ms);
        if (clock.monotonicMs() - start >= (over.untilMs ?? 5_000)) ending.abort();
      },
    },
  });
  return { taken, told, sleeps, left: queue.waitingBytes() };
}

/** Takes bodies in only after so many faults. */
function failing(times: number, fault: Error) {
  let left = times;
  return async () => {
    if (left-- > 0) throw fault;
  };
}

test("takes batch after batch without a pause, then looks once a second", async () => {
  const { taken, sleeps, left } = await drain([["a"], ["b", "c"], ["d"]]);
  expect(taken).toEqual([["a"], ["b", "c"], ["d"]]);
  expect(sleeps).toEqual([1_000, 1_000, 1_000, 1_000, 1_000]);
  expect(left).toBe(0);
});

test("a batch in which no body is whole is passed over", async () => {
  expect(await drain([[], ["a"]])).toMatchObject({ taken: [["a"]], left: 0 });
});

const LOCKED = new Stop("locked", "Another apply holds the state.");
const FULL = new PortError("The disk is full.", { retryable: true });

test.each([LOCKED, FULL])("$message: the batch is tried again, ever later", async (fault) => {
  const take = failing(9, fault);
  const { sleeps, told, left } = await drain([["a"]], { take, untilMs: 400_000 });
  const seconds = [1, 2, 4, 8, 16, 32, 60, 60, 60, 1];
  expect(sleeps.slice(0, 10)).toEqual(seconds.map((one) => one * 1000));
  expect(told.slice(0, 10)).toEqual([...Array(9).fill(fault.message), undefined]);
  expect(left).toBe(0);
});

test("a disk that does not remember what was taken in: the same batch comes again", async () => {
  const queue = queueOf([["a"]]);
  const taken: (readonly string[])[] = [];
  const forgetful: EventQueue = {
    ...queue,
    taken: (batch) => {
      if (taken.length <= 2) throw FULL;
      queue.taken(batch);
    },
  };
  const { told } = await drain([], {
    queue: forgetful,
    take: async (bodies) => void taken.push(bodies),
  });
  expect(taken).toEqual([["a"], ["a"], ["a"]]);
  expect(told).toContain("The disk is full.");
});

test("at the end what waits is taken in as well, as long as two seconds last", async () => {
  const clock = new SkippingClock();
  const slow = async () => clock.sleep(900);
  const signal = AbortSignal.abort();
  const queue = queueOf([["a"], ["b"], ["c"], ["d"]]);
  await drainQueue({ queue, take: slow, clock, signal, tell: () => {} });
  expect(queue.waitingBytes()).toBe(1);
});

test("at the end nothing is tried twice", async () => {
  const queue = queueOf([["a"]]);
  let tries = 0;
  const take = async () => {
    tries++;
    throw FULL;
  };
  const signal = AbortSignal.abort();
  await drainQueue({ queue, take, clock: new SkippingClock(), signal, tell: () => {} });
  expect(tries).toBe(1);
  expect(queue.waitingBytes()).toBe(1);
});

test("a fault of the program ends it", async () => {
  const take = failing(1, new DefectError("cannot be"));
  await expect(drain([["a"]], { take })).rejects.toThrow("cannot be");
});
