import { createHash } from "node:crypto";
import type { Fault, FaultPlan, FaultRule } from "./fault-plan.ts";

/** What befalls one send: a wait, a fault, both or nothing. */
export interface Strike {
  readonly delayMs: number;
  readonly fault: Fault | undefined;
}

const NO_STRIKE: Strike = { delayMs: 0, fault: undefined };

/** Draws the faults of a plan, call by call. */
export class Faults {
  readonly #plan: FaultPlan;
  #calls = 0;

  constructor(plan: FaultPlan) {
    this.#plan = plan;
  }

  /** Counts a send to this person. Waits add up; of other faults the first in the plan strikes. */
  next(psid: string): Strike {
    this.#calls += 1;
    if (this.#plan.rules.length === 0) return NO_STRIKE;
    const hits = this.#plan.rules.filter((rule, place) => this.#strikes(rule, place, psid));
    const delays = hits.map(({ fault }) => (fault.kind === "delay" ? (fault.ms ?? 0) : 0));
    return {
      delayMs: delays.reduce((sum, ms) => sum + ms, 0),
      fault: hits.find(({ fault }) => fault.kind !== "delay")?.fault,
    };
  }

  #strikes(rule: FaultRule, place: number, psid: string): boolean {
    const { moment } = rule;
    if (moment.kind === "calls") return moment.from <= this.#calls && this.#calls <= moment.to;
    // A blocked person stays blocked, so the draw is theirs and not the call's.
    const drawer = rule.fault.kind === "blocked" ? `psid ${psid}` : `call ${this.#calls}`;
    return draw(`${this.#plan.seed} ${place} ${drawer}`) < moment.rate;
  }
}

/** Evenly spread over [0, 1); the same for the same text. */
function draw(text: string): number {
  return createHash("sha256").update(text).digest().readUInt32BE(0) / 2 ** 32;
}
