import type { MomentBound, MomentTest } from "../model/condition.ts";
import type { Instant } from "../model/instant.ts";
import { raw, type Sql, sql } from "../model/sql.ts";
import { dayStart, instantToDate } from "../model/zone-time.ts";

/** When and where a moment is judged. */
export interface MomentContext {
  readonly now: Instant;
  /** The workspace's IANA zone. */
  readonly timezone: string;
}

/** An instant as a TIMESTAMP in UTC. */
export function instantSql(at: Instant): Sql {
  return sql`epoch_ms(${BigInt(at)}::BIGINT)`;
}

/** A moment test over a TIMESTAMP in UTC; NULL where that is. */
export function timestampSql(value: Sql, test: MomentTest, context: MomentContext): Sql {
  const { now, timezone } = context;
  const start = (bound: MomentBound) =>
    instantSql(bound.kind === "day" ? dayStart(bound.date, timezone) : bound.at);
  const notAfter = (bound: MomentBound) =>
    bound.kind === "day"
      ? sql`${value} < ${instantSql(dayStart(bound.date, timezone, 1))}`
      : sql`${value} <= ${instantSql(bound.at)}`;
  const within = (from: Instant, to: Instant) =>
    sql`(${value} BETWEEN ${instantSql(from)} AND ${instantSql(to)})`;
  switch (test.op) {
    case "before":
      return sql`(${value} < ${start(test.bound)})`;
    case "after":
      return sql`(NOT ${notAfter(test.bound)})`;
    case "between":
      return sql`(${value} >= ${start(test.from)} AND ${notAfter(test.to)})`;
    case "on":
      return sql`(${value} >= ${instantSql(dayStart(test.date, timezone))}
        AND ${notAfter({ kind: "day", date: test.date })})`;
    case "in_last":
      return within(now - test.periodMs, now);
    case "not_in_last":
      return sql`(NOT ${within(now - test.periodMs, now)})`;
    case "in_next":
      return within(now, now + test.periodMs);
    case "in_last_days":
      return within(dayStart(instantToDate(now, timezone), timezone, -test.days), now);
    case "anniversary":
      return anniversarySql(sql`timezone(${timezone}, ${value} AT TIME ZONE 'UTC')`, context);
  }
}

/**
 * A moment test over a DATE: compared by days of the workspace's calendar, so that an instant
 * stands for its local day and `in_last: 30d` reaches from the day of now − 30 d to today.
 */
export function dateSql(value: Sql, test: MomentTest, context: MomentContext): Sql {
  const { now, timezone } = context;
  const dayOf = (at: Instant) => sql`${instantToDate(at, timezone)}::DATE`;
  const day = (bound: MomentBound) =>
    bound.kind === "day" ? sql`${bound.date}::DATE` : dayOf(bound.at);
  const within = (from: Instant, to: Instant) =>
    sql`(${value} BETWEEN ${dayOf(from)} AND ${dayOf(to)})`;
  switch (test.op) {
    case "before":
      return sql`(${value} < ${day(test.bound)})`;
    case "after":
      return sql`(${value} > ${day(test.bound)})`;
    case "between":
      return sql`(${value} BETWEEN ${day(test.from)} AND ${day(test.to)})`;
    case "on":
      return sql`(${value} = ${test.date}::DATE)`;
    case "in_last":
      return within(now - test.periodMs, now);
    case "not_in_last":
      return sql`(NOT ${within(now - test.periodMs, now)})`;
    case "in_next":
      return within(now, now + test.periodMs);
    case "in_last_days":
      return within(dayStart(instantToDate(now, timezone), timezone, -test.days), now);
    case "anniversary":
      return anniversarySql(value, context);
  }
}

function anniversarySql(local: Sql, { now, timezone }: MomentContext): Sql {
  const today = instantToDate(now, timezone);
  const monthDay = today.slice(5);
  const year = Number(today.slice(0, 4));
  const common = year % 4 !== 0 || (year % 100 === 0 && year % 400 !== 0);
  const days = monthDay === "02-28" && common ? [monthDay, "02-29"] : [monthDay, monthDay];
  return sql`(strftime(${local}, ${raw("'%m-%d'")}) IN (${days[0] ?? ""}, ${days[1] ?? ""}))`;
}
