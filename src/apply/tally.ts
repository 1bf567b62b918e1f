import type { Outcome, Reason, StopScope } from "../model/delivery.ts";
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
    const key = JSON.stringify([errorClass, code, subcode, message]);
    const count = (this.#errors.get(key)?.count ?? 0) + 1;
    this.#errors.set(key, { errorClass, code, subcode, message, count });
  }

  leaveOut(reason: Reason): void {
    this.leftOut.set(reason, (this.leftOut.get(reason) ?? 0) + 1);
  }

  /** The most frequent first. */
  get errors(): ErrorCount[] {
    return [...this.#errors.values()].sort((a, b) => b.count - a.count);
  }
}

/** Why sending stopped before everybody was tried. */
export interface Stopped {
  readonly scope: StopScope;
  readonly because: string;
}

/** This many alike in a row, without a success between, stop a campaign. */
const INVALID_IN_A_ROW = 3;
const REJECTED_IN_A_ROW = 10;

/** Watches outcomes for those that reach beyond the one person. */
export class StopRules {
  stopped: Stopped | null = null;
  #lastKey = "";
  #inARow = 0;

  see(outcome: Outcome): void {
    if (outcome.status === "sent") this.#inARow = 0;
    if (outcome.status !== "failed" || this.stopped !== null) return;
    const { errorClass, error, stops } = outcome;
    const because = `${error.message}${error.code === null ? "" : ` (code ${error.code})`}`;
    if (stops === "page" || stops === "run") {
      this.stopped = { scope: stops, because };
      return;
    }
    const key = `${errorClass} ${error.code} ${error.subcode}`;
    this.#inARow = key === this.#lastKey ? this.#inARow + 1 : 1;
    this.#lastKey = key;
    const limit = stops === "campaign" ? INVALID_IN_A_ROW : REJECTED_IN_A_ROW;
    const counts = stops === "campaign" || errorClass === "rejected";
    if (counts && this.#inARow >= limit) this.stopped = { scope: "campaign", because };
  }
}
