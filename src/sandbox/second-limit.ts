import { type Instant, SECOND_MS } from "../model/instant.ts";

/** At most so many calls in any one second; refused ones do not count. */
export class SecondLimit {
  /** When the newest calls were admitted, as a ring: its oldest one is the next to be replaced. */
  readonly #admittedAt: Float64Array;
  #next = 0;

  constructor(callsPerSecond: number) {
    this.#admittedAt = new Float64Array(callsPerSecond).fill(Number.NEGATIVE_INFINITY);
  }

  /** Whether a call now is within the limit; if so it is counted. */
  admit(now: Instant): boolean {
    const oldest = this.#admittedAt[this.#next] ?? now;
    if (now - oldest < SECOND_MS) return false;
    this.#admittedAt[this.#next] = now;
    this.#next = (this.#next + 1) % this.#admittedAt.length;
    return true;
  }
}
