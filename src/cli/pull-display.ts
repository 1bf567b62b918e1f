import type { PullNews } from "../intake/pull-people.ts";
import { formatInstant, SECOND_MS } from "../model/instant.ts";
import type { Clock } from "../ports/clock.ts";
import type { ProgressBar } from "../ports/progress-bar.ts";
import type { PullCounts } from "../ports/pull-place.ts";
import { count, countPeople } from "../view/reason-words.ts";
import type { Terminal } from "./surroundings.ts";

/** How often a log, which cannot be written over, gets a line. */
const LINE_EVERY_MS = 5 * SECOND_MS;

/**
 * Shows on stderr how far a pull has come: Meta tells no total, so a terminal shows counts in place
 * of a bar, and a log gets plain lines.
 */
export class PullDisplay {
  readonly #terminal: Terminal;
  readonly #clock: Clock;
  /** Undefined where there is no terminal to draw on. */
  readonly #bar: ProgressBar | undefined;
  #shownAtMs: number;
  #counts: PullCounts | undefined;

  constructor(of: {
    readonly terminal: Terminal;
    readonly clock: Clock;
    readonly bar: ProgressBar | undefined;
  }) {
    this.#terminal = of.terminal;
    this.#clock = of.clock;
    this.#bar = of.bar;
    this.#shownAtMs = of.clock.monotonicMs();
  }

  show(news: PullNews): void {
    if (news.kind === "begins_anew") {
      this.#line("Meta does not know any more where the last pull was cut off; it begins anew.");
    } else if (news.kind === "goes_on") {
      this.#counts = news.pulled.counts;
      const since = formatInstant(news.pulled.beganAt);
      this.#line(`Goes on with the pull of ${since}, after ${wordsOf(this.#counts)}.`);
    } else this.#page(news.counts);
  }

  /** Has to be called before anything else is printed. */
  close(): void {
    this.#bar?.clear();
  }

  /** The same, where it fails: what was read stays. */
  cutOff(): void {
    this.close();
    if (this.#counts === undefined) return;
    this.#line(`Cut off after ${wordsOf(this.#counts)}; the next pull goes on there.`);
  }

  #page(counts: PullCounts): void {
    this.#counts = counts;
    const words = wordsOf(counts);
    if (this.#bar !== undefined) {
      this.#bar.draw({ done: counts.conversations, total: null, words });
    } else if (this.#clock.monotonicMs() - this.#shownAtMs >= LINE_EVERY_MS) this.#line(words);
  }

  #line(text: string): void {
    this.#bar?.clear();
    this.#shownAtMs = this.#clock.monotonicMs();
    this.#terminal.err(`${text}\n`);
  }
}

function wordsOf({ conversations, people }: PullCounts): string {
  return `${count(conversations)} conversations, ${countPeople(people)} who wrote`;
}
