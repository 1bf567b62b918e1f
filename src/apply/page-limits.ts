import type { MessageKind } from "../message/message-kind.ts";
import type { Limited } from "../model/delivery.ts";
import { SECOND_MS } from "../model/instant.ts";
import type { ReportedPace } from "../model/report.ts";
import type { Page } from "../model/workspace.ts";
import type { Clock } from "../ports/clock.ts";
import { PATIENCE_MS, RAMP, SLOWED_SHARE } from "./breakers.ts";
import { type Answer, isSilent, LimitSigns, type PauseCause } from "./limit-signs.ts";
import { Pace, type Place } from "./pace.ts";
import type { RunEnd } from "./run-end.ts";
import { ThreadGaps } from "./thread-gaps.ts";

/*
 * The states of a page in one run:
 *   open → paused      a limit was told, usage is high, or too many answers in a row were none
 *   paused → probing   its time is over: one request goes out alone
 *   probing → paused   met again: twice as long, up to the limit's longest wait
 *   probing → open     it passed: a quarter of the rate, and a quarter more every 30 s
 *   open → ended       the wait is longer than the run may still take
 * Answers to requests that were under way when a pause began belong to what caused it.
 */

/** Whom a request goes to, and which limit it counts for. */
export interface Addressee {
  readonly psid: string;
  readonly kind: MessageKind;
}

/** A request that has begun; the moment is one of the monotonic clock. */
export interface Begun {
  readonly atMs: number;
  readonly places: readonly Place[];
}

/** Until a probe is answered the next in line looks again and again; that is rare and short. */
const LOOK_AGAIN_MS = 100;

/** The only way to a request: keeps pace and Meta's limits for all campaigns of a run. */
export class PageLimits {
  readonly #pace: Pace;
  readonly #clock: Clock;
  readonly #end: RunEnd;
  readonly #random: () => number;
  readonly #notice: (text: string) => void;
  readonly #gaps: ThreadGaps;
  readonly #signs = new LimitSigns();
  /** One waits at a time; the others stand in line behind it. */
  #line: Promise<unknown> = Promise.resolve();
  #inLine = 0;
  #pausedAtMs = Number.NEGATIVE_INFINITY;
  #pausedUntilMs = Number.NEGATIVE_INFINITY;
  #isProbeDue = false;
  /** The request that is out alone. */
  #probe: Begun | null = null;
  /** When the last pause ended; plus infinity while there is one. */
  #openedAtMs = Number.NEGATIVE_INFINITY;
  /** The last wait for each limit that was met since the rate was whole. */
  readonly #lastWaitMs = new Map<Limited, number>();
  readonly #waitedMs = { limit: 0, outage: 0 };
  readonly #pauses = new Map<Limited, { cause: string; count: number; ms: number }>();

  constructor(of: {
    readonly clock: Clock;
    readonly rate: Page["rate"];
    readonly end: RunEnd;
    random(): number;
    /** Says in a sentence why nothing goes out for a while. */
    notice(text: string): void;
  }) {
    this.#pace = new Pace(of.rate);
    this.#clock = of.clock;
    this.#end = of.end;
    this.#random = () => of.random();
    this.#notice = (text) => of.notice(text);
    this.#gaps = new ThreadGaps(of.clock);
  }

  /** Infinite when unlimited. */
  get perSecond(): number {
    return this.#pace.perSecond;
  }

