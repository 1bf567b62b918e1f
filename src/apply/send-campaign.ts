import type { Delivery, Outcome, Reason } from "../model/delivery.ts";
import { type Instant, SECOND_MS } from "../model/instant.ts";
import type { Clock } from "../ports/clock.ts";
import type { MessageGateway } from "../ports/message-gateway.ts";
import type { Settlement, StateWriter } from "../ports/state-store.ts";
import { Attempts, type Ended, NEVER_BEGUN } from "./attempts.ts";
import { ClaimLine } from "./claim-line.ts";
import type { PageLimits } from "./page-limits.ts";
import type { RequestCount } from "./request-count.ts";
import type { RunEnd } from "./run-end.ts";
import { StopRules } from "./stop-rules.ts";
import { Tally } from "./tally.ts";

/*
 * The states of one delivery:
 *   rendered → left out            judged again right before the claim
 *   rendered → claimed             on disk before its request is written
 *   claimed → sent | failed | unknown      what one attempt came to
 *   claimed → claimed              surely not taken: tried again after a while, five times at most
 *   claimed → released             still not taken, or a stop came before its request: due again;
 *                                  or judged again right before the request, and left out
 */

const IN_FLIGHT = 64;
/** After a signal answers are waited for so long; the process has to end within seven seconds. */
const LAST_ANSWERS_MS = 4 * SECOND_MS;
/** How often progress is told at most. */
const TELL_EVERY_MS = 200;

export interface SendDeps {
  readonly writer: StateWriter;
  readonly gateway: MessageGateway;
  readonly clock: Clock;
  /** The page's, shared by all campaigns of the run. */
  readonly limits: PageLimits;
  readonly end: RunEnd;
  /** The run's, for its report. */
  readonly requests: RequestCount;
  random(): number;
  /** Called a few times a second, and at the end. */
  progress(tally: Tally): void;
}

export interface CampaignSend {
  readonly deliveries: AsyncIterable<readonly Delivery[]>;
  /** Judges again what time may have changed; null: still to be sent to. */
  stillAllowed(delivery: Delivery, now: Instant): Reason | null;
  /** Hears every answer in the order they come. */
  see(delivery: Delivery, outcome: Outcome): void;
}

/** Sends one campaign's deliveries. */
export class CampaignSender {
  readonly tally = new Tally();
  readonly rules = new StopRules();
  readonly #deps: SendDeps;
  readonly #stop = new AbortController();
  /** Aborts when nothing more may be begun. */
  readonly #over: AbortSignal;
  #toldAtMs = Number.NEGATIVE_INFINITY;

  constructor(deps: SendDeps) {
    this.#deps = deps;
    this.#over = AbortSignal.any([deps.end.signal, this.#stop.signal]);
  }

  /**
   * Everything claimed is settled when it resolves, but for requests that a platform that hangs has
   * not answered some seconds after a signal. Rejects when claims cannot be written. May be called
   * again for the next ones.
   */
  async send({ deliveries, stillAllowed, see }: CampaignSend): Promise<void> {
    const { clock, limits, progress, writer } = this.#deps;
    const line = new ClaimLine({
      ahead: writer.claimsAhead(limits.perSecond),
      over: this.#over,
      admit: (delivery) => this.#admit(stillAllowed(delivery, clock.now())),
      claim: (admitted) => this.#claim(admitted),
    });
    const attempts = new Attempts({
      ...this.#deps,
      random: () => this.#deps.random(),
      over: this.#over,
      see: (delivery, outcome) => {
        see(delivery, outcome);
        this.rules.see(outcome);
        if (this.rules.isOver) this.#endBy(this.rules);
      },
      stillAllowed,
    });
    let isAbandoned = false;
    const work = async () => {
      for (let one = await line.take(); one !== undefined; one = await line.take()) {
        const ended = await attempts.make(one);
        // An answer that comes too late changes nothing: the run has counted it as unknown.
        if (!isAbandoned) this.#settle(one, ended);
      }
    };
    const workers = Array.from({ length: IN_FLIGHT }, work);
    const faults = await this.#untilSettled([line.fill(deliveries), ...workers]);
    this.tally.abandon(attempts.inFlight);
    for (const one of line.takeRest()) this.#settle(one, NEVER_BEGUN);
    isAbandoned = true;
    progress(this.tally);
    if (faults.length > 0) throw faults[0];
  }

  #endBy({ cutOff }: StopRules): void {
    if (cutOff !== null) this.#deps.end.cutOff(cutOff);
    this.#stop.abort();
  }

  /** The first fault ends the others; they are all waited for, after a signal only for a while. */
  async #untilSettled(parts: readonly Promise<void>[]): Promise<readonly unknown[]> {
    const faults: unknown[] = [];
    const caught = parts.map((part) =>
      part.catch((fault: unknown) => {
        faults.push(fault);
        this.#stop.abort();
      }),
    );
    const settled = new AbortController();
    await Promise.race([Promise.all(caught), this.#lastAnswers(settled.signal)]);
    settled.abort();
    return faults;
  }

  /** Resolves some seconds after a signal, and without one once all is `settled`. */
  async #lastAnswers(settled: AbortSignal): Promise<void> {
    const { clock, end } = this.#deps;
    await aborted(AbortSignal.any([end.signal, settled]));
    if (end.reason?.by === "signal") await clock.sleep(LAST_ANSWERS_MS, settled);
    else await aborted(settled);
  }

  #admit(reason: Reason | null): boolean {
    if (reason !== null) this.tally.leaveOut(reason);
    return reason === null;
  }

  async #claim(admitted: readonly Delivery[]): Promise<boolean> {
    const { writer, clock, end } = this.#deps;
    const halted = await writer.halted();
    if (halted === null) await writer.claim(admitted, clock.now());
    else end.cutOff({ by: "halt", because: `Applies were halted: ${halted}.` });
    return halted === null;
  }

  #settle(delivery: Delivery, ended: Ended): void {
    const { writer, clock, progress } = this.#deps;
    if (ended.status === "left_out") this.tally.leaveOut(ended.reason);
    else this.tally.count(ended);
    writer.settle(delivery, ended.status === "left_out" ? JUDGED_AGAIN : ended, clock.now());
    const nowMs = clock.monotonicMs();
    if (nowMs - this.#toldAtMs < TELL_EVERY_MS) return;
    this.#toldAtMs = nowMs;
    progress(this.tally);
  }
}

/** In the ledger; the report counts it among those that are left out. */
const JUDGED_AGAIN: Settlement = {
  status: "released",
  error: { code: null, message: "It was judged again before its request, and left out." },
};

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
