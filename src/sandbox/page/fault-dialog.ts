import { node } from "../../bubble/html-node.ts";
import type { Summary } from "../inbox/shapes.ts";
import { Refused, tell } from "./ask.ts";
import { byId, toDom } from "./dom.ts";

/** Faults that people ask for most, in their words and as they are written. */
const PRESETS: readonly (readonly [string, string])[] = [
  ["Rate limit: 3 in 10 are refused with 613", "613=2s:30%"],
  ["1 person in 5 has blocked the page", "blocked:20%"],
  ["Time-outs: 1 in 10 is delivered but never answered", "hang_after:10%"],
  ["Time-outs: 1 in 10 is neither delivered nor answered", "hang_before:10%"],
  ["1 connection in 10 is cut after the delivery", "reset_after:10%"],
  ["1 in 10 is HTTP 500 with a page of HTML", "html_500:10%"],
  ["Meta restricts the page", "restricted@1"],
  ["The token is revoked", "revoked@1"],
];

/** Sets what goes wrong from now on. */
export class FaultDialog {
  readonly #dialog = byId("faults", HTMLDialogElement);
  readonly #text = byId("fault-text", HTMLInputElement);
  readonly #problems = byId("fault-problems", HTMLElement);
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
    const presets = byId("presets", HTMLElement);
    presets.append(...PRESETS.map(([words, rule]) => toDom(presetNode(words, rule))));
    presets.addEventListener("change", (event) => this.#toggle(event));
    this.#text.addEventListener("input", () => this.#showPresets());
    this.#text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      void this.#set(this.#text.value);
    });
    byId("set-faults", HTMLElement).addEventListener(
      "click",
      () => void this.#set(this.#text.value),
    );
    byId("clear-faults", HTMLElement).addEventListener("click", () => void this.#set(""));
  }

  open({ faults, webhook }: Summary): void {
    this.#text.value = faults;
    this.#problems.textContent = "";
    byId("webhook", HTMLElement).textContent = webhookText(webhook);
    this.#showPresets();
    this.#dialog.showModal();
  }

  async #set(text: string): Promise<void> {
    try {
      await tell("faults", { faults: text });
      this.#dialog.close();
      this.#changed();
    } catch (fault) {
      if (!(fault instanceof Refused)) throw fault;
      this.#problems.textContent = fault.message;
    }
  }

  #rules(): readonly string[] {
    return this.#text.value
      .split(",")
      .map((rule) => rule.trim())
      .filter((rule) => rule !== "");
  }

  #toggle({ target }: Event): void {
    if (!(target instanceof HTMLInputElement)) return;
    const others = this.#rules().filter((rule) => rule !== target.value);
    this.#text.value = (target.checked ? [...others, target.value] : others).join(",");
  }

  #showPresets(): void {
    const rules = new Set(this.#rules());
    for (const box of this.#dialog.querySelectorAll<HTMLInputElement>("#presets input")) {
      box.checked = rules.has(box.value);
    }
  }
}

function presetNode(words: string, rule: string) {
  return node("label", "preset", [node("input", { type: "checkbox", value: rule }), ` ${words}`]);
}

function webhookText(webhook: Summary["webhook"]): string {
  if (webhook === null) return "Webhook events go nowhere: start with --webhook URL to post them.";
  const { url, counts } = webhook;
  const failure = counts.lastFailure === null ? "" : ` Last failure: ${counts.lastFailure}.`;
  if (url === null) return "Webhook events are written to a file.";
  const { posted, waiting, lost } = counts;
  return `Webhook events to ${url}: ${posted} posted, ${waiting} waiting, ${lost} lost.${failure}`;
}
