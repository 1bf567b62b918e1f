import { type Instant, MINUTE_MS } from "../model/instant.ts";

/** A value of a person, an event or `vars:`, as templates see it; missing is `undefined`. */
export type Shown = string | number | boolean | readonly (string | null)[] | null | undefined;

/** What a tag prints: decimals without exponent, true and false, lists with commas. */
export function showValue(value: Shown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return showNumber(value);
  return value === null || value === undefined ? "" : String(value);
}

/** The shortest decimal that reads back as the same number; never with an exponent. */
export function showNumber(value: number): string {
  const text = String(value);
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (match === null) return text;
  const [, sign = "", first = "", rest = "", exponent = "0"] = match;
  const point = Number(exponent) + 1;
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${first}${rest}`;
  // JavaScript writes exponents from 1e21 on, and no double has that many significant digits.
  return `${sign}${(first + rest).padEnd(point, "0")}`;
}

/** ISO 8601 in `zone` with offset, `Z` where that is zero; milliseconds only if there are some. */
export function showInstant(at: Instant, zone: string): string {
  // Offsets before standard time had seconds, which ISO 8601 cannot write.
  const minutes = Math.round((wallClock(at, zone) - at) / MINUTE_MS);
  const local = new Date(at + minutes * MINUTE_MS).toISOString();
  const wall = local.slice(0, -1).replace(/\.000$/, "");
  return `${wall}${showOffset(minutes)}`;
}

function showOffset(minutes: number): string {
  if (minutes === 0) return "Z";
  const size = Math.abs(minutes);
  const hours = String(Math.floor(size / 60)).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${hours}:${String(size % 60).padStart(2, "0")}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The instant at which UTC clocks show what clocks in `zone` show at `at`. */
function wallClock(at: Instant, zone: string): Instant {
  const parts: Record<string, string> = {};
  for (const { type, value } of formatFor(zone).formatToParts(at)) parts[type] = value;
  const number = (name: string) => Number(parts[name]);
  // Years before 1 are counted backwards in the era BC, which has no year 0.
  const year = parts["era"] === "BC" ? 1 - number("year") : number("year");
  const wall = new Date(0);
  wall.setUTCFullYear(year, number("month") - 1, number("day"));
  return wall.setUTCHours(number("hour"), number("minute"), number("second"), modulo(at, 1000));
}

function formatFor(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    era: "short",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formats.set(zone, format);
  return format;
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
