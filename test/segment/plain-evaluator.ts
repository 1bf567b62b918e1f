import { createHash } from "node:crypto";
import { Temporal } from "temporal-polyfill";
import type { JsonValue } from "../../src/model/json.ts";
import type { CellValue, Row } from "../adapters/duckdb/source-files.ts";

/*
 * Conditions judged person by person, from their written form and straight from SPEC section 3: the
 * measure for what SQL makes of them. It shares no code with src.
 */

type Written = Readonly<Record<string, JsonValue>>;

/** What a condition is judged in. */
export interface Setting {
  readonly now: number;
  readonly zone: string;
  /** The type of each attribute and property. */
  readonly types: Readonly<Record<string, string>>;
  readonly segments: Readonly<Record<string, JsonValue>>;
  readonly seed: string;
  readonly events: readonly Row[];
}

const BESIDE_EVENT = ["count", "in_last", "where"];

/** Whether a person, or an event of theirs, fulfils a written condition. */
export function fits(where: JsonValue, row: Row, setting: Setting): boolean {
  if (Array.isArray(where)) return where.every((part) => fits(part, row, setting));
  const block = where as Written;
  const keys = Object.keys(block).filter(
    (key) =>
      !("event" in block && BESIDE_EVENT.includes(key)) && !("sample" in block && key === "seed"),
  );
  return keys.every((key) => fitsKey(key, block, { row, setting }));
}

function fitsKey(
  key: string,
  block: Written,
  { row, setting }: { readonly row: Row; readonly setting: Setting },
): boolean {
  const written = block[key] as JsonValue;
  switch (key) {
    case "all":
      return fits(written, row, setting);
    case "any":
      return (written as JsonValue[]).some((part) => fits(part, row, setting));
    case "not":
      return !fits(written, row, setting);
    case "segment": {
      const segment = String(written);
      return segment === "everyone" || fits(setting.segments[segment] ?? [], row, setting);
    }
    case "sample":
      return isDrawn(written, String(block["seed"] ?? setting.seed), row);
    case "event":
      return fitsEvents(block, row, setting);
    default:
      return fitsAttribute(written, row[key], { setting, type: setting.types[key] ?? "" });
  }
}

function isDrawn(share: JsonValue, seed: string, row: Row): boolean {
  const digest = createHash("sha256").update(`sample\0${seed}\0${row["user_id"]}`).digest("hex");
  return (
    Number.parseInt(digest.slice(0, 13), 16) / 2 ** 52 < Number.parseFloat(String(share)) / 100
  );
}

function fitsEvents(block: Written, row: Row, setting: Setting): boolean {
  const { now, events } = setting;
  const since = block["in_last"] === undefined ? -Infinity : now - durationMs(block["in_last"]);
  const found = events.filter(
    (event) =>
      event["user_id"] === row["user_id"] &&
      event["event"] === block["event"] &&
      instant(event["at"]) <= now &&
      instant(event["at"]) >= since &&
      (block["where"] === undefined || fits(block["where"], event, setting)),
  );
  const count = (block["count"] ?? { gte: 1 }) as Written;
  return Object.entries(count).every(([operator, operand]) =>
    fitsNumber(operator, operand, found.length),
  );
}

interface AttributeSetting {
  readonly setting: Setting;
  readonly type: string;
}

function fitsAttribute(written: JsonValue, value: CellValue, of: AttributeSetting): boolean {
  const isBlock = typeof written === "object" && written !== null;
  const { ignore_case: fold, ...tests } = (isBlock ? written : { eq: written }) as Written;
  return Object.entries(tests).every(([operator, operand]) => {
    if (operator === "exists") return isThere(value) === operand;
    if (operator === "has_value") return hasValue(value) === operand;
    if (!isThere(value)) return false;
    switch (of.type) {
      case "string":
        return fitsText(operator, operand, { text: String(value), fold: fold === true });
      case "number":
      case "integer":
        return fitsNumber(operator, operand, Number(value));
      case "boolean":
        return value === operand;
      case "string[]":
        return fitsList(operator, operand, value as readonly string[]);
      default:
        return fitsMoment(operator, operand, { ...of, text: String(value) });
    }
  });
}

function isThere(value: CellValue): boolean {
  return value !== null && value !== undefined;
}

function hasValue(value: CellValue): boolean {
  if (!isThere(value)) return false;
  if (Array.isArray(value)) return value.length > 0;
  return typeof value !== "string" || value.trim() !== "";
}

/** Letter by letter: no letter becomes two, and none depends on its neighbours. */
function lower(text: string): string {
  return [...text].map((letter) => (letter === "İ" ? "i" : letter.toLowerCase())).join("");
}

function fitsText(
  operator: string,
  operand: JsonValue,
  { text, fold }: { readonly text: string; readonly fold: boolean },
): boolean {
  if (operator === "matches") return new RegExp(String(operand), fold ? "iu" : "u").test(text);
  const folded = (side: string) => (fold ? lower(side) : side);
  const own = folded(text);
  if (operator === "in") return (operand as string[]).map(folded).includes(own);
  if (operator === "not_in") return !(operand as string[]).map(folded).includes(own);
  const other = folded(String(operand));
  const tests: Record<string, boolean> = {
    eq: own === other,
    ne: own !== other,
    contains: own.includes(other),
    starts_with: own.startsWith(other),
    ends_with: own.endsWith(other),
  };
  return tests[operator] ?? unknown(operator);
}

function fitsNumber(operator: string, operand: JsonValue, value: number): boolean {
  const [from = 0, to = 0] = Array.isArray(operand) ? operand.map(Number) : [Number(operand)];
  const tests: Record<string, () => boolean> = {
    eq: () => value === from,
    ne: () => value !== from,
    lt: () => value < from,
    lte: () => value <= from,
    gt: () => value > from,
    gte: () => value >= from,
    between: () => from <= value && value <= to,
    in: () => (operand as number[]).includes(value),
    not_in: () => !(operand as number[]).includes(value),
  };
  return tests[operator]?.() ?? unknown(operator);
}

function fitsList(operator: string, operand: JsonValue, list: readonly string[]): boolean {
  const wanted = (Array.isArray(operand) ? operand : [operand]) as string[];
  if (operator === "is_empty") return (list.length === 0) === operand;
  if (operator === "contains" || operator === "contains_any") {
    return wanted.some((one) => list.includes(one));
  }
  return operator === "contains_all"
    ? wanted.every((one) => list.includes(one))
    : unknown(operator);
}

interface MomentSetting extends AttributeSetting {
  readonly text: string;
}

/** A date is its whole day, from `from` to before `to`; an instant is one millisecond of it. */
function span(text: string, zone: string): { readonly from: number; readonly to: number } {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return { from: instant(text), to: instant(text) + 1 };
  const day = Temporal.PlainDate.from(text);
  const start = (date: Temporal.PlainDate) => date.toZonedDateTime(zone).epochMilliseconds;
  return { from: start(day), to: start(day.add({ days: 1 })) };
}

function fitsMoment(operator: string, operand: JsonValue, of: MomentSetting): boolean {
  const { setting, text } = of;
  const { now, zone } = setting;
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
      return unknown(operator);
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

function instant(text: CellValue): number {
  return Date.parse(String(text));
}

function durationMs(written: JsonValue): number {
  const units: Record<string, number> = { m: 6e4, h: 36e5, d: 864e5, w: 6048e5 };
  const text = String(written);
  return Number(text.slice(0, -1)) * (units[text.slice(-1)] ?? Number.NaN);
}

function unknown(operator: string): never {
  throw new Error(`no operator ${operator}`);
}
