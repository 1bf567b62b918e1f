import { SECOND_MS } from "../model/instant.ts";
import type { Clock } from "../ports/clock.ts";

/** Between two messages to one person (messenger-platform.md section 5). */
const GAP_MS = SECOND_MS;

/** Keeps two requests to one person apart. Remembers those of the last two seconds alone. */
export class ThreadGaps {
  readonly #clock: Clock;
  /** When the last request to a PSID began: in this stretch of a second, and in the one before. */
  #recent = new Map<string, number>();
  #before = new Map<string, number>();
  #recentSinceMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** For how long the person may not be written to yet; 0 or less: not at all. */
  waitMs(psid: string): number {
    const begunAtMs = this.#recent.get(psid) ?? this.#before.get(psid);
    return begunAtMs === undefined ? 0 : begunAtMs + GAP_MS - this.#clock.monotonicMs();
  }

  begin(psid: string, nowMs: number): void {
    if (nowMs - this.#recentSinceMs >= GAP_MS) {
      this.#before = this.#recent;
      this.#recent = new Map();
      this.#recentSinceMs = nowMs;
    }
    this.#recent.set(psid, nowMs);
  }
}
