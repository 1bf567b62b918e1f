import type { JsonObject } from "../model/json.ts";
import { identifier, literal, type Sql, sql } from "../model/sql.ts";
import type { SqlEngine } from "../ports/sql-engine.ts";

/** Half of a character that stands alone: no text for the engine, which reads UTF-8. */
const LONE_SURROGATE = /\\\\|\\ud[89a-f][0-9a-f]{2}/gi;

/** Makes a temporary table of many rows with one bound value; absent keys are NULL. */
export async function createJsonTable(
  engine: SqlEngine,
  name: string,
  from: {
    readonly columns: Readonly<Record<string, string>>;
    readonly rows: readonly JsonObject[];
  },
): Promise<void> {
  await engine.run(sql`CREATE OR REPLACE TEMP TABLE ${identifier(name)} AS ${rowsSql(from)}`);
}

function rowsSql({
  columns,
  rows,
}: {
  readonly columns: Readonly<Record<string, string>>;
  readonly rows: readonly JsonObject[];
}): Sql {
  const text = JSON.stringify(rows).replace(LONE_SURROGATE, (found) =>
    found === "\\\\" ? found : "\uFFFD",
  );
  const form = literal(JSON.stringify([columns]));
  return sql`SELECT unnest(one) FROM (SELECT unnest(from_json(${text}::JSON, ${form})) AS one)`;
}
