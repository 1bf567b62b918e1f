import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, test } from "vitest";
import { EXAMPLE_NOW, exampleWorkspace, posthorn } from "./posthorn.ts";

type User = Readonly<Record<string, unknown>>;

const PARQUET_TYPES: Readonly<Record<string, string>> = {
  birthday: "DATE",
  newsletter: "BOOLEAN",
  messenger_opt_in: "BOOLEAN",
  rides: "VARCHAR[]",
  tags: "VARCHAR[]",
  ltv: "DOUBLE",
  orders: "BIGINT",
  last_order_at: "TIMESTAMP",
  appointment_at: "TIMESTAMP",
  last_inbound_at: "TIMESTAMP",
};

/** A missing value is an empty field; every other is quoted, so that an empty string stays one. */
function csvField(value: unknown): string {
  if (value === null || value === undefined) return "";
  const text = Array.isArray(value) ? JSON.stringify(value) : String(value);
  return `"${text.replaceAll('"', '""')}"`;
}

async function writeUsers(folder: string, format: string): Promise<void> {
  const path = join(folder, `data/users.${format}`);
  const users: User[] = JSON.parse(readFileSync(join(folder, "data/users.json"), "utf8"));
  const columns = [...new Set(users.flatMap((user) => Object.keys(user)))];
  if (format === "ndjson") {
    writeFileSync(path, users.map((user) => `${JSON.stringify(user)}\n`).join(""));
  }
  if (format === "csv") {
    const lines = users.map((user) => columns.map((column) => csvField(user[column])).join(","));
    writeFileSync(path, `${[columns.join(","), ...lines].join("\n")}\n`);
  }
  if (format === "parquet") await writeParquet(folder, columns, path);
}

async function writeParquet(folder: string, columns: string[], path: string): Promise<void> {
  const types = columns.map((column) => `"${column}": '${PARQUET_TYPES[column] ?? "VARCHAR"}'`);
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run(`COPY (SELECT * FROM read_json('${join(folder, "data/users.json")}',
    format = 'array', columns = {${types.join(", ")}})) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
}

async function plannedFrom(format: string) {
  const cwd = exampleWorkspace();
  await writeUsers(cwd, format);
  const file = join(cwd, "posthorn.yaml");
  writeFileSync(
    file,
    readFileSync(file, "utf8").replace("data/users.json", `data/users.${format}`),
  );
  const ran = await posthorn(["plan", "--now", EXAMPLE_NOW, "--format", "json"], { cwd });
  expect(ran).toMatchObject({ exit: 0, err: "" });
  return JSON.parse(ran.out).snapshot.campaigns;
}

describe("the same people in another format", () => {
  for (const format of ["ndjson", "csv", "parquet"]) {
    test(`users.${format} gives the plan of users.json`, async () => {
      const campaigns = await plannedFrom(format);
      expect(campaigns.length).toBeGreaterThan(4);
      expect(campaigns).toEqual(await plannedFrom("json"));
    });
  }
});
