import type { AttributeType } from "../../model/attribute.ts";
import { raw, type Sql, sql } from "../../model/sql.ts";
import {
  booleanFrom,
  dateFrom,
  instantFrom,
  integerFrom,
  isSpoiltId,
  isWhole,
  listFrom,
  numberFrom,
  numberFromJson,
} from "./text-values.ts";

/** A column as a file gives it, and as the relations show it. */
export interface TypedColumn {
  readonly name: string;
  /** NULL where the value is missing or contradicts its type. */
  readonly value: Sql;
  /**
   * Whether the file has a value; without `value` it then contradicts its declared type.
   * Null where the file's own type leaves nothing to contradict.
   */
  readonly isThere: Sql | null;
  /** Whether the value may have been of another type; null where that is known. */
  readonly isDoubtful: Sql | null;
}

/** What a column is declared as; ids take whole numbers too and keep all their digits. */
export type ColumnType = AttributeType | "id";

/** The types of the columns that the relations show. */
const SQL_TYPES: Readonly<Record<ColumnType, string>> = {
  id: "VARCHAR",
  string: "VARCHAR",
  number: "DOUBLE",
  integer: "BIGINT",
  boolean: "BOOLEAN",
  timestamp: "TIMESTAMP",
  date: "DATE",
  "string[]": "VARCHAR[]",
};

/** A column that a file may lack, and does. */
export function absentColumn(name: string, type: ColumnType): TypedColumn {
  return { name, value: raw(`NULL::${SQL_TYPES[type]}`), isThere: null, isDoubtful: null };
}

/** How the engine reads a key of JSON records: `text` is quicker and forgets the value's type. */
export type JsonReading = "text" | "json";

/** The types whose values can be told from their text, but for a few that look like another. */
export function readsAsText(type: ColumnType): boolean {
  return type === "string" || type === "id" || type === "timestamp" || type === "date";
}

/** From a key of JSON records that was read as `reading`. */
export function jsonColumn(
  name: string,
  column: Sql,
  as: { readonly type: ColumnType; readonly reading: JsonReading },
): TypedColumn {
  const isThere = sql`${column} IS NOT NULL`;
  const { type, reading } = as;
  if (reading === "json")
    return { name, value: jsonValue(column, type), isThere, isDoubtful: null };
  // No other JSON value has the text of an instant or a date.
  if (type === "timestamp") return { name, value: instantFrom(column), isThere, isDoubtful: null };
  if (type === "date") return { name, value: dateFrom(column), isThere, isDoubtful: null };
  const isDoubtful = mayBeNoString(column);
  if (type === "string") return { name, value: column, isThere: null, isDoubtful };
  const doubtfulId = sql`CASE WHEN ${isWhole(column)} THEN false ELSE ${isDoubtful} END`;
  return { name, value: column, isThere: null, isDoubtful: doubtfulId };
}

/** What JSON values but strings begin with, beside digits and minus (45 to 57): I N [ f i n t {. */
const FIRST_OF_OTHERS = "73, 78, 91, 102, 105, 110, 116, 123";

/** Whether a text may have been another JSON value than a string: only the text of one is JSON. */
function mayBeNoString(text: Sql): Sql {
  const first = sql`ascii(${text})`;
  return sql`CASE WHEN ${first} BETWEEN 45 AND 57 OR ${first} IN (${raw(FIRST_OF_OTHERS)})
    THEN json_valid(${text}) ELSE false END`;
}

/** From a column that holds the JSON text of each value. */
function jsonValue(column: Sql, type: ColumnType): Sql {
  const text = sql`${column}::VARCHAR`;
  const string = sql`CASE WHEN starts_with(${text}, '"') THEN ${column}->>'$' END`;
  switch (type) {
    case "string":
      return string;
    case "id":
      return sql`CASE WHEN ${isWhole(text)} THEN ${text} ELSE ${string} END`;
    case "number":
      return numberFromJson(text);
    case "integer":
      return integerFrom(text);
    case "boolean":
      return booleanFrom(text);
    case "timestamp":
      return instantFrom(string);
    case "date":
      return dateFrom(string);
    case "string[]":
      return listFrom(column);
  }
}

/** From a column of CSV text, NULL where a field is empty and unquoted. */
export function csvColumn(name: string, column: Sql, type: ColumnType): TypedColumn {
  const json = sql`CASE WHEN json_valid(${column}) THEN ${column}::JSON END`;
  const values: Record<ColumnType, Sql> = {
    string: column,
    id: sql`CASE WHEN NOT ${isSpoiltId(column)} THEN ${column} END`,
    number: numberFrom(column),
    integer: integerFrom(column),
    boolean: booleanFrom(column),
    timestamp: instantFrom(column),
    date: dateFrom(column),
    "string[]": listFrom(json),
  };
  const isThere = type === "string" ? null : sql`${column} IS NOT NULL`;
  return { name, value: values[type], isThere, isDoubtful: null };
}

const INTEGERS = /^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/;

/** From a column of Parquet; where its type cannot be meant, every value contradicts. */
export function parquetColumn(
  name: string,
  column: Sql,
  as: { readonly type: ColumnType; readonly fileType: string },
): TypedColumn {
  const { type, fileType } = as;
  const isInteger = INTEGERS.test(fileType) || /^DECIMAL\(\d+,0\)$/.test(fileType);
  const isNumber = isInteger || /^(DOUBLE|FLOAT|DECIMAL.*)$/.test(fileType);
  const isText = fileType === "VARCHAR";
  const fits: Record<ColumnType, Sql | false> = {
    string: isText && column,
    id: (isText || isInteger) && sql`${column}::VARCHAR`,
    number: isNumber && finite(sql`${column}::DOUBLE`),
    integer: isInteger && sql`try_cast(${column} AS BIGINT)`,
    boolean: fileType === "BOOLEAN" && column,
    timestamp: /^TIMESTAMP/.test(fileType)
      ? finite(sql`${column}::TIMESTAMP`)
      : isText && instantFrom(column),
    date: fileType === "DATE" ? finite(column) : isText && dateFrom(column),
    "string[]": fileType === "VARCHAR[]" && wholeList(column),
  };
  const value = fits[type] || raw(`NULL::${SQL_TYPES[type]}`);
  const isSure = fits[type] !== false && ["string", "id", "boolean"].includes(type);
  return { name, value, isThere: isSure ? null : sql`${column} IS NOT NULL`, isDoubtful: null };
}

/** NaN and the infinities of numbers, instants and days are values of no other format. */
function finite(value: Sql): Sql {
  return sql`CASE WHEN isfinite(${value}) THEN ${value} END`;
}

/** A missing member is none of a list of strings. */
function wholeList(list: Sql): Sql {
  return sql`CASE WHEN list_count(${list}) = len(${list}) THEN ${list} END`;
}
