import { setMaxListeners } from "node:events";
import { performance } from "node:perf_hooks";
import type { Instant } from "../../model/instant.ts";
import type { Clock } from "../../ports/clock.ts";

/** Longer waits overflow a timer, which then fires at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** The clock of this machine; with `from` it says that instant first and runs on from there. */
export function systemClock(from: Instant | undefined): Clock {
  const startMs = performance.now();
  return {
    now: () => (from === undefined ? Date.now() : from + Math.floor(performance.now() - startMs)),
    monotonicMs: () => performance.now(),
    sleep: async (ms, signal) => {
      // Every request that waits its turn listens to the same signal.
      if (signal !== undefined) setMaxListeners(0, signal);
      for (let leftMs = ms; leftMs > 0 && !signal?.aborted; leftMs -= MAX_TIMER_MS) {
        await timer(Math.min(leftMs, MAX_TIMER_MS), signal);
      }
    },
  };
}

function timer(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(started);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const started = setTimeout(end, ms);
    signal?.addEventListener("abort", end, { once: true });
  });
}
