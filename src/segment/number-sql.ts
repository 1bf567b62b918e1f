import type { AttributeType } from "../model/attribute.ts";
import type { NumberTest } from "../model/condition.ts";
import { join, raw, type Sql, sql } from "../model/sql.ts";

const SIGN = { eq: "=", ne: "<>", lt: "<", lte: "<=", gt: ">", gte: ">=" } as const;

/** A number test over a DOUBLE or BIGINT expression; NULL where that is. */
export function numberSql(value: Sql, type: AttributeType, test: NumberTest): Sql {
  const bound = (number: number) =>
    // Whole numbers stay exact beside BIGINT; DOUBLE would round those above 2^53.
    type === "integer" && Number.isSafeInteger(number)
      ? sql`${BigInt(number)}::BIGINT`
      : sql`${number}::DOUBLE`;
  switch (test.op) {
    case "in":
    case "not_in": {
      const list = join(test.values.map(bound), ", ");
      return sql`(${value} ${raw(test.op === "in" ? "IN" : "NOT IN")} (${list}))`;
    }
    case "between":
      return sql`(${value} BETWEEN ${bound(test.from)} AND ${bound(test.to)})`;
    default:
      return sql`(${value} ${raw(SIGN[test.op])} ${bound(test.value)})`;
  }
}
