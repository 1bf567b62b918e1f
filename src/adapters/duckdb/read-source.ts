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
  jsonColumn,
  parquetColumn,
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

/** Throws PortError when a file cannot be read at all. */
export async function readSource(
  engine: SqlEngine,
  source: { readonly files: SourceFiles; readonly paths: readonly string[]; readonly root: string },
  declared: ReadonlyMap<string, ColumnType>,
): Promise<ReadSource> {
  const { format } = source.files;
  const fromOf = (paths: readonly string[]) => readerSql(format, paths, [...declared.keys()]);
  const from = fromOf(source.paths);
  const given = format === "csv" || format === "parquet" ? await describe(engine, from) : undefined;
  const diagnostics: Diagnostic[] = [];
  const columns: TypedColumn[] = [];
  for (const [name, type] of declared) {
    const found = columnOf(name, type, { format, given });
    if (typeof found === "object") columns.push(found);
    else diagnostics.push(misfit({ name, type, given, format }, source));
  }
  return { from, columns, diagnostics, fromOne: (path) => fromOf([path]) };
}

type Given = ReadonlyMap<string, string> | undefined;

function columnOf(
  name: string,
  type: ColumnType,
  { format, given }: { readonly format: SourceFiles["format"]; readonly given: Given },
): TypedColumn | undefined {
  const column = identifier(name);
  const fileType = given?.get(name);
  if (given === undefined) return jsonColumn(name, column, type);
  if (fileType === undefined) return undefined;
  if (format === "csv") return csvColumn(name, column, type);
  return parquetColumn(name, column, { type, fileType });
}

function readerSql(
  format: SourceFiles["format"],
  paths: readonly string[],
  names: readonly string[],
): Sql {
  const files = sql`[${join(paths.map(literal), ", ")}]`;
  if (format === "parquet") return sql`read_parquet(${files})`;
  if (format === "csv") {
    return sql`read_csv(${files}, header = true, all_varchar = true, delim = ',', quote = '"',
      escape = '"', nullstr = '', allow_quoted_nulls = false, strict_mode = true,
      null_padding = false)`;
  }
  const columns = names.map((name) => sql`${identifier(name)}: 'JSON'`);
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
