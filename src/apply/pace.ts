import type { MessageKind } from "../message/message-kind.ts";
import { SECOND_MS } from "../model/instant.ts";
import type { Page } from "../model/workspace.ts";

/** What Meta takes at most from a page in a second (messenger-platform.md section 5). */
const MAX_PER_SECOND = 300;
const MAX_AUDIO_VIDEO_PER_SECOND = 10;

/**
 * Requests are counted where they are written, Meta counts them where they arrive. The second is
 * kept a little longer, so that one that was held up on the way does not meet those behind it.
 */
const WINDOW_MS = SECOND_MS + 20;
/** How much of a stall may be caught up with at once; the rest of a second is spread out. */
const CATCH_UP_MS = 100;

/**
 * Says when the page may begin its next request: at most so many in any rolling second. Audio and
 * video have a limit of their own, and count for the page's as well.
 */
export class Pace {
  /** Infinite when unlimited. */
  readonly perSecond: number;
  readonly #windows: Readonly<Record<MessageKind, readonly RollingSecond[]>>;

  constructor(rate: Page["rate"]) {
    this.perSecond =
      rate === "unlimited" ? Number.POSITIVE_INFINITY : Math.min(rate.perSecond, MAX_PER_SECOND);
    if (rate === "unlimited") {
      this.#windows = { plain: [], audio_video: [] };
      return;
    }
    const page = new RollingSecond(this.perSecond);
    const audioVideo = new RollingSecond(Math.min(this.perSecond, MAX_AUDIO_VIDEO_PER_SECOND));
    this.#windows = { plain: [page], audio_video: [page, audioVideo] };
  }

  /** The moment from which the next request of this kind may begin, on the clock of `begin`. */
  freeAtMs(kind: MessageKind): number {
    return Math.max(Number.NEGATIVE_INFINITY, ...this.#windows[kind].map((one) => one.freeAtMs));
  }

  /** A request begins. `share`: the part of the rate, above 0 and at most 1, to be used for now. */
  begin(kind: MessageKind, nowMs: number, share: number): void {
    for (const window of this.#windows[kind]) window.begin(nowMs, share);
  }
}

/** At most `limit` beginnings in any `WINDOW_MS`, evenly spread. */
class RollingSecond {
  readonly #limit: number;
  /** When the last `limit` requests began, as a ring. */
  readonly #starts: number[] = [];
  #next = 0;
  /** When the next one is due if all are evenly spread. */
  #dueAtMs = Number.NEGATIVE_INFINITY;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get freeAtMs(): number {
    const oldest = this.#starts[this.#next] ?? Number.NEGATIVE_INFINITY;
    return Math.max(oldest + WINDOW_MS, this.#dueAtMs);
  }

  begin(nowMs: number, share: number): void {
    this.#starts[this.#next] = nowMs;
    this.#next = (this.#next + 1) % this.#limit;
    const gapMs = WINDOW_MS / this.#limit / share;
    this.#dueAtMs = Math.max(this.#dueAtMs, nowMs - CATCH_UP_MS) + gapMs;
  }
}
