import { Temporal } from "temporal-polyfill";
import type { WallTime } from "./campaign.ts";
import type { Instant } from "./instant.ts";

/**
 * The instant of a local wall time. A skipped hour moves forward by the gap's length; of a repeated
 * hour the first counts (SPEC section 4; Temporal calls this "compatible").
 */
export function wallToInstant(wall: WallTime, zone: string): Instant {
  const local = Temporal.PlainDateTime.from(wall);
  return local.toZonedDateTime(zone, { disambiguation: "compatible" }).epochMilliseconds;
}

/** The local wall time of an instant, to the minute: `2026-12-07T10:00`. */
export function instantToWall(at: Instant, zone: string): WallTime {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return local.toPlainDateTime().toString({ smallestUnit: "minute" });
}

/**
 * The furthest wall time that the zone's clock has shown up to `at`. In an hour that repeats, the
 * clock shows less than it did before it was put back.
 */
export function furthestWall(at: Instant, zone: string): WallTime {
  const now = instantToWall(at, zone);
  // A change at this very instant counts, and the library looks strictly before.
  const local = Temporal.Instant.fromEpochMilliseconds(at + 1).toZonedDateTimeISO(zone);
  const change = local.getTimeZoneTransition("previous");
  if (change === null) return now;
  const before = instantToWall(change.epochMilliseconds - 1, zone);
  return before > now ? before : now;
}

/** The local date of an instant: `2026-12-07`. */
export function instantToDate(at: Instant, zone: string): string {
  return instantToWall(at, zone).slice(0, 10);
}

/** The first instant of a local date moved by `days`; where midnight is skipped, the next one. */
export function dayStart(date: string, zone: string, days = 0): Instant {
  const day = Temporal.PlainDate.from(date).add({ days });
  return day.toZonedDateTime(zone).epochMilliseconds;
}

const changes = new Map<string, boolean>();

/**
 * Whether the zone's clocks may change on the day of a wall time: looked up once for its whole
 * month, since turning each time of a thousand campaigns into an instant and back is slow.
 */
export function clockChangesNear(wall: WallTime, zone: string): boolean {
  const month = wall.slice(0, 7);
  const key = `${zone} ${month}`;
  const known = changes.get(key) ?? clockChangesIn(month, zone);
  changes.set(key, known);
  return known;
}

function clockChangesIn(month: string, zone: string): boolean {
  const first = Temporal.PlainDate.from(`${month}-01`);
  const before = first.subtract({ days: 1 }).toZonedDateTime(zone);
  const change = before.getTimeZoneTransition("next");
  const after = first.add({ months: 1, days: 1 }).toZonedDateTime(zone);
  return change !== null && change.epochMilliseconds <= after.epochMilliseconds;
}

const zoneAnswers = new Map<string, boolean>();

/** Whether a name is an IANA zone that the platform knows; offsets such as +01:00 are none. */
export function isZone(name: string): boolean {
  const known = zoneAnswers.get(name) ?? (!/^[+-]/.test(name) && isTaken(name));
  zoneAnswers.set(name, known);
  return known;
}

function isTaken(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return true;
  } catch {
    return false;
  }
}
