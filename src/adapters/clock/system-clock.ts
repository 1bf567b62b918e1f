import { performance } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import type { Instant } from "../../model/instant.ts";
import type { Clock } from "../../ports/clock.ts";

/** The clock of this machine; with `from` it says that instant first and runs on from there. */
export function systemClock(from: Instant | undefined): Clock {
  const startMs = performance.now();
  return {
    now: () => (from === undefined ? Date.now() : from + Math.floor(performance.now() - startMs)),
    monotonicMs: () => performance.now(),
    sleep: async (ms, signal) => {
      // An abort ends the wait early; that is no fault.
      await wait(ms, undefined, { ...(signal && { signal }) }).catch(() => undefined);
    },
  };
}
