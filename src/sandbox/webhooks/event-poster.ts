import type { Instant } from "../../model/instant.ts";
import { SECOND_MS } from "../../model/instant.ts";
import type { EventLog } from "./event-log.ts";
import type { OutgoingEvent } from "./event-stream.ts";
import type { PostedCounts } from "./posted-counts.ts";
import { metaJson, signature } from "./sign-body.ts";

/** Meta puts several events into one call when there are many. */
const MAX_EVENTS_PER_CALL = 100;
const MAX_WAITING = 100_000;
/** Meta wants its 200 within 5 seconds, and tries again at once a few times. */
const TIMEOUT_MS = 5 * SECOND_MS;
const MAX_TRIES = 3;
const RETRY_MS = 500;

export interface EventPosterOptions {
  readonly pageId: string;
  /** Absent: events are only written to the log. */
  readonly url: string | undefined;
  readonly appSecret: string;
  readonly log: EventLog | undefined;
  readonly now: () => Instant;
}

/** Posts signed events one call after the other, so that without faults they come in order. */
export class EventPoster {
  readonly #options: EventPosterOptions;
  readonly #closed = new AbortController();
  #waiting: OutgoingEvent[] = [];
  #isPosting = false;
  #posted = 0;
  #lost = 0;
  #lastFailure: string | null = null;

  constructor(options: EventPosterOptions) {
    this.#options = options;
  }

  get counts(): PostedCounts {
    const waiting = this.#waiting.length;
    const [posted, lost, lastFailure] = [this.#posted, this.#lost, this.#lastFailure];
    return { posted, lost, waiting, lastFailure };
  }

  post(outgoing: OutgoingEvent): void {
    this.#waiting.push(outgoing);
    if (this.#waiting.length > MAX_WAITING) {
      this.#waiting.shift();
      this.#lost += 1;
    }
    if (this.#isPosting) return;
    this.#isPosting = true;
    // Whatever else happens in this turn goes out in the same call.
    setImmediate(() => void this.#postAll());
  }

  /** What still waits goes to the log and is posted to nobody. */
  close(): void {
    this.#closed.abort();
    while (this.#waiting.length > 0) this.#log(this.#take());
  }

  async #postAll(): Promise<void> {
    while (this.#waiting.length > 0 && !this.#closed.signal.aborted) {
      await this.#postOne(this.#take());
    }
    this.#isPosting = false;
  }

  /** The next events that can share a call: a forged one goes alone. */
  #take(): readonly OutgoingEvent[] {
    const next = this.#waiting.slice(0, MAX_EVENTS_PER_CALL);
    const forged = next.findIndex(({ isForged }) => isForged);
    return this.#waiting.splice(0, forged < 0 ? next.length : Math.max(1, forged));
  }

  async #postOne(outgoing: readonly OutgoingEvent[]): Promise<void> {
    const body = this.#log(outgoing);
    const { url } = this.#options;
    if (url === undefined) return;
    for (let tries = 0; tries < MAX_TRIES && !this.#closed.signal.aborted; tries++) {
      if (tries > 0) await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      this.#lastFailure = await this.#attempt(url, body, outgoing[0]?.isForged === true);
      if (this.#lastFailure !== null) continue;
      this.#posted += outgoing.length;
      return;
    }
    this.#lost += outgoing.length;
  }

  /** Why it failed; null when it was taken. */
  async #attempt(url: string, body: string, isForged: boolean): Promise<string | null> {
    const secret = isForged ? `not ${this.#options.appSecret}` : this.#options.appSecret;
    const signal = AbortSignal.any([this.#closed.signal, AbortSignal.timeout(TIMEOUT_MS)]);
    const headers = {
      "content-type": "application/json",
      "x-hub-signature-256": signature(body, secret),
    };
    try {
      const answer = await fetch(url, {
        method: "POST",
        headers,
        body,
        signal,
        redirect: "manual",
      });
      await answer.arrayBuffer();
      return answer.ok ? null : `HTTP ${answer.status}`;
    } catch (cause) {
      return reasonOf(cause);
    }
  }

  /** Gives the body of the call. The log holds what a receiver takes: not what is forged. */
  #log(outgoing: readonly OutgoingEvent[]): string {
    const messaging = outgoing.map(({ event }) => event);
    const entry = { id: this.#options.pageId, time: this.#options.now(), messaging };
    const body = metaJson({ object: "page", entry: [entry] });
    if (outgoing[0]?.isForged !== true) this.#options.log?.append(body);
    return body;
  }
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.cause instanceof Error ? cause.cause.message : cause.message;
}
