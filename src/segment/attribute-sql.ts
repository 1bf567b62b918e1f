import type { AttributeType } from "../model/attribute.ts";
import type { AttributeTest, ListTest, PresenceTest, StringTest } from "../model/condition.ts";
import { join, raw, type Sql, sql } from "../model/sql.ts";
import { dateSql, type MomentContext, timestampSql } from "./moment-sql.ts";
import { numberSql } from "./number-sql.ts";

/** White space of every script, as JavaScript's `trim` sees it. */
const NOT_BLANK = raw("'[^\\s\\p{Z}\\x0B\\x{FEFF}]'");
const TEXT_SQL = {
  eq: (value: Sql, operand: Sql) => sql`(${value} = ${operand})`,
  ne: (value: Sql, operand: Sql) => sql`(${value} <> ${operand})`,
  contains: (value: Sql, operand: Sql) => sql`contains(${value}, ${operand})`,
  starts_with: (value: Sql, operand: Sql) => sql`starts_with(${value}, ${operand})`,
  ends_with: (value: Sql, operand: Sql) => sql`suffix(${value}, ${operand})`,
} as const;

/** One operator over a column of that type; NULL where the column is, presence tests aside. */
export function attributeSql(
  value: Sql,
  type: AttributeType,
  context: MomentContext & { readonly test: AttributeTest },
): Sql {
  const { test } = context;
  switch (test.on) {
    case "presence":
      return presenceSql(value, type, test.test);
    case "string":
      return stringSql(value, test.test);
    case "number":
      return numberSql(value, type, test.test);
    case "boolean":
      return sql`(${value} = ${test.test.value}::BOOLEAN)`;
    case "moment":
      return (type === "date" ? dateSql : timestampSql)(value, test.test, context);
    case "list":
      return listSql(value, test.test);
  }
}

function presenceSql(value: Sql, type: AttributeType, test: PresenceTest): Sql {
  const present = sql`${value} IS NOT NULL`;
  const held = test.op === "exists" ? present : sql`(${present} AND ${filledSql(value, type)})`;
  return test.value ? sql`(${held})` : sql`(NOT (${held}))`;
}

function filledSql(value: Sql, type: AttributeType): Sql {
  if (type === "string") return sql`regexp_matches(${value}, ${NOT_BLANK})`;
  return type === "string[]" ? sql`len(${value}) > 0` : raw("true");
}

/** Ignoring case compares what DuckDB's `lower` makes of both sides, letter by letter. */
function stringSql(value: Sql, test: StringTest): Sql {
  if (test.op === "matches") {
    return sql`regexp_matches(${value}, ${test.pattern}, ${raw(test.ignoreCase ? "'i'" : "'c'")})`;
  }
  const fold = (side: Sql) => (test.ignoreCase ? sql`lower(${side})` : side);
  const text = (operand: string) => fold(sql`${operand}::VARCHAR`);
  if (test.op === "in" || test.op === "not_in") {
    const negated = raw(test.op === "in" ? "IN" : "NOT IN");
    return sql`(${fold(value)} ${negated} (${join(test.values.map(text), ", ")}))`;
  }
  return "value" in test ? TEXT_SQL[test.op](fold(value), text(test.value)) : raw("false");
}

function listSql(value: Sql, test: ListTest): Sql {
  switch (test.op) {
    case "contains":
      return sql`list_contains(${value}, ${test.value}::VARCHAR)`;
    case "contains_any":
      return sql`list_has_any(${value}, ${listOf(test.values)})`;
    case "contains_all":
      return sql`list_has_all(${value}, ${listOf(test.values)})`;
    case "is_empty":
      return sql`((len(${value}) = 0) = ${test.value}::BOOLEAN)`;
  }
}

function listOf(values: readonly string[]): Sql {
  return sql`[${join(
    values.map((value) => sql`${value}::VARCHAR`),
    ", ",
  )}]`;
}
