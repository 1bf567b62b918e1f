import type { Limited, Outcome } from "../model/delivery.ts";
import type { Usage } from "../ports/message-gateway.ts";
import {
  OUTAGE,
  OUTAGE_IN_A_ROW,
  THREAD_OR_PAGE,
  USAGE,
  USAGE_FULL,
  USAGE_HIGH,
} from "./breakers.ts";

/** Why nothing may go out for a while. */
export interface PauseCause {
  readonly by: "limit" | "outage";
  /** The beginning of a sentence. */
  readonly words: string;
  readonly limited: Limited;
  /** How long Meta asks to wait. */
  readonly toldMs: number | null;
}

/** What came back for one request. */
export interface Answer {
  readonly psid: string;
  readonly outcome: Outcome;
  readonly usage: Usage | null;
}

/** 613/2018338, "bothersome or abusive": half the rate from then on (section 4). */
const WARNING_SUBCODE = 2018338;

/** Reads from the answers, in the order they come, what holds up more than the one delivery. */
export class LimitSigns {
  #isWarned = false;
  #isUsageHigh = false;
  #silentInARow = 0;
  #limitedPsid: string | null = null;
  #limitedWeight = 0;

  /** Whether only half of the rate should be used. */
  get isSlow(): boolean {
    return this.#isWarned || this.#isUsageHigh;
  }

  see({ psid, outcome, usage }: Answer): PauseCause | undefined {
    this.#silentInARow = isSilent(outcome) ? this.#silentInARow + 1 : 0;
    if (outcome.status === "failed" && outcome.error.subcode === WARNING_SUBCODE) {
      this.#isWarned = true;
    }
    if (outcome.status === "not_sent" && outcome.limited !== null) {
      const { limited, error, retryAfterMs: toldMs } = outcome;
      if (!this.#isPagewide(limited, psid)) return undefined;
      const code = error.code === null ? "" : ` (code ${error.code})`;
      return { by: "limit", words: `Meta limits the page${code}`, limited, toldMs };
    }
    if (!isSilent(outcome)) this.#passed();
    return this.#usageCause(usage) ?? this.#outageCause();
  }

  /** Whether a limit that may be one thread's is the page's. */
  #isPagewide({ scope }: Limited, psid: string): boolean {
    if (scope !== "page_or_thread") return scope !== "thread";
    const othersToo = this.#limitedPsid !== null && this.#limitedPsid !== psid;
    this.#limitedPsid = psid;
    this.#limitedWeight += THREAD_OR_PAGE.weight;
    return othersToo || this.#limitedWeight > THREAD_OR_PAGE.pageAbove;
  }

  #passed(): void {
    this.#limitedPsid = null;
    this.#limitedWeight = Math.max(0, this.#limitedWeight - 1);
  }

  /** No header means nothing: Meta sends them only once enough calls were made. */
  #usageCause(usage: Usage | null): PauseCause | undefined {
    if (usage === null) return undefined;
    const { percent, regainAccessMs: toldMs } = usage;
    this.#isUsageHigh = percent >= USAGE.slowFrom;
    if (percent < USAGE.pauseFrom) return undefined;
    const limited = percent >= USAGE.stopFrom ? USAGE_FULL : USAGE_HIGH;
    return { by: "limit", words: `${percent} % of Meta's limit are used up`, limited, toldMs };
  }

  #outageCause(): PauseCause | undefined {
    if (this.#silentInARow < OUTAGE_IN_A_ROW) return undefined;
    const words = `${this.#silentInARow} requests in a row got no answer that counts`;
    return { by: "outage", words, limited: OUTAGE, toldMs: null };
  }
}

/** Nobody can tell from it whether the platform works. */
export function isSilent(outcome: Outcome): boolean {
  return outcome.status === "unknown" || (outcome.status === "not_sent" && !outcome.limited);
}
