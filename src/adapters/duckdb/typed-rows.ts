import { identifier, join, raw, type Sql, sql } from "../../model/sql.ts";
import type { TypedColumn } from "./typed-column.ts";

/**
 * Rows of a source with each column typed, each beside a column that says whether the file has a
 * value. A step of its own, so that every value is converted once. "posthorn:doubt" marks rows with
 * a value that may have been of another type.
 */
export function typedRowsSql(columns: readonly TypedColumn[], from: Sql): Sql {
  return sql`(SELECT ${join(columns.map(columnSql), ", ")},
    ${anyOf(columns.flatMap(({ isDoubtful }) => isDoubtful ?? []))} AS "posthorn:doubt"
    FROM ${from})`;
}

/** The same with the number of each row, from 1, as "posthorn:row"; over one file. */
export function numberedRowsSql(columns: readonly TypedColumn[], from: Sql): Sql {
  return sql`(SELECT ${join(columns.map(columnSql), ", ")}, row_number() OVER () AS "posthorn:row"
    FROM ${from})`;
}

/** Over a typed row: whether the column at `index` contradicts its type; null where none can. */
export function isWrongSql({ name, isThere }: TypedColumn, index: number): Sql | null {
  return isThere === null ? null : sql`(${identifier(name)} IS NULL AND ${thereColumn(index)})`;
}

/** Over a typed row: whether any value contradicts its declared type. */
export function anyWrongSql(columns: readonly TypedColumn[]): Sql {
  return anyOf(columns.flatMap((column, index) => isWrongSql(column, index) ?? []));
}

/** As a CASE, which looks at the next condition only where those before do not hold. */
function anyOf(conditions: readonly Sql[]): Sql {
  if (conditions.length === 0) return raw("false");
  return sql`CASE WHEN ${join(conditions, " OR ")} THEN true ELSE false END`;
}

function columnSql({ name, value, isThere }: TypedColumn, index: number): Sql {
  const there = isThere === null ? raw("") : sql`, ${isThere} AS ${thereColumn(index)}`;
  return sql`${value} AS ${identifier(name)}${there}`;
}

function thereColumn(index: number): Sql {
  return raw(`"posthorn:there_${index}"`);
}
