import { DefectError } from "../diag/errors.ts";
import type { Attributes } from "../model/attribute.ts";
import { chanceSql } from "../model/chance.ts";
import type {
  AttributeCondition,
  Condition,
  EventCondition,
  NumberTest,
  SampleCondition,
} from "../model/condition.ts";
import type { Instant } from "../model/instant.ts";
import { identifier, join, raw, type Sql, sql } from "../model/sql.ts";
import { attributeSql } from "./attribute-sql.ts";
import { instantSql } from "./moment-sql.ts";
import { numberSql } from "./number-sql.ts";

/** What a condition's SQL stands in. */
export interface SqlContext {
  readonly now: Instant;
  /** The workspace's IANA zone. */
  readonly timezone: string;
  /** Of the judged row, users or events: `u` gives `u."ltv"`. */
  readonly alias: string;
  /** The users' id column; conditions over event rows need none of what it is for. */
  readonly userId: string;
  /** The users' column whose text a person's chance goes by; `userId` by default. */
  readonly personId?: string;
  readonly events: EventColumns | undefined;
  readonly segments: ReadonlyMap<string, { readonly where: Condition }>;
}

/** The columns of the relation `events` with a meaning of their own. */
export interface EventColumns {
  readonly user: string;
  readonly name: string;
  readonly at: string;
  readonly properties: Attributes;
}

/**
 * A condition as a BOOLEAN expression of DuckDB's dialect that is never NULL, over the row that
 * `context.alias` names. Counts of events read the relation `events`. Values are always bound.
 */
export function conditionSql(condition: Condition, context: SqlContext): Sql {
  switch (condition.kind) {
    case "all":
    case "any": {
      const parts = condition.of.map((member) => conditionSql(member, context));
      return sql`(${join(parts, condition.kind === "all" ? " AND " : " OR ")})`;
    }
    case "not":
      return sql`(NOT ${conditionSql(condition.of, context)})`;
    case "attribute":
      return attributeTest(condition, context);
    case "event":
      return eventSql(condition, context);
    case "sample":
      return sampleSql(condition, column(context.personId ?? context.userId, context));
    case "segment":
      return segmentSql(condition.segment, context);
  }
}

function sampleSql({ seed, share }: SampleCondition, userId: Sql): Sql {
  return sql`(${chanceSql("sample", seed, userId)} < ${share}::DOUBLE)`;
}

function attributeTest(condition: AttributeCondition, context: SqlContext): Sql {
  const { test } = condition;
  const held = attributeSql(column(condition.name, context), condition.type, { test, ...context });
  return sql`coalesce(${held}, false)`;
}

function segmentSql(id: string, context: SqlContext): Sql {
  if (id === "everyone") return raw("true");
  const segment = context.segments.get(id);
  if (segment === undefined) throw new DefectError(`Segment ${id} was checked but is not there`);
  return conditionSql(segment.where, context);
}

/** Events are counted once for all people; zero is what people have who are in no group. */
function eventSql(condition: EventCondition, context: SqlContext): Sql {
  const filters = eventFilters(condition, context);
  const user = column(context.events?.user ?? "", { alias: "e" });
  const counted = (test: Sql) => sql`(SELECT ${user} FROM events AS e
    WHERE ${join(filters, " AND ")} GROUP BY ${user} HAVING ${test})`;
  const holds = (count: Sql) =>
    sql`(${join(
      condition.count.map((test) => numberSql(count, "integer", test)),
      " AND ",
    )})`;
  const id = column(context.userId, context);
  const fits = holds(raw("count(*)"));
  if (!condition.count.every(fitsZero)) return sql`(${id} IN ${counted(fits)})`;
  return sql`(${id} NOT IN ${counted(sql`NOT ${fits}`)})`;
}

/** What holds for every event `e` that a condition counts. */
export function eventFilters(condition: EventCondition, context: SqlContext): readonly Sql[] {
  const { events, now } = context;
  if (events === undefined) throw new DefectError("A condition on events without events");
  const [user, name, at] = [events.user, events.name, events.at].map((key) =>
    column(key, { alias: "e" }),
  );
  if (!user || !name || !at) throw new DefectError("Event columns missing");
  const filters = [sql`${name} = ${condition.event}`, sql`${at} <= ${instantSql(now)}`];
  filters.push(sql`${user} IS NOT NULL`);
  if (condition.periodMs !== undefined) {
    filters.push(sql`${at} >= ${instantSql(now - condition.periodMs)}`);
  }
  if (condition.where) filters.push(conditionSql(condition.where, { ...context, alias: "e" }));
  return filters;
}

function fitsZero(test: NumberTest): boolean {
  switch (test.op) {
    case "in":
      return test.values.includes(0);
    case "not_in":
      return !test.values.includes(0);
    case "between":
      return test.from <= 0 && test.to >= 0;
    case "eq":
    case "gte":
    case "lte":
      return test.op === "eq"
        ? test.value === 0
        : test.op === "gte"
          ? 0 >= test.value
          : 0 <= test.value;
    default:
      return test.op === "ne"
        ? test.value !== 0
        : test.op === "gt"
          ? 0 > test.value
          : 0 < test.value;
  }
}

function column(name: string, context: { readonly alias: string }): Sql {
  return sql`${raw(context.alias)}.${identifier(name)}`;
}
