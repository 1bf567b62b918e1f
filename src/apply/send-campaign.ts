import type { Delivery, Outcome, Reason } from "../model/delivery.ts";
import { type Instant, SECOND_MS } from "../model/instant.ts";
import type { Clock } from "../ports/clock.ts";
import type { MessageGateway } from "../ports/message-gateway.ts";
import type { Settlement, StateWriter } from "../ports/state-store.ts";
import type { Pace } from "./pace.ts";
import type { RunEnd } from "./run-end.ts";
import { StopRules, Tally } from "./tally.ts";

/*
 * The states of one delivery:
 *   rendered → left out            judged again right before the claim
 *   rendered → claimed             on disk before its request is written
 *   claimed → sent | failed | unknown      what one attempt came to
 *   claimed → claimed              surely not taken: tried again after a while, five times at most
 *   claimed → released             still not taken, or a stop came before its request: due again
 */

/** Claims that one write covers. */
const MIN_CLAIMS = 50;
const MAX_CLAIMS = 500;
const IN_FLIGHT = 64;
const MAX_TRIES = 5;
const FIRST_BACK_OFF_MS = 500;

export interface SendDeps {
  readonly writer: StateWriter;
  readonly gateway: MessageGateway;
  readonly clock: Clock;
  /** The page's, shared by all campaigns of the run. */
  readonly pace: Pace;
  readonly end: RunEnd;
  random(): number;
  /** Called after every settled batch. */
  progress(tally: Tally): void;
}

export interface CampaignSend {
  readonly deliveries: AsyncIterable<readonly Delivery[]>;
  /** Judges again what time may have changed; null: still to be sent to. */
  stillAllowed(delivery: Delivery, now: Instant): Reason | null;
}

/** Sends one campaign's deliveries. Everything claimed is settled when it resolves. */
export class CampaignSender {
  readonly tally = new Tally();
  readonly rules = new StopRules();
  readonly #deps: SendDeps;

  constructor(deps: SendDeps) {
    this.#deps = deps;
  }

  async send({ deliveries, stillAllowed }: CampaignSend): Promise<void> {
    for await (const batch of deliveries) {
      for (let start = 0; start < batch.length; start += this.#claimSize) {
        if (this.#isOver) return;
        const now = this.#deps.clock.now();
        const slice = batch.slice(start, start + this.#claimSize);
        await this.#sendClaimed(slice.filter((one) => this.#admit(stillAllowed(one, now))));
        this.#deps.progress(this.tally);
      }
    }
  }

  /** Claims run ahead of requests by at most one second of the rate (SPEC section 8). */
  get #claimSize(): number {
    const { perSecond } = this.#deps.pace;
    return Math.min(MAX_CLAIMS, Math.max(MIN_CLAIMS, perSecond));
  }

  get #isOver(): boolean {
    return this.#deps.end.signal.aborted || this.rules.stopped !== null;
  }

  #admit(reason: Reason | null): boolean {
    if (reason !== null) this.tally.leaveOut(reason);
    return reason === null;
  }

  async #sendClaimed(claimed: readonly Delivery[]): Promise<void> {
    if (claimed.length === 0) return;
    const { writer, clock } = this.#deps;
    await writer.claim(claimed, clock.now());
    const queue = claimed.values();
    const work = async () => {
      for (const delivery of queue) await this.#settleOne(delivery);
    };
    await Promise.all(Array.from({ length: Math.min(IN_FLIGHT, claimed.length) }, work));
  }

  async #settleOne(delivery: Delivery): Promise<void> {
    const settlement = await this.#attempts(delivery);
    this.#deps.writer.settle(delivery, settlement, this.#deps.clock.now());
    this.tally.count(settlement);
  }

  async #attempts(delivery: Delivery): Promise<Settlement> {
    let last = { code: null as number | null, message: "The run ended before its request." };
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      await this.#deps.pace.turn(this.#deps.end.signal);
      if (this.#isOver) break;
      const { outcome } = await this.#deps.gateway.send(delivery.body);
      this.rules.see(outcome);
      if (outcome.status !== "not_sent") return outcome;
      last = outcome.error;
      await this.#backOff(outcome, tries);
    }
    return { status: "released", error: { code: last.code, message: last.message } };
  }

  /** Exponential with jitter; a limit of app or page holds everybody up. */
  async #backOff(outcome: Extract<Outcome, { status: "not_sent" }>, tries: number): Promise<void> {
    const { clock, end, pace, random } = this.#deps;
    const jitter = 0.5 + random();
    const ms = outcome.retryAfterMs ?? FIRST_BACK_OFF_MS * 2 ** tries * jitter;
    if (outcome.limited === "app" || outcome.limited === "page") pace.pause(ms);
    else await clock.sleep(Math.min(ms, 60 * SECOND_MS), end.signal);
  }
}
