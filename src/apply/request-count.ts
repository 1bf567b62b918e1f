import { SECOND_MS } from "../model/instant.ts";
import type { ReportedPace } from "../model/report.ts";
import type { Clock } from "../ports/clock.ts";

/** How many requests a run makes, and how fast. */
export class RequestCount {
  readonly #clock: Clock;
  /** When the requests of the last second began. */
  #recent: number[] = [];
  #oldest = 0;
  #count = 0;
  #peak = 0;
  #firstMs = 0;
  #lastMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A request begins. */
  begin(): void {
    const nowMs = this.#clock.monotonicMs();
    if (this.#count === 0) this.#firstMs = nowMs;
    this.#lastMs = nowMs;
    this.#count++;
    this.#recent.push(nowMs);
    while ((this.#recent[this.#oldest] ?? nowMs) <= nowMs - SECOND_MS) this.#oldest++;
    this.#peak = Math.max(this.#peak, this.#recent.length - this.#oldest);
    if (this.#oldest > this.#recent.length / 2) {
      this.#recent = this.#recent.slice(this.#oldest);
      this.#oldest = 0;
    }
  }

  /** Null without a request. */
  figures(pauses: ReportedPace["pauses"]): ReportedPace | null {
    if (this.#count === 0) return null;
    // A run that is shorter than a second says nothing of more than that second.
    const seconds = Math.max(1, (this.#lastMs - this.#firstMs) / SECOND_MS);
    return {
      requests: this.#count,
      mean_per_second: Math.round((10 * this.#count) / seconds) / 10,
      peak_per_second: this.#peak,
      pauses,
    };
  }
}
