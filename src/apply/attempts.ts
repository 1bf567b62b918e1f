import { messageKind } from "../message/message-kind.ts";
import type { Delivery, Outcome, Reason } from "../model/delivery.ts";
import type { Instant } from "../model/instant.ts";
import { isJsonObject } from "../model/json.ts";
import type { Clock } from "../ports/clock.ts";
import type { MessageGateway } from "../ports/message-gateway.ts";
import type { Settlement } from "../ports/state-store.ts";
import { RETRY } from "./breakers.ts";
import type { Begun, PageLimits } from "./page-limits.ts";
import type { RequestCount } from "./request-count.ts";

/** 1545041 is an unavailable person; one page of Meta's says a closed window (section 4). */
const UNAVAILABLE_OR_CLOSED = 1545041;

type NotSent = Extract<Outcome, { status: "not_sent" }>;

/** What the attempts for a claimed delivery came to. */
export type Ended = Settlement | LeftOut;

/** Judged again right before its request, which was not written. */
export interface LeftOut {
  readonly status: "left_out";
  readonly reason: Reason;
}

export interface AttemptsDeps {
  readonly gateway: MessageGateway;
  readonly clock: Clock;
  readonly limits: PageLimits;
  readonly requests: RequestCount;
  random(): number;
  /** Aborts when no request may begin any more. */
  readonly over: AbortSignal;
  /** Hears every answer in the order they come. */
  see(delivery: Delivery, outcome: Outcome): void;
  stillAllowed(delivery: Delivery, now: Instant): Reason | null;
}

/** Makes requests for claimed deliveries, again where Meta surely did not take them. */
export class Attempts {
  readonly #deps: AttemptsDeps;
  #inFlight = 0;

  constructor(deps: AttemptsDeps) {
    this.#deps = deps;
  }

  /** Requests that were written and have no answer yet. */
  get inFlight(): number {
    return this.#inFlight;
  }

  async make(delivery: Delivery): Promise<Ended> {
    const { clock, limits, over } = this.#deps;
    const to = { psid: delivery.psid, kind: kindOf(delivery) };
    let ended: Ended = NEVER_BEGUN;
    let waitedMs = 0;
    for (let tries = 1; tries <= RETRY.maxTries && waitedMs <= RETRY.maxWaitMs; tries++) {
      const begun = await limits.turn(to, over);
      const reason = over.aborted ? null : this.#deps.stillAllowed(delivery, clock.now());
      if (over.aborted || reason !== null) {
        limits.giveBack(begun);
        return reason === null ? ended : { status: "left_out", reason };
      }
      const { outcome, waits } = await this.#request(delivery, begun);
      if (outcome.status !== "not_sent") return outcome;
      ended = { status: "released", error: outcome.error };
      // Where everybody has to wait, the next turn comes late enough.
      if (waits === "everybody" || tries === RETRY.maxTries) continue;
      const waitMs = this.#waitMs(outcome, tries);
      waitedMs += waitMs;
      if (waitedMs <= RETRY.maxWaitMs) await clock.sleep(waitMs, over);
    }
    return ended;
  }

  async #request(delivery: Delivery, begun: Begun) {
    const { gateway, limits, requests } = this.#deps;
    this.#inFlight++;
    requests.begin();
    try {
      const { outcome, usage } = await gateway.send(delivery.body, delivery);
      this.#deps.see(delivery, outcome);
      const waits = limits.see({ psid: delivery.psid, outcome, usage }, begun);
      return { outcome: this.#withWindow(outcome, delivery), waits };
    } finally {
      this.#inFlight--;
    }
  }

  #withWindow(outcome: Outcome, delivery: Delivery): Outcome {
    if (outcome.status !== "failed" || outcome.error.subcode !== UNAVAILABLE_OR_CLOSED) {
      return outcome;
    }
    const reason = this.#deps.stillAllowed(delivery, this.#deps.clock.now());
    return reason === "outside_window" ? { ...outcome, errorClass: reason } : outcome;
  }

  /** Exponential with jitter, where Meta does not say how long. */
  #waitMs({ limited, retryAfterMs }: NotSent, tries: number): number {
    if (retryAfterMs !== null) return retryAfterMs;
    const random = this.#deps.random();
    const firstMs =
      limited === null
        ? RETRY.firstWaitMs * (0.5 + random)
        : limited.firstWaitMs + limited.spreadMs * random;
    return Math.min(firstMs * 2 ** (tries - 1), limited?.maxWaitMs ?? RETRY.maxWaitMs);
  }
}

/** For what was claimed when the run ended. */
export const NEVER_BEGUN: Settlement = {
  status: "released",
  error: { code: null, message: "The run ended before its request." },
};

function kindOf({ body }: Delivery) {
  const { message } = body;
  return isJsonObject(message) ? messageKind(message) : "plain";
}
