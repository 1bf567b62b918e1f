import { PortError, Stop } from "../diag/errors.ts";
import type { InboundIntake } from "../intake/inbound-intake.ts";
import type { DeliveryId } from "../model/delivery.ts";
import type { PolicyFact } from "../model/inbound-fact.ts";
import { MINUTE_MS } from "../model/instant.ts";
import { haltByPolicy, type Settling, settleEchoes } from "./act-on-events.ts";
import type { WebhookJournal } from "./webhook-journal.ts";

/** The ledger is read for echoes, so not after every few of them. */
const SETTLE_EVERY_MS = MINUTE_MS;
/** While an apply runs, or the state cannot be had. */
const WAIT_MS = 5 * MINUTE_MS;

/**
 * Takes queued webhooks in, and acts on what they say of the page: a policy of Meta's halts applies
 * at once, echoes settle deliveries after a while.
 */
export class PageEvents {
  readonly #intake: InboundIntake;
  readonly #journal: WebhookJournal;
  readonly #acting: Omit<Settling, "store">;
  /** That applies were not halted for yet. */
  readonly #policies: PolicyFact[] = [];
  /** That the ledger was not asked about yet. */
  readonly #echoes = new Map<DeliveryId, string | null>();
  /** Whether echoes from before the start may still have to be settled. */
  #hasBacklog = true;

  constructor(
    intake: InboundIntake,
    of: Omit<Settling, "store"> & { readonly journal: WebhookJournal },
  ) {
    this.#intake = intake;
    this.#journal = of.journal;
    this.#acting = of;
  }

  /** Rejects with PortError or Stop where bodies were not taken in. */
  async take(bodies: readonly string[]): Promise<void> {
    const { counts, echoes, policies } = await this.#intake.take(bodies);
    this.#journal.took(counts);
    for (const { delivery, mid } of echoes) this.#echoes.set(delivery, mid);
    this.#policies.push(...policies);
    if (this.#policies.length > 0) await this.#attempt(() => this.#halt());
  }

  /** Settles what echoes show, from before the start too, until the signal comes. */
  async actUntil(signal: AbortSignal): Promise<void> {
    const { clock } = this.#acting;
    let isWell = await this.#attempt(() => this.#settleAll());
    while (!signal.aborted) {
      await clock.sleep(isWell ? SETTLE_EVERY_MS : WAIT_MS, signal);
      if (signal.aborted) return;
      isWell = await this.#attempt(() => this.#act());
    }
  }

  async #act(): Promise<boolean> {
    await this.#halt();
    return this.#hasBacklog ? this.#settleAll() : this.#settleNew();
  }

  async #halt(): Promise<boolean> {
    const policies = [...this.#policies];
    const because = await haltByPolicy(policies, this.#acting);
    this.#policies.splice(0, policies.length);
    if (because !== null) this.#journal.halted(because);
    return true;
  }

  /** Whether none has to wait for an apply to end. */
  async #settleAll(): Promise<boolean> {
    const store = await this.#intake.open();
    const { sent, waiting } = await settleEchoes({ ...this.#acting, store }, this.#echoes.size > 0);
    this.#journal.settled(sent);
    this.#hasBacklog = waiting > 0;
    return waiting === 0;
  }

  async #settleNew(): Promise<boolean> {
    if (this.#echoes.size === 0) return true;
    const asked = new Map(this.#echoes);
    const store = { echoes: async () => asked };
    const { sent, waiting } = await settleEchoes({ ...this.#acting, store }, true);
    this.#journal.settled(sent);
    if (waiting > 0) return false;
    for (const id of asked.keys()) this.#echoes.delete(id);
    return true;
  }

  /** What fails here is tried again later, and keeps nothing from being taken in meanwhile. */
  async #attempt(act: () => Promise<boolean>): Promise<boolean> {
    try {
      const isWell = await act();
      this.#journal.acting(undefined);
      return isWell;
    } catch (fault) {
      if (!(fault instanceof PortError || fault instanceof Stop)) throw fault;
      this.#journal.acting(fault.message);
      return false;
    }
  }
}
