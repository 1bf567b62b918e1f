import { MAX_PER_SECOND, type MessageKind } from "../message/message-kind.ts";
import { SECOND_MS } from "../model/instant.ts";
import type { Page } from "../model/workspace.ts";

/*
 * Requests begin here, and Meta counts them where they arrive: somewhere between beginning and
 * answer. The least time that any answer took is what the way there and back takes at least, so a
 * request has arrived by its answer less that time, however long it was held up. Its place in the
 * rolling second is free a second after that. One without an answer counts from its beginning.
 */

/** A little more than a second, for clocks and timers that are not exact. */
const WINDOW_MS = SECOND_MS + 10;
/** How much of a stall may be caught up with at once; the rest of a second is spread out. */
const CATCH_UP_MS = 100;

/** Before so many answers the least of their times says little. */
const LEAST_ANSWERS = 20;

/** A place in the rolling second: taken from when a request begins. */
export interface Place {
  /** By when it has arrived, as far as is known. */
  arrivedAtMs: number;
}

/**
 * Says when the page may begin its next request: at most so many in any rolling second. Audio and
 * video have a limit of their own, and count for the page's as well.
 */
export class Pace {
  /** Infinite when unlimited. */
  readonly perSecond: number;
  readonly #seconds: Readonly<Record<MessageKind, readonly RollingSecond[]>>;
  #leastMs = Number.POSITIVE_INFINITY;
  #answers = 0;

  constructor(rate: Page["rate"]) {
    this.perSecond =
      rate === "unlimited"
        ? Number.POSITIVE_INFINITY
        : Math.min(rate.perSecond, MAX_PER_SECOND.plain);
    if (rate === "unlimited") {
      this.#seconds = { plain: [], audio_video: [] };
      return;
    }
    const page = new RollingSecond(this.perSecond);
    const audioVideo = new RollingSecond(Math.min(this.perSecond, MAX_PER_SECOND.audio_video));
    this.#seconds = { plain: [page], audio_video: [page, audioVideo] };
  }

  /** The moment from which the next request of this kind may begin, on the clock of `begin`. */
  freeAtMs(kind: MessageKind): number {
    return Math.max(Number.NEGATIVE_INFINITY, ...this.#seconds[kind].map((one) => one.freeAtMs));
  }

  /** A request begins. `share`: the part of the rate, above 0 and at most 1, to be used for now. */
  begin(kind: MessageKind, nowMs: number, share: number): readonly Place[] {
    return this.#seconds[kind].map((second) => second.take(nowMs, share));
  }

  /** The request that took these places at `begunAtMs` has its answer. */
  answered(places: readonly Place[], begunAtMs: number, nowMs: number): void {
    this.#leastMs = Math.min(this.#leastMs, nowMs - begunAtMs);
    this.#answers++;
    const wayMs = this.#answers < LEAST_ANSWERS ? 0 : this.#leastMs;
    for (const place of places) place.arrivedAtMs = nowMs - wayMs;
  }
}

/** At most `limit` arrivals in any second, evenly spread. */
class RollingSecond {
  readonly #limit: number;
  /** The places of the last `limit` requests, as a ring. */
  readonly #places: Place[] = [];
  #next = 0;
  /** When the next one is due if all are evenly spread. */
  #dueAtMs = Number.NEGATIVE_INFINITY;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get freeAtMs(): number {
    const oldest = this.#places[this.#next]?.arrivedAtMs ?? Number.NEGATIVE_INFINITY;
    return Math.max(oldest + WINDOW_MS, this.#dueAtMs);
  }

  take(nowMs: number, share: number): Place {
    const place = { arrivedAtMs: nowMs };
    this.#places[this.#next] = place;
    this.#next = (this.#next + 1) % this.#limit;
    const gapMs = WINDOW_MS / this.#limit / share;
    this.#dueAtMs = Math.max(this.#dueAtMs, nowMs - CATCH_UP_MS) + gapMs;
    return place;
  }
}
