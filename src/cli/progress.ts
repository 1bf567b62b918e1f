import type { Progress } from "../apply/apply-plan.ts";
import { SECOND_MS } from "../model/instant.ts";
import type { Clock } from "../ports/clock.ts";
import type { ProgressBar } from "../ports/progress-bar.ts";
import { escapeText } from "../view/escape.ts";
import { count, duration } from "../view/reason-words.ts";
import { Speed } from "./speed.ts";
import type { Terminal } from "./surroundings.ts";

/** How often a log, which cannot be written over, gets a line. */
const LINE_EVERY_MS = 5 * SECOND_MS;

/**
 * Shows on stderr how far an apply has come: a bar on a terminal, plain lines elsewhere, and one
 * line at the end of each campaign in both.
 */
export class ProgressDisplay {
  readonly #terminal: Terminal;
  readonly #clock: Clock;
  /** Undefined where there is no terminal to draw on. */
  readonly #bar: ProgressBar | undefined;
  #speed: Speed;
  #last: Progress | undefined;
  /** The campaign that had its last line. */
  #finished: string | undefined;
  #shownAtMs = Number.NEGATIVE_INFINITY;

  constructor(of: {
    readonly terminal: Terminal;
    readonly clock: Clock;
    readonly bar: ProgressBar | undefined;
  }) {
    this.#terminal = of.terminal;
    this.#clock = of.clock;
    this.#bar = of.bar;
    this.#speed = new Speed(of.clock);
  }

  show(progress: Progress): void {
    if (progress.campaign === this.#finished) return;
    if (progress.campaign !== this.#last?.campaign) this.#begin();
    this.#last = progress;
    this.#speed.see(doneOf(progress));
    if (doneOf(progress) >= progress.eligible) this.#finish();
    else if (this.#bar !== undefined) this.#draw(this.#bar, progress);
    else if (this.#clock.monotonicMs() - this.#shownAtMs >= LINE_EVERY_MS) this.#line(progress);
  }

  /** Something that is worth a line of its own. */
  notice(text: string): void {
    this.#bar?.clear();
    this.#terminal.err(`${escapeText(text)}\n`);
  }

  /** Has to be called before anything else is printed. */
  close(): void {
    this.#finish();
    this.#bar?.clear();
  }

  #begin(): void {
    this.#finish();
    this.#speed = new Speed(this.#clock);
    // The first line comes when there is something to tell.
    this.#shownAtMs = this.#clock.monotonicMs();
  }

  #finish(): void {
    if (this.#last === undefined) return;
    this.#bar?.clear();
    this.#line(this.#last);
    this.#finished = this.#last.campaign;
    this.#last = undefined;
  }

  #draw(bar: ProgressBar, progress: Progress): void {
    const words = `${escapeText(progress.campaign)}  ${this.#words(progress)}`;
    bar.draw({ done: doneOf(progress), total: progress.eligible, words });
  }

  #line(progress: Progress): void {
    this.#shownAtMs = this.#clock.monotonicMs();
    const of = `${count(doneOf(progress))} of ${count(progress.eligible)}`;
    const id = escapeText(progress.campaign);
    this.#terminal.err(`${id}: ${of}  ${this.#words(progress)}\n`);
  }

  /** `118 sent, 1 failed, 1 unknown  20.0/s, 39 s left`. */
  #words(progress: Progress): string {
    const { sent, failed, unknown, eligible } = progress;
    const counts = `${count(sent)} sent, ${count(failed)} failed, ${count(unknown)} unknown`;
    const { perSecond } = this.#speed;
    const left = eligible - doneOf(progress);
    if (left <= 0) return `${counts}  in ${duration(Math.round(this.#speed.seconds))}`;
    if (perSecond === 0) return counts;
    const time = duration(Math.ceil(left / perSecond));
    return `${counts}  ${perSecond.toFixed(1)}/s, ${time} left`;
  }
}

function doneOf({ sent, failed, unknown, leftOut }: Progress): number {
  return sent + failed + unknown + leftOut;
}
