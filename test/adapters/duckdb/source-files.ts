import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { AttributeType } from "../../../src/model/attribute.ts";

export type Format = "json" | "ndjson" | "csv" | "parquet";
export const FORMATS: readonly Format[] = ["json", "ndjson", "csv", "parquet"];

/** A value of a row: a bigint is a whole number with all its digits; undefined is absent. */
export type CellValue = string | number | bigint | boolean | null | undefined | readonly string[];
export type Row = Readonly<Record<string, CellValue>>;

/** One source as one file, or parted among two that a glob finds. */
export interface Layout {
  readonly name: string;
  readonly format: Format;
  readonly fileCount: 1 | 2;
}

export const LAYOUTS: readonly Layout[] = FORMATS.flatMap((format): Layout[] => [
  { name: `.${format}`, format, fileCount: 1 },
  { name: `two .${format} files`, format, fileCount: 2 },
]);

/** What a Parquet column is by default. */
const PARQUET_TYPES: Readonly<Record<AttributeType, string>> = {
  string: "VARCHAR",
  number: "DOUBLE",
  integer: "BIGINT",
  boolean: "BOOLEAN",
  timestamp: "TIMESTAMP",
  date: "DATE",
  "string[]": "VARCHAR[]",
};

/** Rows under the columns that a file gives them. */
export interface SourceRows {
  readonly columns: Readonly<Record<string, AttributeType>>;
  readonly rows: readonly Row[];
  /** DuckDB types of Parquet columns that are not the default. */
  readonly parquetTypes?: Readonly<Record<string, string>>;
}

/** Writes rows under `folder` and gives the path or glob that finds them, relative to it. */
export async function writeSource(
  folder: string,
  stem: string,
  source: SourceRows & { readonly layout: Layout },
): Promise<string> {
  const { layout, rows } = source;
  const middle = Math.ceil(rows.length / 2);
  const parts = layout.fileCount === 1 ? [rows] : [rows.slice(0, middle), rows.slice(middle)];
  for (const [index, part] of parts.entries()) {
    const path = join(folder, `${stem}-${index}.${layout.format}`);
    await writeRows(path, layout.format, { ...source, rows: part });
  }
  return layout.fileCount === 1 ? `${stem}-0.${layout.format}` : `${stem}-*.${layout.format}`;
}

export async function writeRows(path: string, format: Format, source: SourceRows): Promise<void> {
  const { rows, columns } = source;
  if (format === "json") writeFileSync(path, `[\n${rows.map(jsonText).join(",\n")}\n]\n`);
  if (format === "ndjson") writeFileSync(path, rows.map((row) => `${jsonText(row)}\n`).join(""));
  if (format === "csv") writeFileSync(path, csvText(rows, Object.keys(columns)));
  if (format === "parquet") await writeParquet(path, source);
}

/** Null is written, undefined is not; digits of a bigint stand as they are. */
function jsonText(row: Row): string {
  const members = Object.entries(row).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const text = typeof value === "bigint" ? String(value) : JSON.stringify(value);
    return [`${JSON.stringify(name)}:${text}`];
  });
  return `{${members.join(",")}}`;
}

function csvText(rows: readonly Row[], columns: readonly string[]): string {
  const lines = rows.map((row) => columns.map((column) => csvField(row[column])).join(","));
  return `${[columns.map(csvField).join(","), ...lines].join("\n")}\n`;
}

/** A missing value is an empty field; an empty text is one in quotes. */
function csvField(value: CellValue): string {
  if (value === null || value === undefined) return "";
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return text !== "" && /^[^",\r\n]*$/.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
}

async function writeParquet(path: string, source: SourceRows): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  const types = Object.entries(source.columns).map(
    ([name, type]) => [name, source.parquetTypes?.[name] ?? PARQUET_TYPES[type]] as const,
  );
  const columns = types.map(([name, type]) => `"${name}" ${type}`);
  await connection.run(`CREATE TABLE source (${columns.join(", ")})`);
  for (const row of source.rows) await insert(connection, row, types);
  await connection.run(`COPY source TO '${path.replaceAll("'", "''")}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
}

async function insert(
  connection: DuckDBConnection,
  row: Row,
  types: readonly (readonly [string, string])[],
): Promise<void> {
  const marks = types.map(([, type]) =>
    type.endsWith("[]") ? `CAST(?::JSON AS ${type})` : `CAST(? AS ${type})`,
  );
  const statement = await connection.prepare(`INSERT INTO source VALUES (${marks.join(", ")})`);
  for (const [index, [name, type]] of types.entries()) {
    const text = parquetText(row[name], type);
    if (text === null) statement.bindNull(index + 1);
    else statement.bindVarchar(index + 1, text);
  }
  await statement.run();
}

/** Instants in UTC without zone, as TIMESTAMP takes them. */
function parquetText(value: CellValue, type: string): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "object") return JSON.stringify(value);
  const text = String(value);
  if (type !== "TIMESTAMP" || !/^\d{4}-/.test(text)) return text;
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}Z`;
  return new Date(zoned.replace(" ", "T")).toISOString().replace("Z", "");
}
