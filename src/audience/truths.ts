import type { Condition } from "../model/condition.ts";
import { join, raw, type Sql, sql } from "../model/sql.ts";
import type { Cell, SqlEngine } from "../ports/sql-engine.ts";
import { groupHolds, type Probe, type Sight } from "../segment/probe.ts";
import { cellSql } from "./candidates-sql.ts";

/** A condition with all that is in it, as one person stands to it. */
export interface Truth {
  readonly condition: Condition;
  /** Null within the `where:` of an event, which is true of some events and not of others. */
  readonly holds: boolean | null;
  readonly seen: Seen | null;
  readonly of: readonly Truth[];
}

/** What a condition looked at; instants in milliseconds, days as text. */
export type Seen =
  | { readonly kind: "cell"; readonly value: Cell }
  | { readonly kind: "chance"; readonly chance: number }
  | { readonly kind: "events"; readonly matching: number; readonly all: number };

/** How many conditions one statement asks for. */
const PER_STATEMENT = 100;

/** Asks every condition of a probe of one row; `from` is a FROM clause that gives that row. */
export async function readTruths(engine: SqlEngine, probe: Probe, from: Sql): Promise<Truth> {
  const columns = columnsOf(probe, "p");
  const answers = new Map<string, Cell>();
  for (let start = 0; start < columns.length; start += PER_STATEMENT) {
    const some = columns.slice(start, start + PER_STATEMENT);
    const list = some.map(({ value }, index) => sql`${value} AS ${raw(`c${index}`)}`);
    const [row] = await engine.rows(sql`SELECT ${join(list, ", ")} FROM ${from}`);
    for (const [index, { key }] of some.entries()) answers.set(key, row?.[`c${index}`] ?? null);
  }
  return truthOf(probe, "p", answers);
}

interface Asked {
  readonly key: string;
  readonly value: Sql;
}

/** Keys tell where a condition stands: `p.0.2` is the third member of the first one. */
function columnsOf({ holds, sight, of }: Probe, key: string): Asked[] {
  return [
    ...(holds === null ? [] : [{ key: `${key} holds`, value: holds }]),
    ...sightColumns(sight).map(({ key: part, value }) => ({ key: `${key} ${part}`, value })),
    ...of.flatMap((member, index) => columnsOf(member, `${key}.${index}`)),
  ];
}

function sightColumns(sight: Sight | null): Asked[] {
  switch (sight?.kind) {
    case undefined:
      return [];
    case "cell":
      return [{ key: "cell", value: cellSql(sight.cell, sight.type) }];
    case "chance":
      return [{ key: "chance", value: sight.chance }];
    case "events":
      return [
        { key: "matching", value: sight.matching },
        { key: "all", value: sight.all },
      ];
  }
}

function truthOf(probe: Probe, key: string, answers: ReadonlyMap<string, Cell>): Truth {
  const { condition, sight } = probe;
  const of = probe.of.map((member, index) => truthOf(member, `${key}.${index}`, answers));
  const seen = seenOf(sight, (part) => answers.get(`${key} ${part}`) ?? null);
  const own = probe.holds === null ? null : answers.get(`${key} holds`) === true;
  const isGroup = condition.kind === "all" || condition.kind === "any" || condition.kind === "not";
  if (!isGroup || seen !== null) return { condition, holds: own, seen, of };
  const members = of.map(({ holds }) => holds === true);
  return { condition, holds: groupHolds(condition.kind, members), seen, of };
}

function seenOf(sight: Sight | null, answer: (part: string) => Cell): Seen | null {
  switch (sight?.kind) {
    case undefined:
      return null;
    case "cell":
      return { kind: "cell", value: answer("cell") };
    case "chance":
      return { kind: "chance", chance: Number(answer("chance")) };
    case "events":
      return {
        kind: "events",
        matching: Number(answer("matching")),
        all: Number(answer("all")),
      };
  }
}
