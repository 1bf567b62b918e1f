import { SECOND_MS } from "../model/instant.ts";
import type { Clock } from "../ports/clock.ts";

/** What happened longer ago says little of how fast it goes now. */
const LOOK_BACK_MS = 15 * SECOND_MS;
/** Nor do the first moments, in which a whole second's requests may begin. */
const LEAST_MS = SECOND_MS;

/** How fast something that is counted goes on. */
export class Speed {
  readonly #clock: Clock;
  readonly #startMs: number;
  readonly #seen: { readonly atMs: number; readonly done: number }[];

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#startMs = clock.monotonicMs();
    this.#seen = [{ atMs: this.#startMs, done: 0 }];
  }

  see(done: number): void {
    const atMs = this.#clock.monotonicMs();
    this.#seen.push({ atMs, done });
    // The oldest one that is kept is the last before the stretch that is looked at.
    while ((this.#seen[1]?.atMs ?? atMs) <= atMs - LOOK_BACK_MS) this.#seen.shift();
  }

  /** Over the last seconds; 0 until that can be told. */
  get perSecond(): number {
    const first = this.#seen[0];
    const last = this.#seen.at(-1);
    if (first === undefined || last === undefined) return 0;
    if (last.atMs - first.atMs < LEAST_MS) return 0;
    return ((last.done - first.done) * SECOND_MS) / (last.atMs - first.atMs);
  }

  /** Since the start. */
  get seconds(): number {
    return (this.#clock.monotonicMs() - this.#startMs) / SECOND_MS;
  }
}
