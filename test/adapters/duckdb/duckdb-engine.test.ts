import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDuckdb } from "../../../src/adapters/duckdb/duckdb-engine.ts";
import { PortError } from "../../../src/diag/errors.ts";
import { identifier, raw, sql } from "../../../src/model/sql.ts";
import type { SqlEngine } from "../../../src/ports/sql-engine.ts";

const HOSTILE = [
  "'",
  "''; DROP TABLE people; --",
  '"; DROP TABLE people; --',
  "\\",
  "$1 ? :name",
  "/* */",
  "a\0b",
  "\n\r\t",
  "👍\u{10FFFF}",
  "x".repeat(100_000),
];

let engine: SqlEngine;
beforeAll(async () => {
  engine = await openDuckdb();
});
afterAll(() => engine.close());

describe("the engine", () => {
  test("loads no extension by itself, and its settings cannot be changed", async () => {
    const settings = ["autoinstall_known_extensions", "autoload_known_extensions"];
    for (const name of settings) {
      const rows = await engine.rows(sql`SELECT current_setting(${name}) AS value`);
      expect(rows).toEqual([{ value: false }]);
      await expect(engine.run(raw(`SET ${name} = true`))).rejects.toThrow(PortError);
    }
    for (const statement of ["SET lock_configuration = false", "SET memory_limit = '99GB'"]) {
      await expect(engine.run(raw(statement))).rejects.toThrow(/locked/);
    }
    const loaded = await engine.rows(
      raw(`SELECT install_mode FROM duckdb_extensions()
      WHERE loaded`),
    );
    expect(loaded.length).toBeGreaterThan(1);
    expect(new Set(loaded.map((row) => row["install_mode"]))).toEqual(
      new Set(["STATICALLY_LINKED"]),
    );
  });

  test("reaches no network", async () => {
    let calls = 0;
    const server = createServer((_, response) => {
      calls++;
      response.end("user_id\n1\n");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    server.on("connection", () => calls++);
    const { port } = server.address() as AddressInfo;
    for (const reader of ["read_csv", "read_parquet", "read_json", "read_text"]) {
      const query = raw(`SELECT * FROM ${reader}('http://127.0.0.1:${port}/users.csv')`);
      await expect(engine.rows(query)).rejects.toThrow(PortError);
    }
    await new Promise((resolve) => server.close(resolve));
    expect(calls).toBe(0);
  });

  test("no statement of ours installs, loads, attaches or exports anything", () => {
    const files = readdirSync("src", { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts"))
      .map((path) => readFileSync(join("src", path), "utf8"));
    expect(files.length).toBeGreaterThan(100);
    const statements = /["'`\n(] *(INSTALL|LOAD|ATTACH|EXPORT|IMPORT DATABASE) /;
    expect(files.filter((text) => statements.test(text))).toEqual([]);
  });

  test("values are bound and come back as they were, whatever they are", async () => {
    for (const value of HOSTILE) {
      const rows = await engine.rows(sql`SELECT ${value} AS value, ${[value, ""]} AS list`);
      expect(rows).toEqual([{ value, list: [value, ""] }]);
    }
    const numbers = [0.1, -0, 5e-324, 1.7976931348623157e308, 9007199254740991];
    for (const value of numbers) {
      expect(await engine.rows(sql`SELECT ${value} AS value`)).toEqual([{ value }]);
    }
    const whole = sql`SELECT ${9007199254740991n} AS safe, ${9007199254740993n} AS huge,
      ${true} AS yes, ${null} AS gone, ${[] as string[]} AS empty`;
    expect(await engine.rows(whole)).toEqual([
      { safe: 9007199254740991, huge: "9007199254740993", yes: true, gone: null, empty: [] },
    ]);
  });

  test("names are quoted, whatever they are", async () => {
    for (const name of ['a"b', "select", "a b", "ä", "x; DROP TABLE people", "'", "row", "u"]) {
      const rows = await engine.rows(sql`SELECT 1 AS ${identifier(name)}`);
      expect(rows).toEqual([{ [name]: 1 }]);
    }
  });

  test("streams a result in batches, as whole as it is asked at once", async () => {
    const query = raw("SELECT range AS n, 'x' || range AS text FROM range(10000)");
    let rows = 0;
    for await (const { rowCount, columns } of engine.stream(query)) {
      expect(columns).toHaveLength(2);
      expect(columns[1]?.[0]).toBe(`x${columns[0]?.[0]}`);
      rows += rowCount;
    }
    expect(rows).toBe(10_000);
  });

  test("a statement that fails leaves the session usable", async () => {
    await expect(engine.rows(raw("SELECT * FROM nowhere"))).rejects.toThrow(PortError);
    await expect(engine.rows(raw("SELECT error('x')"))).rejects.toThrow(PortError);
    expect(await engine.rows(raw("SELECT 1 AS one"))).toEqual([{ one: 1 }]);
  });
});
