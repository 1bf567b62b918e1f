import type { Delivery } from "../model/delivery.ts";

export interface ClaimLineDeps {
  /** How many claims may wait for their request. */
  readonly ahead: number;
  /** Ends the line: nothing more is claimed or given out. */
  readonly over: AbortSignal;
  /** Whether it is still to be sent to. */
  admit(delivery: Delivery): boolean;
  /** Resolves once the claims are durable, with false when nothing may be claimed any more. */
  claim(deliveries: readonly Delivery[]): Promise<boolean>;
}

/**
 * Deliveries that are claimed and wait for their request. It is filled again while half of them
 * still wait, so requests do not have to wait for the disk.
 */
export class ClaimLine {
  readonly #deps: ClaimLineDeps;
  #claimed: Delivery[] = [];
  #next = 0;
  #isFilled = false;
  /** Called when there is something to take, or never will be. */
  #takers: (() => void)[] = [];
  /** Called when there is room for claims. */
  #filler: (() => void) | undefined;

  constructor(deps: ClaimLineDeps) {
    this.#deps = deps;
  }

  /** Claims until the deliveries or the line end. Rejects when claims cannot be written. */
  async fill(deliveries: AsyncIterable<readonly Delivery[]>): Promise<void> {
    const wake = () => this.#wake();
    this.#deps.over.addEventListener("abort", wake);
    try {
      for await (const batch of deliveries) {
        for (let start = 0; start < batch.length; ) {
          await this.#room();
          if (this.#deps.over.aborted) return;
          const slice = batch.slice(start, start + this.#deps.ahead - this.waiting);
          start += slice.length;
          await this.#claim(slice.filter((one) => this.#deps.admit(one)));
        }
      }
    } finally {
      this.#isFilled = true;
      this.#wake();
      this.#deps.over.removeEventListener("abort", wake);
    }
  }

  /** The next delivery whose request may be written; undefined when the line has ended. */
  async take(): Promise<Delivery | undefined> {
    while (!this.#deps.over.aborted) {
      const delivery = this.#claimed[this.#next];
      if (delivery !== undefined) {
        this.#next++;
        if (this.waiting <= this.#deps.ahead / 2) this.#filler?.();
        return delivery;
      }
      if (this.#isFilled) return undefined;
      await new Promise<void>((resolve) => this.#takers.push(resolve));
    }
    return undefined;
  }

  /** Takes what is claimed and will get no request. */
  takeRest(): readonly Delivery[] {
    const rest = this.#claimed.slice(this.#next);
    this.#next = this.#claimed.length;
    return rest;
  }

  get waiting(): number {
    return this.#claimed.length - this.#next;
  }

  async #room(): Promise<void> {
    while (this.waiting > this.#deps.ahead / 2 && !this.#deps.over.aborted) {
      await new Promise<void>((resolve) => {
        this.#filler = resolve;
      });
    }
  }

  async #claim(admitted: readonly Delivery[]): Promise<void> {
    if (admitted.length === 0) return;
    if (!(await this.#deps.claim(admitted))) return;
    this.#claimed = [...this.takeRest(), ...admitted];
    this.#next = 0;
    this.#wakeTakers();
  }

  #wake(): void {
    this.#filler?.();
    this.#wakeTakers();
  }

  #wakeTakers(): void {
    const takers = this.#takers;
    this.#takers = [];
    for (const wake of takers) wake();
  }
}
