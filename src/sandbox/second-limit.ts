import { type Instant, SECOND_MS } from "../model/instant.ts";

/** At most so many calls in one second of the clock. */
export class SecondLimit {
  readonly #calls: number;
  #second = Number.NaN;
  #used = 0;

  constructor(callsPerSecond: number) {
    this.#calls = callsPerSecond;
  }

  /** Counts a call; whether it is still within the limit. */
  admit(now: Instant): boolean {
    const second = Math.floor(now / SECOND_MS);
    if (second !== this.#second) [this.#second, this.#used] = [second, 0];
    this.#used += 1;
    return this.#used <= this.#calls;
  }
}
