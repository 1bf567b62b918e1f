import type { Send } from "../model/campaign.ts";
import type { OccurrenceId } from "../model/delivery.ts";
import { DAY_MS, formatInstant, type Instant } from "../model/instant.ts";
import { furthestWall, wallToInstant } from "../model/zone-time.ts";
import { CronWalls } from "./cron-walls.ts";
import { isOpen, type Timing, type ZoneMoment, zoneMoment } from "./zone-moment.ts";

type EverySend = Extract<Send, { kind: "every" }>;

/** One time that the rule names, in one zone. */
interface Tick {
  readonly occurrence: OccurrenceId;
  readonly dueAt: Instant;
  readonly lateByMs: number;
}

/** How many earlier occurrences are looked at for the number of superseded ones. */
const LOOK_BACK = 50;

/** The schedule of one `every:` campaign. */
export class EveryMoments {
  readonly #send: EverySend;
  readonly #walls: CronWalls;
  readonly #timing: Timing;

  constructor(send: EverySend, timing: Timing) {
    this.#send = send;
    this.#walls = new CronWalls(send);
    this.#timing = timing;
  }

  /** Each zone's latest occurrence that has come; zones without one are absent. */
  latest(): ZoneMoment[] {
    return this.#forZones((zone) => this.#come(zone, 2)[0]);
  }

  /** Each zone's first occurrence that has not come. */
  next(): ZoneMoment[] {
    return this.#forZones((zone) => {
      // In the hour that a clock skips, the latest wall time may still lie ahead.
      const now = this.#wallNow(zone);
      const candidates = [...this.#walls.upTo(now, 1), this.#walls.after(now)];
      const ticks = candidates.flatMap((wall) => (wall ? [this.#tick(wall, zone)] : []));
      return ticks.find((tick) => tick.dueAt > this.#timing.now);
    });
  }

  /** Earlier occurrences that are still due, as seen from the rule's or the workspace's zone. */
  superseded(): number {
    const zone = this.#ruleZone(this.#timing.workspaceZone);
    const earlier = this.#come(zone, LOOK_BACK).slice(1);
    const moments = earlier.map((tick) => zoneMoment({ zone, ...tick }, this.#timing));
    return moments.filter((moment) => isOpen(moment, this.#timing.now)).length;
  }

  #forZones(tickOf: (zone: string) => Tick | undefined): ZoneMoment[] {
    const ticks = new Map<string, Tick | undefined>();
    return this.#timing.zones.flatMap((zone) => {
      const ruleZone = this.#ruleZone(zone);
      if (!ticks.has(ruleZone)) ticks.set(ruleZone, tickOf(ruleZone));
      const tick = ticks.get(ruleZone);
      return tick === undefined ? [] : [zoneMoment({ zone, ...tick }, this.#timing)];
    });
  }

  #ruleZone(zone: string): string {
    return this.#send.zone.kind === "user" ? zone : this.#send.zone.zone;
  }

  #wallNow(zone: string): string {
    return furthestWall(this.#timing.now, zone);
  }

  /** The latest ticks that have come, the newest first. */
  #come(zone: string, count: number): Tick[] {
    const walls = this.#walls.upTo(this.#wallNow(zone), count);
    const ticks = walls.map((wall) => this.#tick(wall, zone));
    return ticks.filter((tick) => tick.dueAt <= this.#timing.now);
  }

  #tick(wall: string, zone: string): Tick {
    const dueAt = wallToInstant(wall, zone);
    const lateByMs = this.#send.lateByMs ?? Math.min(DAY_MS, this.#walls.periodMs(wall));
    const occurrence = this.#send.zone.kind === "user" ? wall : formatInstant(dueAt);
    return { occurrence, dueAt, lateByMs };
  }
}
