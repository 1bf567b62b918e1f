import type { MomentBound, MomentTest } from "../model/condition.ts";
import { DAY_MS, isCalendarDate, parseDuration, parseInstant } from "../model/instant.ts";
import { dayStart } from "../model/zone-time.ts";
import { pairOperand, reversed } from "./check-number-test.ts";
import { wrongType } from "./operand.ts";
import { quote, type Spot } from "./spot.ts";

/** A century; beyond that, instants leave the years that every format can hold. */
const MAX_DAYS = 36_525;

/** One operator over timestamps or dates; `timezone` is the workspace's. */
export function checkMomentTest(
  operator: string,
  operand: Spot,
  timezone: string,
): MomentTest | undefined {
  switch (operator) {
    case "between":
      return checkBetween(operand, timezone);
    case "before":
    case "after": {
      const bound = boundOperand(operand);
      return bound && { op: operator, bound };
    }
    case "on": {
      const date = dateOperand(operand);
      return date === undefined ? undefined : { op: "on", date };
    }
    case "in_last_days":
      return checkDays(operand);
    case "anniversary":
      return operand.written === "today"
        ? { op: "anniversary" }
        : wrongType(operand, "the word today");
    default: {
      const periodMs = durationOperand(operand);
      return periodMs === undefined ? undefined : { op: operator as "in_last", periodMs };
    }
  }
}

/** A duration above zero, in milliseconds. */
export function durationOperand(spot: Spot): number | undefined {
  const { written } = spot;
  const periodMs = typeof written === "string" ? parseDuration(written) : undefined;
  if (periodMs !== undefined && periodMs > 0 && periodMs <= MAX_DAYS * DAY_MS) return periodMs;
  return spot.refuse({
    code: "DURATION_INVALID",
    summary: "Not a duration",
    detail:
      `${quote(written)} is not a duration. Write a whole number above 0 and a unit: ` +
      "15m, 12h, 30d or 2w; a century at most.",
  });
}

function checkDays(operand: Spot): MomentTest | undefined {
  const days = operand.written;
  const fits = typeof days === "number" && Number.isInteger(days) && days >= 0;
  return fits && days <= MAX_DAYS
    ? { op: "in_last_days", days }
    : wrongType(operand, `a whole number of days from 0 to ${MAX_DAYS}`);
}

function checkBetween(operand: Spot, timezone: string): MomentTest | undefined {
  const ends = pairOperand(operand, boundOperand);
  if (ends === undefined) return undefined;
  const [from, to] = ends;
  const endsAt = to.kind === "day" ? dayStart(to.date, timezone, 1) - 1 : to.at;
  const startsAt = from.kind === "day" ? dayStart(from.date, timezone) : from.at;
  return startsAt > endsAt ? reversed(operand) : { op: "between", from, to };
}

function boundOperand(spot: Spot): MomentBound | undefined {
  const { written } = spot;
  if (typeof written === "string") {
    if (isCalendarDate(written)) return { kind: "day", date: written };
    const at = parseInstant(written);
    if (at !== undefined) return { kind: "instant", at };
  }
  return noDate(spot, "a day such as 2026-12-01 or an instant such as 2026-12-01T10:00:00Z");
}

function dateOperand(spot: Spot): string | undefined {
  const { written } = spot;
  return typeof written === "string" && isCalendarDate(written)
    ? written
    : noDate(spot, "a day such as 2026-12-01");
}

function noDate(spot: Spot, wanted: string): undefined {
  const { written } = spot;
  const dayLike = typeof written === "string" && /^\d{4}-\d{2}-\d{2}/.test(written);
  const reason = dayLike ? "names no day or time that exists" : "is no date";
  return spot.refuse({
    code: "DATE_INVALID",
    summary: "Not a date",
    detail: `${quote(written)} ${reason}. Write ${wanted}.`,
  });
}
