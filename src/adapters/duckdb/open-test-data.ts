import { DuckDBInstance } from "@duckdb/node-api";
import type { Attributes, Values } from "../../model/attribute.ts";
import { identifier, join, literal, type Sql, sql } from "../../model/sql.ts";
import type { SqlEngine } from "../../ports/sql-engine.ts";
import type { OpenTestData } from "../../ports/user-data.ts";
import { engineOver } from "./duckdb-engine.ts";
import { type ColumnType, jsonColumn } from "./typed-column.ts";
import { addZones } from "./zones.ts";

/** Opens many small data sets, each in a session of its own over one shared engine. */
export async function testDataOpener(): Promise<OpenTestData> {
  const instance = await DuckDBInstance.create(":memory:", {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    threads: "1",
  });
  return async (workspace, rows) => {
    const connection = await instance.connect();
    await connection.run("SET TimeZone = 'UTC'");
    const engine = engineOver(connection, () => {});
    const { users, events } = workspace;
    await createTable(engine, "users_read", {
      rows: rows.users,
      columns: columnTypes(users.attributes, [users.id, users.psid]),
    });
    if (events !== undefined) {
      const columns = columnTypes(events.properties, [events.id, events.user]);
      await createTable(engine, "events", { rows: rows.events, columns });
    }
    const { zones } = await addZones(engine, workspace);
    const userCount = rows.users.length;
    return { engine, diagnostics: [], zones, userCount, modifiedAt: undefined };
  };
}

function columnTypes(attributes: Attributes, ids: readonly string[]): Map<string, ColumnType> {
  return new Map(
    [...attributes.values()].map(({ name, type }) => [name, ids.includes(name) ? "id" : type]),
  );
}

async function createTable(
  engine: SqlEngine,
  name: string,
  from: { readonly rows: readonly Values[]; readonly columns: ReadonlyMap<string, ColumnType> },
): Promise<void> {
  const columns: Sql[] = [...from.columns].map(([column, type]) => {
    const path = literal(`$."${column.replaceAll('"', '\\"')}"`);
    const { value } = jsonColumn(column, sql`json_extract(r.one, ${path})`, type);
    return sql`${value} AS ${identifier(column)}`;
  });
  await engine.run(sql`CREATE TEMP TABLE ${identifier(name)} AS SELECT ${join(columns, ", ")}
    FROM (SELECT unnest(json_extract(${JSON.stringify(from.rows)}::JSON, '$[*]')) AS one) r`);
}
