import type { AttributeType } from "../model/attribute.ts";
import { chanceSql } from "../model/chance.ts";
import type { Condition, EventCondition } from "../model/condition.ts";
import { identifier, join, raw, type Sql, sql } from "../model/sql.ts";
import { conditionSql, eventFilters, type SqlContext } from "./condition-sql.ts";

/** A condition with all that is in it, and what to ask of one person to see why it holds. */
export interface Probe {
  readonly condition: Condition;
  /** Over the judged row, as in `conditionSql`; null where the members decide, or single events. */
  readonly holds: Sql | null;
  readonly sight: Sight | null;
  readonly of: readonly Probe[];
}

/** What a condition looks at. */
export type Sight =
  /** A column of the row. */
  | { readonly kind: "cell"; readonly cell: Sql; readonly type: AttributeType }
  | { readonly kind: "chance"; readonly chance: Sql }
  /** How many events it holds for, of how many with the name and in the period. */
  | { readonly kind: "events"; readonly matching: Sql; readonly all: Sql };

/** Follows `segment:` references. The same SQL as the audience's, condition by condition. */
export function probeOf(condition: Condition, context: SqlContext): Probe {
  switch (condition.kind) {
    case "all":
    case "any":
      return groupOf(
        condition,
        condition.of.map((one) => probeOf(one, context)),
      );
    case "not":
      return groupOf(condition, [probeOf(condition.of, context)]);
    case "segment": {
      const segment = context.segments.get(condition.segment);
      const of = segment === undefined ? [] : [probeOf(segment.where, context)];
      return { condition, holds: conditionSql(condition, context), sight: null, of };
    }
    case "attribute": {
      const cell = columnOf(condition.name, context);
      const sight = { kind: "cell", cell, type: condition.type } as const;
      return { condition, holds: conditionSql(condition, context), sight, of: [] };
    }
    case "sample": {
      const id = columnOf(context.personId ?? context.userId, context);
      const sight = { kind: "chance", chance: chanceSql("sample", condition.seed, id) } as const;
      return { condition, holds: conditionSql(condition, context), sight, of: [] };
    }
    case "event":
      return eventProbe(condition, context);
  }
}

function groupOf(condition: Condition, of: readonly Probe[]): Probe {
  return { condition, holds: null, sight: null, of };
}

/** Below an event condition stands how many of its events each part of its `where:` holds for. */
function eventProbe(condition: EventCondition, context: SqlContext): Probe {
  const user = identifier(context.events?.user ?? "");
  const counted = (where: Condition | undefined) => {
    const filters = eventFilters({ ...condition, where }, context);
    const isOwn = sql`e.${user} = ${columnOf(context.userId, context)}`;
    return sql`(SELECT count(*) FROM events AS e WHERE ${join([...filters, isOwn], " AND ")})`;
  };
  const all = counted(undefined);
  const sightOf = (where: Condition | undefined): Sight => ({
    kind: "events",
    matching: counted(where),
    all,
  });
  const partOf = (where: Condition): Probe => {
    const members = "of" in where ? [where.of].flat() : [];
    return { condition: where, holds: null, sight: sightOf(where), of: members.map(partOf) };
  };
  return {
    condition,
    holds: conditionSql(condition, context),
    sight: sightOf(condition.where),
    of: condition.where === undefined ? [] : [partOf(condition.where)],
  };
}

function columnOf(name: string, { alias }: SqlContext): Sql {
  return sql`${raw(alias)}.${identifier(name)}`;
}

/** Whether a group holds by what is known of its members, as its SQL does. */
export function groupHolds(kind: "all" | "any" | "not", members: readonly boolean[]): boolean {
  if (kind === "not") return members[0] === false;
  return kind === "all" ? members.every(Boolean) : members.some(Boolean);
}
