import { identifier, join, raw, type Sql, sql } from "../../model/sql.ts";
import type { TypedColumn } from "./typed-column.ts";

/**
 * Rows of a source with each column typed, each beside a column that says whether the file has a
 * value. A step of its own, so that every value is converted once.
 */
export function typedRowsSql(columns: readonly TypedColumn[], from: Sql): Sql {
  return sql`(SELECT ${join(columns.map(columnSql), ", ")} FROM ${from})`;
}

/** The same with the number of each row, from 1, as "posthorn:row"; over one file. */
export function numberedRowsSql(columns: readonly TypedColumn[], from: Sql): Sql {
  return sql`(SELECT ${join(columns.map(columnSql), ", ")}, row_number() OVER () AS "posthorn:row"
    FROM ${from})`;
}

/** Over a typed row: whether the column at `index` contradicts its declared type. */
export function isWrongSql({ name }: TypedColumn, index: number): Sql {
  return sql`(${thereColumn(index)} AND ${identifier(name)} IS NULL)`;
}

/** Over a typed row: whether any value contradicts its declared type. */
export function anyWrongSql(columns: readonly TypedColumn[]): Sql {
  return sql`(${join(columns.map(isWrongSql), " OR ")})`;
}

function columnSql({ name, value, isThere }: TypedColumn, index: number): Sql {
  return sql`${value} AS ${identifier(name)}, ${isThere} AS ${thereColumn(index)}`;
}

function thereColumn(index: number): Sql {
  return raw(`"posthorn:there_${index}"`);
}
