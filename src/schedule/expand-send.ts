import type { Send } from "../model/campaign.ts";
import type { OccurrenceId } from "../model/delivery.ts";
import type { Instant } from "../model/instant.ts";
import { wallToInstant } from "../model/zone-time.ts";
import { EveryMoments } from "./every-moments.ts";
import { isOpen, type Timing, type ZoneMoment, zoneMoment } from "./zone-moment.ts";

/** How a campaign's schedule stands at one instant. */
export interface Occasion {
  /**
   * due: an occurrence of at least one zone is to be sent now. upcoming: the next one, to be judged
   * as if it were due. none: nothing is left to come.
   */
  readonly state: "due" | "upcoming" | "none";
  /** At most one for each zone; a zone without has nothing to come. */
  readonly moments: readonly ZoneMoment[];
  /** Earlier cron occurrences that are still due but give way to the latest. */
  readonly superseded: number;
  /** Whether an occurrence went by without an apply that tried it. */
  readonly missed: boolean;
}

type TimedSend = Exclude<Send, { kind: "on" }>;

/**
 * What a campaign with `at` or `every` is to be judged for at `timing.now`. `reopened` holds the
 * occurrences with deliveries that are due again (released ones, say) though they are closed.
 */
export function expandSend(
  send: TimedSend,
  timing: Timing,
  reopened: ReadonlySet<OccurrenceId>,
): Occasion {
  const every = send.kind === "every" ? new EveryMoments(send, timing) : undefined;
  const latest = every?.latest() ?? onceMoments(send, timing);
  const { now } = timing;
  const isDue = (moment: ZoneMoment) =>
    isOpen(moment, now) || (now <= moment.lateAt && reopened.has(moment.occurrence));
  const due = latest.filter(isDue);
  if (due.length > 0) {
    const moments = every === undefined ? latest : withComing(latest, due, every.next());
    return { state: "due", moments, superseded: every?.superseded() ?? 0, missed: false };
  }
  const missed = latest.length > 0 && latest.every((one) => one.lateAt < now && !one.closed);
  const next = every?.next() ?? latest.filter((moment) => moment.dueAt > now);
  return { state: next.length > 0 ? "upcoming" : "none", moments: next, superseded: 0, missed };
}

/** Where an occurrence that is due elsewhere is still to come, it is that one's people wait for. */
function withComing(
  latest: readonly ZoneMoment[],
  due: readonly ZoneMoment[],
  next: readonly ZoneMoment[],
): ZoneMoment[] {
  const occurrences = new Set(due.map(({ occurrence }) => occurrence));
  const dueZones = new Set(due.map(({ zone }) => zone));
  const coming = next.filter(
    ({ occurrence, zone }) => occurrences.has(occurrence) && !dueZones.has(zone),
  );
  const zones = new Set(coming.map(({ zone }) => zone));
  return [...latest.filter(({ zone }) => !zones.has(zone)), ...coming];
}

/** `at` has one occurrence, `once`, at one instant or at one wall time in each zone. */
function onceMoments(send: TimedSend, timing: Timing): ZoneMoment[] {
  return timing.zones.map((zone) => {
    const dueAt = onceAt(send, zone, timing);
    return zoneMoment({ zone, occurrence: "once", dueAt, lateByMs: send.lateByMs ?? 0 }, timing);
  });
}

function onceAt(send: TimedSend, zone: string, timing: Timing): Instant {
  if (send.kind !== "at") return timing.firstSeenAt ?? timing.now;
  if ("instant" in send.at) return send.at.instant;
  return wallToInstant(send.at.wall, send.zone.kind === "user" ? zone : send.zone.zone);
}
