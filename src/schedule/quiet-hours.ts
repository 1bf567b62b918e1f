import { DAY_MS, formatInstant, type Instant } from "../model/instant.ts";
import { instantToDate, instantToWall, wallToInstant } from "../model/zone-time.ts";

/** Local times of day in minutes from midnight; `from` included, `to` not; may cross midnight. */
export interface QuietHours {
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** A stretch in which people of one zone are not written to; `to` is the first instant after it. */
export interface QuietStretch {
  readonly zone: string;
  readonly from: Instant;
  readonly to: Instant;
}

/** When the quiet hours around `at` end for people of `zone`; null outside of them. */
export function quietUntil(at: Instant, zone: string, quiet: QuietHours): Instant | null {
  const stretches = quietStretches(zone, quiet, { from: at, to: at });
  return stretches.find((stretch) => stretch.from <= at && at < stretch.to)?.to ?? null;
}

/** Every quiet stretch of one zone that touches [from, to], in order of time. */
export function quietStretches(
  zone: string,
  quiet: QuietHours,
  range: { readonly from: Instant; readonly to: Instant },
): QuietStretch[] {
  const stretches: QuietStretch[] = [];
  // Dates and not days of 24 hours: those leave out or repeat a date where clocks change. A stretch
  // that touches the range began at most a day before it.
  const last = instantToDate(range.to, zone);
  let date = movedDate(instantToDate(range.from, zone), -2);
  while (date <= last) {
    const next = movedDate(date, 1);
    const endDate = quiet.toMinute > quiet.fromMinute ? date : next;
    const from = wallToInstant(`${date}T${timeOfDay(quiet.fromMinute)}`, zone);
    const to = wallToInstant(`${endDate}T${timeOfDay(quiet.toMinute)}`, zone);
    if (to >= range.from && from <= range.to && to > from) stretches.push({ zone, from, to });
    date = next;
  }
  return stretches;
}

function movedDate(date: string, days: number): string {
  return formatInstant(Date.parse(date) + days * DAY_MS).slice(0, 10);
}

/** Whether `at` lies in the quiet hours of `zone`, by its own clock on the wall. */
export function isQuiet(at: Instant, zone: string, quiet: QuietHours): boolean {
  const [hours = 0, minutes = 0] = instantToWall(at, zone).slice(11).split(":").map(Number);
  const minute = hours * 60 + minutes;
  return quiet.fromMinute < quiet.toMinute
    ? quiet.fromMinute <= minute && minute < quiet.toMinute
    : quiet.fromMinute <= minute || minute < quiet.toMinute;
}

function timeOfDay(minute: number): string {
  const pad = (value: number) => String(value).padStart(2, "0");
  return `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;
}
