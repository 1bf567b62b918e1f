import { raw, type Sql, sql } from "../../model/sql.ts";

/*
 * Values from text, NULL where the text is none of the type. DuckDB's own casts take more than the
 * data rules allow, so each looks at the form first.
 */

const MINUTE = "\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}";
const SECOND = `${MINUTE}:\\d{2}(\\.\\d+)?`;
/** The engine would take any two digits for hours and minutes. */
const OFFSET = "[+-](0\\d|1[0-5])(:?[0-5]\\d)?";
const WHOLE = "-?\\d+";
const DECIMAL = "[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?";
const REAL = "(\\d+\\.\\d*|\\.\\d+)([eE][+-]?\\d+)?|\\d+[eE][+-]\\d+";

/**
 * Whether a text is what spreadsheets and data frames make of a long id: 7.1E+15, 7100000001.0.
 * Digits around a bare e are none, since ids in hexadecimal digits look like that.
 */
export function isSpoiltId(text: Sql): Sql {
  return matches(text, `[+-]?(${REAL})`);
}

/** Whether a text is a whole number. */
export function isWhole(text: Sql): Sql {
  return matches(text, WHOLE);
}

export function numberFrom(text: Sql): Sql {
  return sql`CASE WHEN ${matches(text, DECIMAL)} THEN ${finiteFrom(text)} END`;
}

/** From the text of a JSON value, of which only numbers begin with a digit or a minus. */
export function numberFromJson(text: Sql): Sql {
  return sql`CASE WHEN ${text} >= '-' AND ${text} < ':' THEN ${finiteFrom(text)} END`;
}

export function integerFrom(text: Sql): Sql {
  return sql`CASE WHEN ${isWhole(text)} THEN try_cast(${text} AS BIGINT) END`;
}

export function booleanFrom(text: Sql): Sql {
  return sql`CASE ${text} WHEN 'true' THEN true WHEN 'false' THEN false END`;
}

/**
 * Without a zone it is UTC, the session's zone. Casting with an offset costs ten times as much as
 * without, and beside a zone the engine asks for seconds.
 */
export function instantFrom(text: Sql): Sql {
  const withSeconds = sql`regexp_replace(${text}, '^.{16}', '\\0:00')`;
  return sql`CASE WHEN ${matches(text, `${SECOND}Z?`)} THEN try_cast(${text} AS TIMESTAMP)
    WHEN ${matches(text, `${SECOND}${OFFSET}`)} THEN try_cast(${text} AS TIMESTAMPTZ)::TIMESTAMP
    WHEN ${matches(text, `${MINUTE}(Z|${OFFSET})?`)}
      THEN try_cast(${withSeconds} AS TIMESTAMPTZ)::TIMESTAMP END`;
}

export function dateFrom(text: Sql): Sql {
  return sql`CASE WHEN ${matches(text, "\\d{4}-\\d{2}-\\d{2}")} THEN try_cast(${text} AS DATE) END`;
}

/** From a JSON array of strings. A quick look that fits nearly all comes before the exact one. */
export function listFrom(json: Sql): Sql {
  const plain = matches(sql`${json}::VARCHAR`, '\\[("[^"\\\\]*"(,"[^"\\\\]*")*)?\\]');
  return sql`CASE WHEN ${plain} OR (json_type(${json}) = 'ARRAY'
      AND len(list_filter(json_type(${json}, '$[*]'), x -> x <> 'VARCHAR')) = 0)
    THEN ${json}->>'$[*]' END`;
}

function finiteFrom(text: Sql): Sql {
  const value = sql`try_cast(${text} AS DOUBLE)`;
  return sql`CASE WHEN isfinite(${value}) THEN ${value} END`;
}

function matches(text: Sql, pattern: string): Sql {
  return sql`regexp_full_match(${text}, ${raw(`'${pattern}'`)})`;
}
