import { SECOND_MS } from "../model/instant.ts";
import type { Clock } from "../ports/clock.ts";

/** Between two messages to one person (messenger-platform.md section 5). */
const GAP_MS = SECOND_MS;

/** Keeps two requests to one person apart. Remembers those of the last second alone. */
export class ThreadGaps {
  readonly #clock: Clock;
  /** When the last request to a PSID began, the oldest first. */
  readonly #begunAtMs = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  isFree(psid: string): boolean {
    return this.#waitMs(psid) <= 0;
  }

  /** Resolves once the person may be written to, or when `signal` aborts. */
  async wait(psid: string, signal: AbortSignal): Promise<void> {
    for (let ms = this.#waitMs(psid); ms > 0 && !signal.aborted; ms = this.#waitMs(psid)) {
      await this.#clock.sleep(ms, signal);
    }
  }

  begin(psid: string, nowMs: number): void {
    for (const [other, begunAtMs] of this.#begunAtMs) {
      if (nowMs - begunAtMs < GAP_MS) break;
      this.#begunAtMs.delete(other);
    }
    this.#begunAtMs.delete(psid);
    this.#begunAtMs.set(psid, nowMs);
  }

  #waitMs(psid: string): number {
    const begunAtMs = this.#begunAtMs.get(psid);
    return begunAtMs === undefined ? 0 : begunAtMs + GAP_MS - this.#clock.monotonicMs();
  }
}
