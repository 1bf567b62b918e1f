import { DuckDBInstance } from "@duckdb/node-api";
import type { Attributes, AttributeType, Values } from "../../model/attribute.ts";
import { formatInstant, parseInstant } from "../../model/instant.ts";
import type { JsonValue } from "../../model/json.ts";
import { ownValue } from "../../model/own-value.ts";
import { identifier, join, raw, type Sql, type SqlValue, sql } from "../../model/sql.ts";
import type { SqlEngine } from "../../ports/sql-engine.ts";
import type { OpenTestData } from "../../ports/user-data.ts";
import { engineOver } from "./duckdb-engine.ts";
import { addZones } from "./zones.ts";

const SQL_TYPES: Readonly<Record<AttributeType, string>> = {
  string: "VARCHAR",
  number: "DOUBLE",
  integer: "BIGINT",
  boolean: "BOOLEAN",
  timestamp: "TIMESTAMP",
  date: "DATE",
  "string[]": "VARCHAR[]",
};

/** Opens many small data sets, each in a session of its own over one shared engine. */
export async function testDataOpener(): Promise<OpenTestData> {
  const instance = await DuckDBInstance.create(":memory:", {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    threads: "1",
  });
  return async (workspace, rows) => {
    const engine = engineOver(await instance.connect(), () => {});
    const { users, events } = workspace;
    await createTable(engine, "users_read", { rows: rows.users, attributes: users.attributes });
    if (events !== undefined) {
      await createTable(engine, "events", { rows: rows.events, attributes: events.properties });
    }
    const { zones } = await addZones(engine, workspace);
    const userCount = rows.users.length;
    return { engine, diagnostics: [], zones, userCount, modifiedAt: undefined };
  };
}

async function createTable(
  engine: SqlEngine,
  name: string,
  from: { readonly rows: readonly Values[]; readonly attributes: Attributes },
): Promise<void> {
  const attributes = [...from.attributes.values()];
  const columns = attributes.map((one) => sql`${identifier(one.name)} ${raw(SQL_TYPES[one.type])}`);
  await engine.run(sql`CREATE TEMP TABLE ${identifier(name)} (${join(columns, ", ")})`);
  for (const row of from.rows) {
    const given = attributes.filter((one) => (ownValue(row, one.name) ?? null) !== null);
    const names = given.map((one) => identifier(one.name));
    const values = given.map((one) => valueSql(ownValue(row, one.name) ?? null, one.type));
    await engine.run(sql`INSERT INTO ${identifier(name)} (${join(names, ", ")})
      VALUES (${join(values, ", ")})`);
  }
}

/** Types were checked when the test was read. */
function valueSql(value: JsonValue, type: AttributeType): Sql {
  const bound = type === "timestamp" ? instantText(value) : (value as SqlValue);
  return sql`CAST(${bound} AS ${raw(SQL_TYPES[type])})`;
}

function instantText(value: JsonValue): string {
  const at = parseInstant(String(value));
  return at === undefined ? String(value) : formatInstant(at).replace("Z", "");
}
