import type { AttributeType } from "../../model/attribute.ts";
import { raw, type Sql, sql } from "../../model/sql.ts";

/** A column as a file gives it, and as the relations show it. */
export interface TypedColumn {
  readonly name: string;
  /** NULL where the value is missing or contradicts its type. */
  readonly value: Sql;
  /** Whether the file has a value; without `value` it then contradicts its declared type. */
  readonly isThere: Sql;
}

/** What a column is declared as; ids take whole numbers too and keep all their digits. */
export type ColumnType = AttributeType | "id";

const MINUTE = "\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}";
const SECOND = `${MINUTE}:\\d{2}(\\.\\d+)?`;
/** The engine would take any two digits for hours and minutes. */
const OFFSET = "[+-](0\\d|1[0-5])(:?[0-5]\\d)?";
const WHOLE = "-?\\d+";
const DECIMAL = "[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?";

/** From a column that holds the JSON text of each value. */
export function jsonColumn(name: string, column: Sql, type: ColumnType): TypedColumn {
  const text = sql`${column}::VARCHAR`;
  const string = sql`CASE WHEN starts_with(${text}, '"') THEN ${column}->>'$' END`;
  const isThere = sql`(${column} IS NOT NULL AND ${text} <> 'null')`;
  return { name, value: jsonValue(column, type, { text, string }), isThere };
}

function jsonValue(
  column: Sql,
  type: ColumnType,
  { text, string }: { readonly text: Sql; readonly string: Sql },
): Sql {
  switch (type) {
    case "string":
      return string;
    case "id":
      return sql`CASE WHEN ${matches(text, WHOLE)} THEN ${text} ELSE ${string} END`;
    case "number":
      return numberFrom(text);
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
  const isThere = sql`${column} IS NOT NULL`;
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
  return { name, value: values[type], isThere };
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
  return value === false ? undefined : { name, value, isThere: sql`${column} IS NOT NULL` };
}

function matches(text: Sql, pattern: string): Sql {
  return sql`regexp_full_match(${text}, ${raw(`'${pattern}'`)})`;
}

function numberFrom(text: Sql): Sql {
  const value = sql`try_cast(${text} AS DOUBLE)`;
  return sql`CASE WHEN ${matches(text, DECIMAL)} AND isfinite(${value}) THEN ${value} END`;
}

function integerFrom(text: Sql): Sql {
  return sql`CASE WHEN ${matches(text, WHOLE)} THEN try_cast(${text} AS BIGINT) END`;
}

function booleanFrom(text: Sql): Sql {
  return sql`CASE ${text} WHEN 'true' THEN true WHEN 'false' THEN false END`;
}

/**
 * Without a zone it is UTC, the session's zone. Casting with an offset costs ten times as much as
 * without, and beside a zone the engine asks for seconds.
 */
function instantFrom(text: Sql): Sql {
  const withSeconds = sql`regexp_replace(${text}, '^.{16}', '\\0:00')`;
  return sql`CASE WHEN ${matches(text, `${SECOND}Z?`)} THEN try_cast(${text} AS TIMESTAMP)
    WHEN ${matches(text, `${SECOND}${OFFSET}`)} THEN try_cast(${text} AS TIMESTAMPTZ)::TIMESTAMP
    WHEN ${matches(text, `${MINUTE}(Z|${OFFSET})?`)}
      THEN try_cast(${withSeconds} AS TIMESTAMPTZ)::TIMESTAMP END`;
}

function dateFrom(text: Sql): Sql {
  return sql`CASE WHEN ${matches(text, "\\d{4}-\\d{2}-\\d{2}")} THEN try_cast(${text} AS DATE) END`;
}

/** A JSON array of strings. */
function listFrom(json: Sql): Sql {
  return sql`CASE WHEN json_type(${json}) = 'ARRAY'
      AND len(list_filter(json_type(${json}, '$[*]'), x -> x <> 'VARCHAR')) = 0
    THEN ${json}->>'$[*]' END`;
}
