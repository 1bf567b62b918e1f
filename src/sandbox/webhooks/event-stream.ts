import type { Instant } from "../../model/instant.ts";
import { type ReceivedEntry, reachedId, type SentEntry } from "../entry.ts";
import type { FaultPlan } from "../fault-plan.ts";
import { EventFaults } from "./event-faults.ts";
import {
  deliveryEvent,
  echoEvent,
  inboundEvent,
  policyEvent,
  readEvent,
  type WebhookEvent,
} from "./webhook-event.ts";

/** An event on its way out. */
export interface OutgoingEvent {
  readonly event: WebhookEvent;
  readonly isForged: boolean;
}

/**
 * Makes the events of what happens on the Page, with their faults. Without faults a message that
 * reached its person gives an echo, a delivery and a read, at once and in this order.
 */
export class EventStream {
  readonly #pageId: string;
  readonly #now: () => Instant;
  readonly #post: (outgoing: OutgoingEvent) => void;
  readonly #late = new Set<NodeJS.Timeout>();
  #faults: EventFaults;

  constructor(of: {
    readonly pageId: string;
    readonly now: () => Instant;
    readonly faults: FaultPlan;
    readonly post: (outgoing: OutgoingEvent) => void;
  }) {
    this.#pageId = of.pageId;
    this.#now = of.now;
    this.#post = of.post;
    this.#faults = new EventFaults(of.faults);
  }

  setFaults(plan: FaultPlan): void {
    this.#faults = new EventFaults(plan);
  }

  /** A message of the Page has reached its person, who reads it. */
  reached(entry: SentEntry): void {
    const messageId = reachedId(entry);
    if (messageId === null) return;
    const { psid, message, at } = entry;
    const parties = { pageId: this.#pageId, psid, at: this.#now() };
    if (!this.#faults.next("no_echo")) {
      this.#emit(echoEvent({ ...parties, at }, { messageId, message }));
    }
    if (!this.#faults.next("no_delivery")) {
      const hasMids = this.#faults.next("no_mids") === undefined;
      const of = { messageId: hasMids ? messageId : undefined, watermark: at };
      this.#emit(deliveryEvent(parties, of));
    }
    if (!this.#faults.next("no_read")) this.#emit(readEvent(parties, at));
  }

  /** A person wrote or tapped. */
  received({ psid, at, messageId, inbound }: ReceivedEntry): void {
    this.#emit(inboundEvent({ pageId: this.#pageId, psid, at }, messageId, inbound));
  }

  /** Meta restricted the Page. */
  restricted(): void {
    this.#emit(policyEvent(this.#pageId, this.#now()));
  }

  /** Late events never come. */
  close(): void {
    for (const timer of this.#late) clearTimeout(timer);
  }

  #emit(event: WebhookEvent): void {
    const isForged = this.#faults.next("bad_signature") !== undefined;
    const isTwice = this.#faults.next("event_twice") !== undefined;
    const lateMs = this.#faults.next("event_late")?.ms;
    const outgoing = { event, isForged };
    if (lateMs === undefined) this.#post(outgoing);
    else this.#postLate(outgoing, lateMs);
    if (isTwice) this.#post(outgoing);
  }

  #postLate(outgoing: OutgoingEvent, lateMs: number): void {
    const timer = setTimeout(() => {
      this.#late.delete(timer);
      this.#post(outgoing);
    }, lateMs);
    this.#late.add(timer);
  }
}