  /** What held the run up so far, and for how long. */
  get pauses(): ReportedPace["pauses"] {
    return [...this.#pauses.values()].map(({ cause, count, ms }) => ({
      cause,
      count,
      seconds: Math.round(ms / SECOND_MS),
    }));
  }

  /**
   * Resolves when the request begins, or soon after `signal` aborts. Has to be followed by the
   * request and `see`, or by `giveBack`.
   */
  async turn(to: Addressee, signal: AbortSignal): Promise<Begun> {
    const atOnce = this.#inLine === 0 ? this.#tryBegin(to) : undefined;
    if (atOnce !== undefined) return atOnce;
    for (;;) {
      const gapMs = this.#gaps.waitMs(to.psid);
      if (gapMs > 0 && !signal.aborted) await this.#clock.sleep(gapMs, signal);
      const begun = await this.#waitInLine(to, signal);
      if (begun !== undefined) return begun;
    }
  }

  /** The turn is not used after all. */
  giveBack(begun: Begun): void {
    if (this.#takeProbe(begun)) this.#isProbeDue = true;
  }

  /** Learns from an answer. Gives who has to wait if the delivery was not taken. */
  see(answer: Answer, begun: Begun): "alone" | "everybody" {
    const wasProbe = this.#takeProbe(begun);
    const isAnswer = !isSilent(answer.outcome);
    if (isAnswer) this.#pace.answered(begun.places, begun.atMs, this.#clock.monotonicMs());
    const cause = this.#signs.see(answer);
    if (cause !== undefined) this.#pause(cause, begun.atMs);
    else if (wasProbe && !isAnswer) this.#isProbeDue = true;
    else if (wasProbe) this.#openedAtMs = this.#clock.monotonicMs();
    return cause === undefined ? "alone" : "everybody";
  }

  #waitInLine(to: Addressee, signal: AbortSignal): Promise<Begun | undefined> {
    this.#inLine++;
    const inLine = this.#line.then(async () => {
      for (;;) {
        const nowMs = this.#clock.monotonicMs();
        if (signal.aborted) return { atMs: nowMs, places: [] };
        const waitMs = this.#freeAtMs(to.kind, nowMs) - nowMs;
        if (waitMs <= 0) return this.#tryBegin(to);
        await this.#clock.sleep(waitMs, signal);
      }
    });
    this.#line = inLine.then(() => this.#inLine--);
    return inLine;
  }

  /** Undefined when it is not time yet, or the person has just been written to. */
  #tryBegin({ psid, kind }: Addressee): Begun | undefined {
    const nowMs = this.#clock.monotonicMs();
    if (this.#freeAtMs(kind, nowMs) > nowMs || this.#gaps.waitMs(psid) > 0) return undefined;
    const places = this.#pace.begin(kind, nowMs, this.#share(nowMs));
    this.#gaps.begin(psid, nowMs);
    const begun = { atMs: nowMs, places };
    if (this.#isProbeDue) {
      this.#isProbeDue = false;
      this.#probe = begun;
    }
    return begun;
  }

  #freeAtMs(kind: MessageKind, nowMs: number): number {
    if (this.#probe !== null) return nowMs + LOOK_AGAIN_MS;
    return Math.max(this.#pausedUntilMs, this.#pace.freeAtMs(kind));
  }

  #takeProbe(begun: Begun): boolean {
    if (this.#probe !== begun) return false;
    this.#probe = null;
    return true;
  }

  /** The part of the rate that is used now. */
  #share(nowMs: number): number {
    const ramp = this.#ramp(nowMs);
    return this.#signs.isSlow ? Math.min(ramp, SLOWED_SHARE) : ramp;
  }

  #ramp(nowMs: number): number {
    const steps = 1 + Math.floor((nowMs - this.#openedAtMs) / RAMP.everyMs);
    return Math.min(1, Math.max(1, steps) * RAMP.step);
  }

  #pause(cause: PauseCause, begunAtMs: number): void {
    const nowMs = this.#clock.monotonicMs();
    const isSame = begunAtMs <= this.#pausedAtMs;
    const untilMs = nowMs + (isSame ? (cause.toldMs ?? 0) : this.#waitFor(cause, nowMs));
    if (!isSame) this.#close(nowMs);
    const longerMs = untilMs - Math.max(nowMs, this.#pausedUntilMs);
    if (longerMs <= 0) return;
    this.#pausedUntilMs = untilMs;
    this.#waitedMs[cause.by] += longerMs;
    this.#note(cause, isSame ? 0 : 1, longerMs);
    const waitMs = untilMs - nowMs;
    const inSeconds = `${cause.words}; the next try`;
    const seconds = Math.ceil(waitMs / SECOND_MS);
    if (waitMs <= this.#end.leftMs && this.#waitedMs[cause.by] <= PATIENCE_MS[cause.by]) {
      this.#notice(`${inSeconds} is in ${seconds} s.`);
      return;
    }
    const because = `${inSeconds} would be in ${seconds} s, and this run does not wait that long.`;
    this.#end.cutOff({ by: cause.by, because });
  }

  #note({ limited, words }: PauseCause, count: number, ms: number): void {
    const before = this.#pauses.get(limited) ?? { cause: words, count: 0, ms: 0 };
    this.#pauses.set(limited, { ...before, count: before.count + count, ms: before.ms + ms });
  }

  #close(nowMs: number): void {
    this.#pausedAtMs = nowMs;
    this.#openedAtMs = Number.POSITIVE_INFINITY;
    this.#isProbeDue = true;
  }

  #waitFor({ limited, toldMs }: PauseCause, nowMs: number): number {
    if (this.#ramp(nowMs) === 1) this.#lastWaitMs.clear();
    if (toldMs !== null) return Math.max(toldMs, SECOND_MS);
    const last = this.#lastWaitMs.get(limited);
    const first = limited.firstWaitMs + Math.floor(this.#random() * limited.spreadMs);
    const waitMs = last === undefined ? first : Math.min(2 * last, limited.maxWaitMs);
    this.#lastWaitMs.set(limited, waitMs);
    return waitMs;
  }
}
