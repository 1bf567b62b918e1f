import type { Instant } from "../model/instant.ts";

/** The only source of time. */
export interface Clock {
  /** The moment rules are judged by; `--now` sets its start, then it runs on. */
  now(): Instant;
  /** Milliseconds of a clock that never jumps; for pace, leases and back-off. */
  monotonicMs(): number;
  /** Resolves after `ms` of real time, or at once when `signal` aborts. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
