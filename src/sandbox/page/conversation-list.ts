import { node } from "../../bubble/html-node.ts";
import type { ConversationList, ConversationRow } from "../inbox/shapes.ts";
import { toDom } from "./dom.ts";
import { rowNode } from "./row-node.ts";

const ROW_HEIGHT = 72;
/** Rows that are drawn above and below what one sees. */
const MARGIN = 8;
const FETCHED = 100;

export interface ListSource {
  load(from: number, count: number): Promise<ConversationList>;
  choose(psid: string): void;
}

/**
 * The list of conversations. Only the rows that one sees are there, however many there are: they
 * are asked for as one scrolls, so that neither page nor browser holds them all.
 */
export class ConversationListView {
  readonly #root: HTMLElement;
  readonly #space: HTMLElement;
  readonly #source: ListSource;
  #loaded: ConversationList = { total: 0, from: 0, rows: [] };
  #chosen: string | undefined;
  /** Where the keyboard stands. */
  #active = 0;
  #loading: Promise<void> | undefined;
  #isStale = false;
  /** A row that is drawn anew between press and release would never get its click. */
  #isPressed = false;
  #drawn = "";

  constructor(root: HTMLElement, source: ListSource) {
    this.#root = root;
    this.#source = source;
    this.#space = toDom(node("div", { class: "list-space", role: "presentation" })) as HTMLElement;
    root.append(this.#space);
    root.addEventListener("scroll", () => this.#draw(), { passive: true });
    root.addEventListener("keydown", (event) => this.#key(event));
    this.#space.addEventListener("pointerdown", () => {
      this.#isPressed = true;
    });
    for (const end of ["pointerup", "pointercancel"]) {
      window.addEventListener(end, () => setTimeout(() => this.#release()));
    }
    this.#space.addEventListener("click", (event) => this.#click(event));
    new ResizeObserver(() => this.#draw()).observe(root);
  }

  get total(): number {
    return this.#loaded.total;
  }

  /** Asks anew for what one sees; calls that come meanwhile are one more. */
  async refresh(): Promise<void> {
    this.#isStale = true;
    this.#loading ??= this.#loadWhileStale();
    await this.#loading;
  }

  /** After another search or filter. */
  async restart(): Promise<void> {
    this.#root.scrollTop = 0;
    this.#active = 0;
    await this.refresh();
  }

  mark(psid: string | undefined): void {
    this.#chosen = psid;
    this.#draw();
  }

  async #loadWhileStale(): Promise<void> {
    try {
      while (this.#isStale) {
        this.#isStale = false;
        const from = Math.max(0, this.#firstSeen() - MARGIN - (FETCHED >> 2));
        this.#loaded = await this.#source.load(from, FETCHED);
        this.#draw();
      }
    } finally {
      this.#loading = undefined;
    }
  }

  #firstSeen(): number {
    return Math.floor(this.#root.scrollTop / ROW_HEIGHT);
  }

  #draw(): void {
    const { total, from, rows } = this.#loaded;
    this.#space.style.height = `${total * ROW_HEIGHT}px`;
    this.#active = Math.max(0, Math.min(this.#active, total - 1));
    const seen = Math.ceil(this.#root.clientHeight / ROW_HEIGHT);
    const first = Math.max(0, this.#firstSeen() - MARGIN);
    const end = Math.min(total, this.#firstSeen() + seen + MARGIN);
    const drawn = rows.slice(Math.max(0, first - from), Math.max(0, end - from));
    const start = Math.max(first, from);
    const look = JSON.stringify([drawn, start, total, this.#active, this.#chosen]);
    if (look !== this.#drawn && !this.#isPressed) {
      this.#space.replaceChildren(...drawn.map((row, place) => this.#row(row, start + place)));
      this.#tellActive();
      this.#drawn = look;
    }
    if (first < from || end > from + rows.length) void this.refresh();
  }

  #row(row: ConversationRow, index: number): HTMLElement {
    const place = { index, total: this.#loaded.total, isActive: index === this.#active };
    const element = toDom(rowNode(row, { ...place, isChosen: row.psid === this.#chosen }));
    if (element instanceof HTMLElement) {
      element.style.transform = `translateY(${index * ROW_HEIGHT}px)`;
    }
    return element as HTMLElement;
  }

  #tellActive(): void {
    const id = `row-${this.#active}`;
    if (document.getElementById(id) === null) this.#root.removeAttribute("aria-activedescendant");
    else this.#root.setAttribute("aria-activedescendant", id);
  }

  #release(): void {
    this.#isPressed = false;
    this.#draw();
  }

  #click({ target }: Event): void {
    const row = target instanceof Element ? target.closest<HTMLElement>(".row") : null;
    if (row === null) return;
    this.#active = Number(row.dataset["index"]);
    this.#source.choose(row.dataset["psid"] ?? "");
  }

  #key(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(this.#root.clientHeight / ROW_HEIGHT) - 1);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -this.#active,
      End: this.total,
    };
    const step = steps[event.key];
    if (step !== undefined) this.#move(step);
    else if (event.key === "Enter" || event.key === " ") this.#chooseActive();
    else return;
    event.preventDefault();
  }

  #move(step: number): void {
    this.#active = Math.max(0, Math.min(this.total - 1, this.#active + step));
    const top = this.#active * ROW_HEIGHT;
    const { scrollTop, clientHeight } = this.#root;
    if (top < scrollTop) this.#root.scrollTop = top;
    const bottom = top + ROW_HEIGHT;
    if (bottom > scrollTop + clientHeight) this.#root.scrollTop = bottom - clientHeight;
    this.#draw();
  }

  #chooseActive(): void {
    const row = this.#loaded.rows[this.#active - this.#loaded.from];
    if (row !== undefined) this.#source.choose(row.psid);
  }
}
