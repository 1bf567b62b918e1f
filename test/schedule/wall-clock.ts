import { DAY_MS, MINUTE_MS } from "../../src/model/instant.ts";

/**
 * Wall time and instants by what the platform shows, step by step and without the library that the
 * program uses.
 */

/** What the clock on the wall of a zone shows: `2026-03-29T02:30`. */
export function wallOf(at: number, zone: string): string {
  const parts = formatOf(zone).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
  const hour = part("hour") === "24" ? "00" : part("hour");
  return `${part("year")}-${part("month")}-${part("day")}T${hour}:${part("minute")}`;
}

/**
 * The instant of a wall time: the first that shows it, or, where none does, as if the clock had not
 * been changed yet.
 */
export function instantOf(wall: string, zone: string): number {
  const utc = Date.parse(`${wall}Z`);
  const before = utc - offsetAt(utc - DAY_MS, zone);
  const after = utc - offsetAt(utc + DAY_MS, zone);
  if (wallOf(before, zone) === wall || wallOf(after, zone) !== wall) return before;
  return after;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  const format =
    known ??
    new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      hour12: false,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
    });
  formats.set(zone, format);
  return format;
}

function offsetAt(at: number, zone: string): number {
  const minute = Math.floor(at / MINUTE_MS) * MINUTE_MS;
  return Date.parse(`${wallOf(minute, zone)}Z`) - minute;
}
