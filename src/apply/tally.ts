import type { Reason } from "../model/delivery.ts";
import type { ErrorCount } from "../model/report.ts";
import type { Settlement } from "../ports/state-store.ts";

/** What sending one campaign came to: claims − released = sent + failed + unknown. */
export class Tally {
  sent = 0;
  failed = 0;
  unknown = 0;
  released = 0;
  readonly leftOut = new Map<Reason, number>();
  readonly #errors = new Map<string, ErrorCount>();

  count(settlement: Settlement): void {
    this[settlement.status]++;
    if (settlement.status === "sent") return;
    const { code, message } = settlement.error;
    const subcode = settlement.status === "released" ? null : settlement.error.subcode;
    const errorClass = settlement.status === "failed" ? settlement.errorClass : settlement.status;
    this.#countError({ errorClass, code, subcode, message, count: 1 });
  }

  /** Requests without an answer when the run could wait no longer: they read as unknown. */
  abandon(requests: number): void {
    if (requests === 0) return;
    this.unknown += requests;
    const message = "no answer before the run had to end";
    this.#countError({
      errorClass: "unknown",
      code: null,
      subcode: null,
      message,
      count: requests,
    });
  }

  leaveOut(reason: Reason): void {
    this.leftOut.set(reason, (this.leftOut.get(reason) ?? 0) + 1);
  }

  /** The most frequent first. */
  get errors(): ErrorCount[] {
    return [...this.#errors.values()].sort((a, b) => b.count - a.count);
  }

  /** Meta's codes are kept apart, its words are not: there may be as many of them as people. */
  #countError(error: ErrorCount): void {
    const { errorClass, code, subcode, message } = error;
    const key = `${errorClass} ${code ?? message} ${subcode}`;
    const before = this.#errors.get(key);
    this.#errors.set(key, before ? { ...before, count: before.count + error.count } : error);
  }
}
