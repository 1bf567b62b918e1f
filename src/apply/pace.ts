import { SECOND_MS } from "../model/instant.ts";
import type { Clock } from "../ports/clock.ts";

/** Lets at most `perSecond` requests begin in any rolling second. */
export class Pace {
  /** Infinite when unlimited. */
  readonly perSecond: number;
  readonly #clock: Clock;
  /** When the last `perSecond` requests began, as a ring. */
  readonly #starts: number[] = [];
  #next = 0;
  #pausedUntil = 0;
  /** One waits at a time; the others stand in line behind it. */
  #line: Promise<void> = Promise.resolve();

  constructor(clock: Clock, rate: { readonly perSecond: number } | "unlimited") {
    this.#clock = clock;
    this.perSecond = rate === "unlimited" ? Number.POSITIVE_INFINITY : rate.perSecond;
  }

  /** Resolves when the next request may begin, or at once when `signal` aborts. */
  turn(signal: AbortSignal): Promise<void> {
    if (this.perSecond === Number.POSITIVE_INFINITY && this.#waitMs() <= 0)
      return Promise.resolve();
    this.#line = this.#line.then(() => this.#wait(signal));
    return this.#line;
  }

  /** No request begins for so long: Meta asked for it. */
  pause(ms: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#clock.monotonicMs() + ms);
  }

  async #wait(signal: AbortSignal): Promise<void> {
    for (;;) {
      const waitMs = this.#waitMs();
      if (waitMs <= 0 || signal.aborted) break;
      await this.#clock.sleep(waitMs, signal);
    }
    if (this.perSecond === Number.POSITIVE_INFINITY) return;
    this.#starts[this.#next] = this.#clock.monotonicMs();
    this.#next = (this.#next + 1) % this.perSecond;
  }

  #waitMs(): number {
    const now = this.#clock.monotonicMs();
    // Timers may fire a little early; a millisecond more keeps the second strict.
    const oldest =
      this.perSecond === Number.POSITIVE_INFINITY ? undefined : this.#starts[this.#next];
    const freeAt = oldest === undefined ? now : oldest + SECOND_MS + 1;
    return Math.max(freeAt, this.#pausedUntil) - now;
  }
}
