import { hasCome } from "./chance-of.ts";
import type { Fault, FaultPlan, FaultRule, UsageFault } from "./fault-plan.ts";

/** What befalls one send: a wait, a fault, both or nothing; and what its usage headers tell. */
export interface Strike {
  readonly delayMs: number;
  readonly fault: Fault | undefined;
  readonly pageUsage: ToldUsage | undefined;
  readonly appUsage: ToldUsage | undefined;
}

export interface ToldUsage {
  readonly percent: number;
  readonly regainMinutes: number;
}

const NO_STRIKE: Strike = {
  delayMs: 0,
  fault: undefined,
  pageUsage: undefined,
  appUsage: undefined,
};

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
    const { rules, usage } = this.#plan;
    if (rules.length === 0 && usage.length === 0) return NO_STRIKE;
    const hits = rules.filter((rule, place) => this.#strikes(rule, place, psid));
    const delays = hits.map(({ fault }) => (fault.kind === "delay" ? (fault.ms ?? 0) : 0));
    return {
      delayMs: delays.reduce((sum, ms) => sum + ms, 0),
      fault: hits.find(({ fault }) => fault.kind !== "delay")?.fault,
      pageUsage: this.#toldUsage("page_usage"),
      appUsage: this.#toldUsage("app_usage"),
    };
  }

  #strikes({ fault, moment }: FaultRule<Fault>, place: number, psid: string): boolean {
    // A blocked person stays blocked, so the draw is theirs and not the call's.
    const drawer = fault.kind === "blocked" ? `psid ${psid}` : `call ${this.#calls}`;
    return hasCome(moment, this.#calls, { seed: this.#plan.seed, place: String(place), drawer });
  }

  #toldUsage(kind: UsageFault["kind"]): ToldUsage | undefined {
    const drawer = `call ${this.#calls}`;
    const rule = this.#plan.usage.find(
      ({ fault, moment }) =>
        fault.kind === kind &&
        hasCome(moment, this.#calls, { seed: this.#plan.seed, place: kind, drawer }),
    );
    return rule && { percent: this.#percent(rule), regainMinutes: rule.fault.regainMinutes };
  }

  /** Rises evenly over the calls of its moment. */
  #percent({ fault, moment }: FaultRule<UsageFault>): number {
    const { fromPercent, toPercent } = fault;
    if (moment.kind === "rate" || moment.from === moment.to) return toPercent;
    if (moment.to === Number.POSITIVE_INFINITY) return toPercent;
    const share = (this.#calls - moment.from) / (moment.to - moment.from);
    return Math.round(fromPercent + share * (toPercent - fromPercent));
  }
}
