import type { JsonObject } from "../model/json.ts";
import { identifier, literal, type Sql, sql } from "../model/sql.ts";

/** Half of a character that stands alone: no text for the engine, which reads UTF-8. */
const LONE_SURROGATE = /\\\\|\\ud[89a-f][0-9a-f]{2}/gi;

/** Makes a temporary table of many rows with one bound value; absent keys are NULL. */
export function jsonTableSql(
  name: string,
  from: {
    readonly columns: Readonly<Record<string, string>>;
    readonly rows: readonly JsonObject[];
  },
): Sql {
  const text = JSON.stringify(from.rows).replace(LONE_SURROGATE, (found) =>
    found === "\\\\" ? found : "\uFFFD",
  );
  const form = literal(JSON.stringify([from.columns]));
  return sql`CREATE OR REPLACE TEMP TABLE ${identifier(name)} AS SELECT unnest(one)
    FROM (SELECT unnest(from_json(${text}::JSON, ${form})) AS one)`;
}
