import type { Inbound } from "../entry.ts";
import type { ShownPerson, ShownRequest, ShownThread } from "../inbox/shapes.ts";
import { ask, Refused, tell } from "./ask.ts";
import { byId, toDom } from "./dom.ts";
import { ThreadLog } from "./thread-log.ts";
import { whyNodes } from "./why-node.ts";

const SHOWN = 50;

/** A number that nobody has (555-01…), for the quick reply that offers the person's own. */
const OWN_VALUES = {
  user_phone_number: "+12025550123",
  user_email: "person@example.com",
} as const;

/** The conversation that is open: what its person got, and what one answers as that person. */
export class ThreadView {
  readonly #name = byId("thread-name", HTMLElement);
  readonly #log = new ThreadLog(byId("scroller", HTMLElement), byId("log", HTMLElement));
  readonly #older = byId("older", HTMLButtonElement);
  readonly #newer = byId("newer", HTMLButtonElement);
  readonly #reply = byId("reply", HTMLFormElement);
  readonly #text = byId("reply-text", HTMLInputElement);
  readonly #switches = {
    isBlocked: byId("is-blocked", HTMLInputElement),
    isClosed: byId("is-closed", HTMLInputElement),
    isOwned: byId("is-owned", HTMLInputElement),
  };
  #psid: string | undefined;

  constructor() {
    const log = byId("log", HTMLElement);
    log.addEventListener("click", (event) => void this.#tap(event));
    // `toggle` does not bubble, so it is caught on its way down.
    log.addEventListener("toggle", (event) => void this.#explain(event), true);
    this.#older.addEventListener("click", () => void this.#loadOlder());
    this.#newer.addEventListener("click", () => void this.#loadNewer());
    this.#reply.addEventListener("submit", (event) => void this.#answer(event));
    for (const box of Object.values(this.#switches)) {
      box.addEventListener("change", () => void this.#tellPerson());
    }
  }

  get psid(): string | undefined {
    return this.#psid;
  }

  async open(psid: string): Promise<void> {
    this.#psid = psid;
    this.#log.clear();
    this.#text.value = "";
    await this.refresh();
    byId("hint", HTMLElement).hidden = true;
    byId("person", HTMLElement).hidden = false;
    this.#reply.hidden = false;
    this.#name.focus();
  }

  close(): void {
    this.#psid = undefined;
    byId("person", HTMLElement).hidden = true;
    this.#reply.hidden = true;
    this.#log.clear();
    this.#showMore();
  }

  /** Something changed: shows what is new, but lets one read old messages in peace. */
  async refresh(): Promise<void> {
    const thread = await this.#ask({});
    if (thread === undefined) return;
    this.#showPerson(thread.person);
    this.#name.textContent = `${thread.name} – ${thread.psid}`;
    if (this.#log.hasNewer) return this.#showMore();
    this.#log.showNewest(thread);
    this.#showMore();
  }

  /** Undefined when another conversation was opened meanwhile. */
  async #ask(of: { before?: number; after?: number }): Promise<ShownThread | undefined> {
    const psid = this.#psid;
    if (psid === undefined) return undefined;
    const thread = await ask<ShownThread>("thread", { psid, count: SHOWN, ...of });
    return psid === this.#psid ? thread : undefined;
  }

  async #loadOlder(): Promise<void> {
    const before = this.#log.first;
    const thread = before === undefined ? undefined : await this.#ask({ before });
    if (thread !== undefined) this.#log.prepend(thread);
    this.#showMore();
  }

  async #loadNewer(): Promise<void> {
    const after = this.#log.last;
    const thread = after === undefined ? undefined : await this.#ask({ after });
    if (thread !== undefined) this.#log.append(thread);
    this.#showMore();
  }

  #showMore(): void {
    this.#older.hidden = !this.#log.hasOlder;
    this.#newer.hidden = !this.#log.hasNewer;
  }

  #showPerson({ isBlocked, isWindowOpen, isOwnedByOtherApp }: ShownPerson): void {
    this.#switches.isBlocked.checked = isBlocked;
    this.#switches.isClosed.checked = !isWindowOpen;
    this.#switches.isOwned.checked = isOwnedByOtherApp;
  }

  async #tellPerson(): Promise<void> {
    const { isBlocked, isClosed, isOwned } = this.#switches;
    await tell("person", {
      psid: this.#psid,
      isBlocked: isBlocked.checked,
      isWindowOpen: !isClosed.checked,
      isOwnedByOtherApp: isOwned.checked,
    });
    await this.refresh();
  }

  async #answer(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const text = this.#text.value;
    if (text.trim() === "") return;
    this.#text.value = "";
    await this.#tellInbound({ type: "text", text });
  }

  async #tap(event: MouseEvent): Promise<void> {
    const tapped = event.target instanceof Element ? event.target.closest("[data-tap]") : null;
    if (!(tapped instanceof HTMLElement)) return;
    const { tap, title = "", payload = "" } = tapped.dataset;
    if (tap === "postback") return this.#tellInbound({ type: "postback", title, payload });
    const own = tap === "user_phone_number" || tap === "user_email" ? OWN_VALUES[tap] : undefined;
    await this.#tellInbound({ type: "quick_reply", title: own ?? title, payload: own ?? payload });
    this.#text.focus();
  }

  async #tellInbound(inbound: Inbound): Promise<void> {
    await tell("answers", { psid: this.#psid, inbound });
    await this.refresh();
    this.#log.scrollToEnd();
  }

  /** Fills an entry's details when they are opened for the first time. */
  async #explain(event: Event): Promise<void> {
    const details = event.target;
    if (!(details instanceof HTMLDetailsElement) || details.childElementCount > 1) return;
    const number = Number(details.dataset["number"]);
    const content = this.#log.find(number)?.content;
    if (content?.kind !== "sent") return;
    const request = await this.#request(number);
    details.append(...whyNodes(content.sent, request).map(toDom));
  }

  async #request(number: number): Promise<ShownRequest | string> {
    try {
      return await ask<ShownRequest>("request", { psid: this.#psid, number });
    } catch (fault) {
      if (fault instanceof Refused) return fault.message;
      throw fault;
    }
  }
}
