import type { MetaError, Outcome, StopScope } from "../model/delivery.ts";
import type { CutOff } from "../model/report.ts";
import { BREAKERS, type Breaker, SHARE_OF_FIRST } from "./breakers.ts";

/** Why sending stopped before everybody was tried. */
export interface Stopped {
  readonly scope: StopScope;
  readonly because: string;
}

type Failed = Extract<Outcome, { status: "failed" }>;

/** Watches a campaign's outcomes, as they come, for those that reach beyond one person. */
export class StopRules {
  /** Meta refused the campaign, the page or the token. */
  stopped: Stopped | null = null;
  /** Too many failures for the run to go on before somebody has looked. */
  cutOff: CutOff | null = null;
  #seen = 0;
  /** Failures with no success since, by class, code and subcode. */
  readonly #alike = new Map<string, number>();
  /** Failures among the first ones, by class. */
  readonly #among = new Map<string, number>();

  get isOver(): boolean {
    return this.stopped !== null || this.cutOff !== null;
  }

  see(outcome: Outcome): void {
    if (outcome.status === "not_sent" || this.isOver) return;
    this.#seen++;
    if (outcome.status === "sent") this.#alike.clear();
    if (outcome.status !== "failed") return;
    const { errorClass, error, stops } = outcome;
    if (stops === "page" || stops === "run") {
      this.stopped = { scope: stops, because: wordsOf(error) };
      return;
    }
    increase(this.#alike, `${errorClass} ${error.code} ${error.subcode}`);
    if (this.#seen <= SHARE_OF_FIRST) increase(this.#among, errorClass);
    const breaker = BREAKERS.find((one) => this.#isOpen(one, outcome));
    if (breaker !== undefined) this.#stop(breaker, outcome);
  }

  #isOpen(breaker: Breaker, { errorClass, error }: Failed): boolean {
    if (breaker.errorClass !== errorClass) return false;
    if (breaker.code !== undefined && breaker.code !== error.code) return false;
    const key = `${errorClass} ${error.code} ${error.subcode}`;
    return breaker.rule === "alike"
      ? (this.#alike.get(key) ?? 0) >= breaker.limit
      : (this.#among.get(errorClass) ?? 0) > breaker.limit;
  }

  #stop({ rule, limit, stops }: Breaker, { error }: Failed): void {
    const many =
      rule === "alike"
        ? `${limit} failed alike without a success between`
        : `More than ${limit} of the first ${SHARE_OF_FIRST} failed`;
    const because = `${many}: ${wordsOf(error)}`;
    if (stops === "cut_off") this.cutOff = { by: "breaker", because };
    else this.stopped = { scope: stops === "refused" ? "run" : "campaign", because };
  }
}

function increase(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function wordsOf({ message, code }: MetaError): string {
  return `${message}${code === null ? "" : ` (code ${code})`}`;
}
