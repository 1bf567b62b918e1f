import { hasCome } from "../chance-of.ts";
import type { EventFault, EventFaultName, FaultPlan } from "../fault-plan.ts";

/** Draws the faults of webhook events; each fault counts the events it could have struck. */
export class EventFaults {
  readonly #plan: FaultPlan;
  readonly #counts = new Map<number, number>();

  constructor(plan: FaultPlan) {
    this.#plan = plan;
  }

  /** The fault of this name that strikes the event which it could strike now; else undefined. */
  next(name: EventFaultName): EventFault | undefined {
    let struck: EventFault | undefined;
    for (const [place, { fault, moment }] of this.#plan.events.entries()) {
      if (fault.kind !== name) continue;
      const count = (this.#counts.get(place) ?? 0) + 1;
      this.#counts.set(place, count);
      const draw = { seed: this.#plan.seed, place: `event ${place}`, drawer: `event ${count}` };
      if (hasCome(moment, count, draw)) struck ??= fault;
    }
    return struck;
  }
}
