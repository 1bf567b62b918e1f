import { raw, type Sql, sql } from "../model/sql.ts";
import type { JoinRule } from "../model/workspace.ts";

/** What an identifier has to equal, NULL where it lacks the rule's prefix; see join-key.ts. */
export function joinValueSql(rule: JoinRule, told: Sql): Sql {
  const { prefix } = rule;
  if (prefix === "") return joinKeySql(rule, told);
  const rest = sql`substr(${told}, ${raw(String([...prefix].length + 1))})`;
  return sql`CASE WHEN starts_with(${told}, ${prefix}) THEN ${joinKeySql(rule, rest)} END`;
}

/** An attribute or identifier in the form in which the two are compared. */
export function joinKeySql({ identifier }: JoinRule, value: Sql): Sql {
  if (identifier === "email") return sql`lower(trim(${value}))`;
  if (identifier !== "phone") return value;
  return sql`regexp_replace(regexp_replace(${value}, '[^0-9]', '', 'g'), '^00', '')`;
}
