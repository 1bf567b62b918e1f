import type { AttributeType } from "../../model/attribute.ts";
import { raw, type Sql, sql } from "../../model/sql.ts";
import {
  booleanFrom,
  dateFrom,
  instantFrom,
  integerFrom,
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
    id: column,
    number: numberFrom(column),
    integer: integerFrom(column),
    boolean: booleanFrom(column),
    timestamp: instantFrom(column),
    date: dateFrom(column),
    "string[]": listFrom(json),
  };
  const isText = type === "string" || type === "id";
  const isThere = isText ? null : sql`${column} IS NOT NULL`;
  return { name, value: values[type], isThere, isDoubtful: null };
}

const INTEGERS = /^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/;

/** From a typed column of a Parquet file; undefined when the file's type cannot be meant. */
export function parquetColumn(
  name: string,
  column: Sql,
  as: { readonly type: ColumnType; readonly fileType: string },
): TypedColumn | undefined {
  const { type, fileType } = as;
  const isInteger = INTEGERS.test(fileType) || /^DECIMAL\(\d+,0\)$/.test(fileType);
  const isNumber = isInteger || /^(DOUBLE|FLOAT|DECIMAL.*)$/.test(fileType);
  const isText = fileType === "VARCHAR";
  const fits: Record<ColumnType, Sql | false> = {
    string: isText && column,
    id: (isText || isInteger) && sql`${column}::VARCHAR`,
    number: isNumber && sql`CASE WHEN isfinite(${column}::DOUBLE) THEN ${column}::DOUBLE END`,
    integer: isInteger && sql`try_cast(${column} AS BIGINT)`,
    boolean: fileType === "BOOLEAN" && column,
    timestamp: /^TIMESTAMP/.test(fileType)
      ? sql`${column}::TIMESTAMP`
      : isText && instantFrom(column),
    date: fileType === "DATE" ? column : isText && dateFrom(column),
    "string[]": fileType === "VARCHAR[]" && column,
  };
  const value = fits[type];
  if (value === false) return undefined;
  const isThere = isConverted(type, fileType) ? sql`${column} IS NOT NULL` : null;
  return { name, value, isThere, isDoubtful: null };
}

/** Whether reading a value as the declared type can fail. */
function isConverted(type: ColumnType, fileType: string): boolean {
  if (type === "timestamp" || type === "date") return fileType === "VARCHAR";
  return type === "number" || type === "integer";
}
