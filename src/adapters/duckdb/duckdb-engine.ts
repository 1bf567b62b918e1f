import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as Duckdb from "@duckdb/node-api";
import type { DuckDBConnection, DuckDBPreparedStatement, DuckDBValue } from "@duckdb/node-api";
import { PortError } from "../../diag/errors.ts";
import { loadWhenNeeded } from "../../model/load-when-needed.ts";
import type { Sql, SqlValue } from "../../model/sql.ts";
import type { Batch, Cell, SqlEngine } from "../../ports/sql-engine.ts";

// An import would look through all of its files for names first, which takes as long as loading it.
const { DuckDBInstance, DuckDBListValue, DuckDBTypeId, LIST, listValue, VARCHAR } =
  loadWhenNeeded<typeof Duckdb>("@duckdb/node-api");

/** Bounds the engine's own memory; what does not fit goes to a temporary folder. */
const MEMORY_LIMIT = "600MB";

/** An engine of its own, in memory. It loads no extension and reaches no network. */
export async function openDuckdb(): Promise<SqlEngine> {
  const folder = await mkdtemp(join(tmpdir(), "posthorn-"));
  const instance = await DuckDBInstance.create(":memory:", {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    memory_limit: MEMORY_LIMIT,
    temp_directory: folder,
  });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  await connection.run("SET lock_configuration = true");
  return engineOver(connection, () => {
    instance.closeSync();
    rmSync(folder, { recursive: true, force: true });
  });
}

/** One session over a connection; `closed` is called after it was closed. */
function engineOver(connection: DuckDBConnection, closed: () => void): SqlEngine {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(run: () => Promise<Result>): Promise<Result> => {
    const next = last.then(() => failing(run));
    last = next.catch(() => undefined);
    return next;
  };
  return {
    run: (statement) =>
      inTurn(async () => void (await (await prepare(connection, statement)).run())),
    rows: (query) =>
      inTurn(async () => {
        const reader = await (await prepare(connection, query)).runAndReadAll();
        const names = reader.columnNames();
        return reader.getRows().map((row) => rowOf(names, row));
      }),
    stream: (query) => streamBatches(connection, query),
    close: () => {
      connection.closeSync();
      closed();
    },
  };
}

async function* streamBatches(connection: DuckDBConnection, query: Sql): AsyncGenerator<Batch> {
  const result = await failing(async () => (await prepare(connection, query)).stream());
  for (;;) {
    const chunk = await failing(() => result.fetchChunk());
    if (chunk === null || chunk.rowCount === 0) return;
    const columns = chunk.getColumns().map((column, index) => {
      return AS_THEY_ARE.has(result.columnTypeId(index)) ? (column as Cell[]) : column.map(cell);
    });
    yield { rowCount: chunk.rowCount, columns };
  }
}

/** The types whose values come out of the engine as cells. */
const AS_THEY_ARE: ReadonlySet<Duckdb.DuckDBTypeId> = new Set([
  DuckDBTypeId.VARCHAR,
  DuckDBTypeId.DOUBLE,
  DuckDBTypeId.INTEGER,
  DuckDBTypeId.BOOLEAN,
]);

async function prepare(connection: DuckDBConnection, { text, values }: Sql) {
  const statement = await connection.prepare(text);
  for (const [index, value] of values.entries()) bind(statement, index + 1, value);
  return statement;
}

function bind(statement: DuckDBPreparedStatement, index: number, value: SqlValue): void {
  if (value === null) statement.bindNull(index);
  else if (typeof value === "string") statement.bindVarchar(index, value);
  else if (typeof value === "boolean") statement.bindBoolean(index, value);
  else if (typeof value === "bigint") statement.bindBigInt(index, value);
  else if (typeof value === "number") statement.bindDouble(index, value);
  else statement.bindList(index, listValue([...value]), LIST(VARCHAR));
}

function rowOf(names: readonly string[], row: readonly DuckDBValue[]): Record<string, Cell> {
  return Object.fromEntries(names.map((name, index) => [name, cell(row[index] ?? null)]));
}

function cell(value: DuckDBValue): Cell {
  if (typeof value === "bigint") {
    return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  }
  if (value instanceof DuckDBListValue) {
    return value.items.map((one) => (one === null ? null : String(one)));
  }
  if (value === null || typeof value !== "object") return value;
  return String(value);
}

async function failing<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new PortError(message, { retryable: false, cause });
  }
}
