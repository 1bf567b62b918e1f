import { Cron } from "croner";
import type { WallTime } from "../model/campaign.ts";
import { MINUTE_MS } from "../model/instant.ts";

/**
 * The wall times that a cron rule names, without any zone: the rule is read as if the wall clock
 * were UTC, and each wall time then becomes an instant per zone by one rule of our own, so that
 * fixed zones and people's own zones agree about skipped and repeated hours.
 */
export class CronWalls {
  readonly #cron: Cron;
  readonly #from: string | undefined;
  readonly #until: string | undefined;

  constructor(rule: {
    /** Five cron fields. */
    readonly cron: string;
    /** Local dates, both included. */
    readonly from: string | undefined;
    readonly until: string | undefined;
  }) {
    this.#cron = new Cron(rule.cron, { timezone: "UTC", mode: "5-part" });
    this.#from = rule.from;
    this.#until = rule.until;
  }

  /** The last `count` wall times at or before `wall`, the latest first. */
  upTo(wall: WallTime, count: number): WallTime[] {
    const ended = this.#until !== undefined && wall.slice(0, 10) > this.#until;
    const latest = ended ? `${this.#until}T23:59` : wall;
    // The library looks strictly before its reference; `wall` itself counts here.
    const reference = new Date(toUtcMs(latest) + MINUTE_MS);
    const walls = this.#cron.previousRuns(count, reference).map(toWall);
    return walls.filter((found) => this.#from === undefined || found.slice(0, 10) >= this.#from);
  }

  /** The first wall time after `wall`; undefined when the rule has ended. */
  after(wall: WallTime): WallTime | undefined {
    const early = this.#from !== undefined && wall.slice(0, 10) < this.#from;
    const reference = early ? toUtcMs(`${this.#from}T00:00`) - MINUTE_MS : toUtcMs(wall);
    const next = this.#cron.nextRun(new Date(reference));
    if (next === null) return undefined;
    const found = toWall(next);
    return this.#until !== undefined && found.slice(0, 10) > this.#until ? undefined : found;
  }

  /** How long it takes from `wall` to the next one by the rule alone, on the wall clock. */
  periodMs(wall: WallTime): number {
    const next = this.#cron.nextRun(new Date(toUtcMs(wall)));
    return next === null ? Number.POSITIVE_INFINITY : next.getTime() - toUtcMs(wall);
  }
}

function toUtcMs(wall: WallTime): number {
  return Date.parse(`${wall}Z`);
}

function toWall(utc: Date): WallTime {
  return utc.toISOString().slice(0, 16);
}
