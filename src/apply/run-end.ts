import type { CutOff } from "../model/report.ts";
import type { Clock } from "../ports/clock.ts";

/** Tells everything that waits in a run when it has to end. The first reason stands. */
export class RunEnd {
  /** Aborts when the run has to end. */
  readonly signal: AbortSignal;
  readonly #clock: Clock;
  readonly #endsAtMs: number;
  readonly #own = new AbortController();
  readonly #closed = new AbortController();

  /** `interruption` aborts with the name of a signal. */
  constructor(of: {
    readonly clock: Clock;
    readonly interruption: AbortSignal;
    readonly maxRuntimeMs: number | undefined;
  }) {
    const { clock, interruption, maxRuntimeMs } = of;
    this.signal = AbortSignal.any([interruption, this.#own.signal]);
    this.#clock = clock;
    this.#endsAtMs = clock.monotonicMs() + (maxRuntimeMs ?? Number.POSITIVE_INFINITY);
    if (maxRuntimeMs !== undefined) void this.#endAfter(maxRuntimeMs);
  }

  /** Why the run has to end; null while it may go on. */
  get reason(): CutOff | null {
    if (!this.signal.aborted) return null;
    const { reason } = this.signal;
    if (typeof reason !== "string") return reason as CutOff;
    return { by: "signal", because: `${reason} came.` };
  }

  /** How long the run may still take; infinite without `--max-runtime`. */
  get leftMs(): number {
    return Math.max(0, this.#endsAtMs - this.#clock.monotonicMs());
  }

  cutOff(reason: CutOff): void {
    this.#own.abort(reason);
  }

  /** The run is over by itself; nothing waits for its time any more. */
  close(): void {
    this.#closed.abort();
  }

  async #endAfter(ms: number): Promise<void> {
    await this.#clock.sleep(ms, this.#closed.signal);
    if (this.#closed.signal.aborted) return;
    this.cutOff({ by: "max_runtime", because: "The time of --max-runtime was over." });
  }
}
