import type { OccurrenceId } from "../model/delivery.ts";
import type { Instant } from "../model/instant.ts";
import type { ZoneMoment } from "./zone-moment.ts";

/**
 * The last occurrence that has come for the people of every zone, once everyone who was due at
 * `now` has been tried; null where the earliest one is still to come for somebody. In their own
 * zones, Monday's is complete when people of the west have it and those of the east have Tuesday's.
 */
export function completedOccurrence(
  moments: readonly ZoneMoment[],
  { now, zoneCount }: { readonly now: Instant; readonly zoneCount: number },
): OccurrenceId | null {
  const [first] = moments.map(({ occurrence }) => occurrence).sort();
  // A zone without a moment has not come to its first occurrence yet.
  if (first === undefined || moments.length < zoneCount) return null;
  const ofFirst = moments.filter(({ occurrence }) => occurrence === first);
  return ofFirst.every(({ sendAt }) => sendAt <= now) ? first : null;
}
