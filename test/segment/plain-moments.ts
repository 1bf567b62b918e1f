import { Temporal } from "temporal-polyfill";
import type { JsonValue } from "../../src/model/json.ts";
import type { CellValue } from "../adapters/duckdb/source-files.ts";

/** A value, and what it is judged in. */
export interface MomentSetting {
  readonly now: number;
  readonly zone: string;
  readonly type: string;
  readonly text: string;
}

/** A date is its whole day, from `from` to before `to`; an instant is one millisecond of it. */
function span(text: string, zone: string): { readonly from: number; readonly to: number } {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return { from: instant(text), to: instant(text) + 1 };
  const day = Temporal.PlainDate.from(text);
  const start = (date: Temporal.PlainDate) => date.toZonedDateTime(zone).epochMilliseconds;
  return { from: start(day), to: start(day.add({ days: 1 })) };
}

/** The part of the plain evaluator that knows calendars. */
export function fitsMoment(operator: string, operand: JsonValue, of: MomentSetting): boolean {
  const { now, zone, text } = of;
  const isDate = of.type === "date";
  // Beside a date an instant stands for its day.
  const boundOf = (bound: string) =>
    span(isDate ? dateOf(span(bound, zone).from, zone) : bound, zone);
  const value = span(text, zone);
  const within = (from: number, to: number) => {
    const [first, last] = [boundOf(iso(from)), boundOf(iso(to))];
    return value.from >= first.from && value.to <= last.to;
  };
  switch (operator) {
    case "before":
      return value.from < boundOf(String(operand)).from;
    case "after":
      return value.from >= boundOf(String(operand)).to;
    case "between": {
      const [from, to] = (operand as string[]).map(boundOf);
      return value.from >= (from?.from ?? 0) && value.to <= (to?.to ?? 0);
    }
    case "on":
      return dateOf(value.from, zone) === operand;
    case "in_last":
      return within(now - durationMs(operand), now);
    case "not_in_last":
      return !within(now - durationMs(operand), now);
    case "in_next":
      return within(now, now + durationMs(operand));
    case "in_last_days": {
      const today = Temporal.PlainDate.from(dateOf(now, zone));
      const first = today.subtract({ days: Number(operand) });
      return within(first.toZonedDateTime(zone).epochMilliseconds, now);
    }
    case "anniversary":
      return isAnniversary(dateOf(value.from, zone), dateOf(now, zone));
    default:
      throw new Error(`no operator ${operator}`);
  }
}

/** Born on 29 February, one has it on the 28th where the year has no 29th. */
function isAnniversary(born: string, today: string): boolean {
  const year = Temporal.PlainDate.from(today).year;
  const monthDay = Temporal.PlainMonthDay.from(born.slice(5));
  return monthDay.toPlainDate({ year }).toString() === today;
}

function dateOf(at: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .toString();
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

export function instant(text: CellValue): number {
  return Date.parse(String(text));
}

export function durationMs(written: JsonValue): number {
  const units: Record<string, number> = { m: 6e4, h: 36e5, d: 864e5, w: 6048e5 };
  const text = String(written);
  return Number(text.slice(0, -1)) * (units[text.slice(-1)] ?? Number.NaN);
}
