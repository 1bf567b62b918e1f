import type { ShownEntry, ShownThread } from "../inbox/shapes.ts";
import { toDom } from "./dom.ts";
import { entryNode } from "./entry-node.ts";

/** More entries than this are never in the page at once. */
const MAX_ENTRIES = 300;
/** So close to the end counts as reading the newest. */
const NEAR_END_PX = 80;

/** The entries of one conversation that are in the page, oldest first. */
export class ThreadLog {
  readonly #scroller: HTMLElement;
  readonly #log: HTMLElement;
  readonly #entries = new Map<number, ShownEntry>();
  hasOlder = false;
  hasNewer = false;

  constructor(scroller: HTMLElement, log: HTMLElement) {
    this.#scroller = scroller;
    // What scrolls must be reachable by keyboard, though it is no control.
    scroller.tabIndex = 0;
    this.#log = log;
  }

  get first(): number | undefined {
    return this.#numbers().at(0);
  }

  get last(): number | undefined {
    return this.#numbers().at(-1);
  }

  find(number: number): ShownEntry | undefined {
    return this.#entries.get(number);
  }

  clear(): void {
    this.#entries.clear();
    this.#log.replaceChildren();
    [this.hasOlder, this.hasNewer] = [false, false];
  }

  /** Shows the newest entries; keeps what is there and joins them, and one's place. */
  showNewest({ entries, hasOlder }: ShownThread): void {
    const isNearEnd = this.#isNearEnd();
    const from = entries[0]?.number ?? 0;
    const joins = this.last !== undefined && this.last >= from;
    if (!joins) {
      this.clear();
      this.hasOlder = hasOlder;
    }
    const shown = new Set(entries.map(({ number }) => number));
    for (const number of this.#numbers()) {
      if (number >= from && !shown.has(number)) this.#remove(number);
    }
    this.#append(entries);
    this.hasNewer = false;
    this.#trimStart();
    if (isNearEnd || !joins) this.scrollToEnd();
  }

  prepend({ entries, hasOlder }: ShownThread): void {
    const before = this.#scroller.scrollHeight - this.#scroller.scrollTop;
    for (const entry of entries) this.#entries.set(entry.number, entry);
    this.#log.prepend(...entries.map((entry) => toDom(entryNode(entry))));
    this.hasOlder = hasOlder;
    for (const number of this.#numbers().slice(MAX_ENTRIES)) {
      this.#remove(number);
      this.hasNewer = true;
    }
    this.#scroller.scrollTop = this.#scroller.scrollHeight - before;
  }

  append({ entries, hasNewer }: ShownThread): void {
    this.#append(entries);
    this.hasNewer = hasNewer;
    this.#trimStart();
  }

  scrollToEnd(): void {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  #append(entries: readonly ShownEntry[]): void {
    const missing = entries.filter(({ number }) => !this.#entries.has(number));
    for (const entry of missing) this.#entries.set(entry.number, entry);
    this.#log.append(...missing.map((entry) => toDom(entryNode(entry))));
  }

  #trimStart(): void {
    const numbers = this.#numbers();
    for (const number of numbers.slice(0, Math.max(0, numbers.length - MAX_ENTRIES))) {
      this.#remove(number);
      this.hasOlder = true;
    }
  }

  #remove(number: number): void {
    this.#entries.delete(number);
    this.#log.querySelector(`[data-number="${number}"]`)?.remove();
  }

  #numbers(): readonly number[] {
    return [...this.#entries.keys()].sort((a, b) => a - b);
  }

  #isNearEnd(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
  }
}
