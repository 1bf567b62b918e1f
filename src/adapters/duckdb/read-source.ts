import type { Diagnostic } from "../../diag/diagnostic.ts";
import { PortError } from "../../diag/errors.ts";
import { didYouMean } from "../../diag/nearest.ts";
import { identifier, join, literal, raw, type Sql, sql } from "../../model/sql.ts";
import type { SourceFiles } from "../../model/workspace.ts";
import type { SqlEngine } from "../../ports/sql-engine.ts";
import { shownPath } from "./find-files.ts";
import {
  type ColumnType,
  csvColumn,
  type JsonReading,
  jsonColumn,
  parquetColumn,
  readsAsText,
  type TypedColumn,
} from "./typed-column.ts";

/** Files that can be queried: a FROM clause, and each declared column typed. */
export interface ReadSource {
  readonly from: Sql;
  readonly columns: readonly TypedColumn[];
  readonly diagnostics: readonly Diagnostic[];
  /** The same over one of the files, for finding rows. */
  fromOne(path: string): Sql;
}

/** Files with what their columns are declared as. */
export interface Declared {
  readonly files: SourceFiles;
  readonly paths: readonly string[];
  readonly root: string;
  readonly declared: ReadonlyMap<string, ColumnType>;
}

/**
 * `exact` names the columns of JSON records that are not to be read as text, because a value in
 * them may be no string. Throws PortError when a file cannot be read at all.
 */
export async function readSource(
  engine: SqlEngine,
  source: Declared,
  exact: ReadonlySet<string>,
): Promise<ReadSource> {
  const { files, declared } = source;
  const { format } = files;
  const readings = new Map(
    [...declared].map(([name, type]): [string, JsonReading] => [
      name,
      readsAsText(type) && !exact.has(name) ? "text" : "json",
    ]),
  );
  const fromOf = (paths: readonly string[]) => readerSql(format, paths, readings);
  const from = fromOf(source.paths);
  const given = format === "csv" || format === "parquet" ? await describe(engine, from) : undefined;
  const diagnostics: Diagnostic[] = [];
  const columns: TypedColumn[] = [];
  for (const [name, type] of declared) {
    const reading = readings.get(name) ?? "json";
    const found = columnOf(name, type, { format, given, reading });
    if (typeof found === "object") columns.push(found);
    else diagnostics.push(misfit({ name, type, given, format }, source));
  }
  return { from, columns, diagnostics, fromOne: (path) => fromOf([path]) };
}

type Given = ReadonlyMap<string, string> | undefined;

function columnOf(
  name: string,
  type: ColumnType,
  {
    format,
    given,
    reading,
  }: {
    readonly format: SourceFiles["format"];
    readonly given: Given;
    readonly reading: JsonReading;
  },
): TypedColumn | undefined {
  const column = identifier(name);
  const fileType = given?.get(name);
  if (given === undefined) return jsonColumn(name, column, { type, reading });
  if (fileType === undefined) return undefined;
  if (format === "csv") return csvColumn(name, column, type);
  return parquetColumn(name, column, { type, fileType });
}

function readerSql(
  format: SourceFiles["format"],
  paths: readonly string[],
  readings: ReadonlyMap<string, JsonReading>,
): Sql {
  const files = sql`[${join(paths.map(literal), ", ")}]`;
  if (format === "parquet") return sql`read_parquet(${files})`;
  if (format === "csv") {
    return sql`read_csv(${files}, header = true, all_varchar = true, delim = ',', quote = '"',
      escape = '"', nullstr = '', allow_quoted_nulls = false, strict_mode = true,
      null_padding = false)`;
  }
  const columns = [...readings].map(
    ([name, reading]) =>
      sql`${identifier(name)}: ${raw(reading === "text" ? "'VARCHAR'" : "'JSON'")}`,
  );
  const layout = raw(format === "json" ? "'array'" : "'newline_delimited'");
  return sql`read_json(${files}, format = ${layout}, columns = {${join(columns, ", ")}},
    maximum_object_size = 16777216)`;
}

async function describe(engine: SqlEngine, from: Sql): Promise<Map<string, string>> {
  const rows = await engine.rows(sql`DESCRIBE SELECT * FROM ${from}`);
  return new Map(rows.map((row) => [String(row["column_name"]), String(row["column_type"])]));
}

function misfit(
  column: {
    readonly name: string;
    readonly type: ColumnType;
    readonly given: Given;
    readonly format: string;
  },
  source: { readonly paths: readonly string[]; readonly root: string },
): Diagnostic {
  const { name, type, given } = column;
  const file = shownPath(source.paths[0] ?? "", source.root);
  const at = { file, line: 1, column: 1 };
  const fileType = given?.get(name);
  if (fileType === undefined) {
    const detail = `${file} has no column "${name}".${didYouMean(name, given?.keys() ?? [])}`;
    return {
      code: "DATA_COLUMN_MISSING",
      severity: "error",
      at,
      summary: "Missing column",
      detail,
    };
  }
  const detail =
    `The column "${name}" of ${file} is ${fileType}, and posthorn.yaml declares it as ${type}. ` +
    "Declare it as what it is, or export it as what is declared.";
  return { code: "DATA_TYPE", severity: "error", at, summary: "Value of another type", detail };
}

/** What the engine said of a file that it cannot read, as a diagnostic. */
export function unreadable(
  fault: unknown,
  source: { readonly paths: readonly string[]; readonly root: string },
): Diagnostic {
  if (!(fault instanceof PortError)) throw fault;
  const path = source.paths.find((one) => fault.message.includes(one)) ?? source.paths[0] ?? "";
  const file = shownPath(path, source.root);
  const line = /\bline:? (\d+)/i.exec(fault.message)?.[1];
  // The engine quotes the row after its first sentence; that may hold people's values.
  const first = (fault.message.split("\n")[0] ?? "").replace(/(Input|Original Line).*$/s, "");
  return {
    code: "DATA_UNREADABLE",
    severity: "error",
    at: { file, line: line === undefined ? 1 : Number(line), column: 1 },
    summary: "Data file cannot be read",
    detail:
      `${first.replaceAll(path, file)} ` +
      "Check that the file is whole and of the format that its name says.",
  };
}
