import type { Diagnostic } from "../../diag/diagnostic.ts";
import { didYouMean } from "../../diag/nearest.ts";
import { identifier, join, literal, raw, type Sql, sql } from "../../model/sql.ts";
import type { SourceFiles } from "../../model/workspace.ts";
import type { SqlEngine } from "../../ports/sql-engine.ts";
import { shownPath } from "./find-files.ts";
import { type Declared, type FileGroup, groupFiles } from "./group-files.ts";
import {
  absentColumn,
  type ColumnType,
  csvColumn,
  type JsonReading,
  jsonColumn,
  parquetColumn,
  readsAsText,
  type TypedColumn,
} from "./typed-column.ts";
import { numberedRowsSql, typedRowsSql } from "./typed-rows.ts";

/** Files that can be queried, each declared column typed. */
export interface ReadSource {
  /** A FROM clause over the files as they are. */
  readonly from: Sql;
  readonly columns: readonly TypedColumn[];
  /** A FROM clause over the typed rows of all files; see typed-rows.ts. */
  readonly rows: Sql;
  readonly diagnostics: readonly Diagnostic[];
  /** As `from`, over one of the files. */
  fromOne(path: string): Sql;
  /** The typed rows of one of the files with their numbers. */
  numberedRows(path: string): Sql;
  /** What a Parquet file says a column is; undefined in the formats that do not say. */
  fileType(path: string, name: string): string | undefined;
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
  const { files, declared, optional } = source;
  const { format } = files;
  const readings = new Map(
    [...declared].map(([name, type]): [string, JsonReading] => [
      name,
      readsAsText(type) && !exact.has(name) ? "text" : "json",
    ]),
  );
  const fromOf = (paths: readonly string[]) => readerSql(format, paths, readings);
  const groups = await groupFiles(engine, source, fromOf);
  const typed = sameShape(
    groups.map(({ types }) =>
      [...declared].map(([name, type]) => {
        if (optional.has(name) && types?.has(name) === false) return absentColumn(name, type);
        const reading = readings.get(name) ?? "json";
        return columnOf(name, type, { format, fileType: types?.get(name), reading });
      }),
    ),
  );
  const groupAt = (path: string) => groups.findIndex(({ paths }) => paths.includes(path));
  return {
    from: fromOf(source.paths),
    columns: typed[0] ?? [],
    rows: unionSql(groups.map(({ paths }, at) => typedRowsSql(typed[at] ?? [], fromOf(paths)))),
    diagnostics: [...declared.keys()]
      .filter((name) => !optional.has(name))
      .flatMap((name) => missingColumn(name, groups, source.root)),
    fromOne: (path) => fromOf([path]),
    numberedRows: (path) => numberedRowsSql(typed[groupAt(path)] ?? [], fromOf([path])),
    fileType: (path, name) =>
      format === "parquet" ? groups[groupAt(path)]?.types?.get(name) : undefined,
  };
}

/** A column that is sure in some files is looked at like in those where it is not. */
function sameShape(groups: readonly (readonly TypedColumn[])[]): readonly TypedColumn[][] {
  const isSure = (at: number) => groups.every((columns) => columns[at]?.isThere === null);
  return groups.map((columns) =>
    columns.map((column, at) =>
      isSure(at) ? column : { ...column, isThere: column.isThere ?? raw("false") },
    ),
  );
}

function unionSql(rows: readonly Sql[]): Sql {
  const [only] = rows;
  if (rows.length === 1 && only !== undefined) return only;
  return sql`(${join(
    rows.map((one) => sql`SELECT * FROM ${one}`),
    " UNION ALL ",
  )})`;
}

function columnOf(
  name: string,
  type: ColumnType,
  from: {
    readonly format: SourceFiles["format"];
    readonly fileType: string | undefined;
    readonly reading: JsonReading;
  },
): TypedColumn {
  const column = identifier(name);
  const { format, fileType = "", reading } = from;
  if (format === "csv") return csvColumn(name, column, type);
  if (format === "parquet") return parquetColumn(name, column, { type, fileType });
  return jsonColumn(name, column, { type, reading });
}

/** What the engine would else find out by looking at some of the rows is all given. */
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
      null_padding = false, comment = '', skip = 0)`;
  }
  const columns = [...readings].map(
    ([name, reading]) =>
      sql`${identifier(name)}: ${raw(reading === "text" ? "'VARCHAR'" : "'JSON'")}`,
  );
  const layout = raw(format === "json" ? "'array'" : "'newline_delimited'");
  return sql`read_json(${files}, format = ${layout}, columns = {${join(columns, ", ")}},
    maximum_object_size = 16777216)`;
}

/** Objects of JSON say nothing of columns: what they do not name is absent. */
function missingColumn(name: string, groups: readonly FileGroup[], root: string): Diagnostic[] {
  const without = groups.find(({ types }) => types !== undefined && !types.has(name));
  if (without === undefined) return [];
  const file = shownPath(without.paths[0] ?? "", root);
  const remedy = didYouMean(name, without.types?.keys() ?? []) || " Export it, or drop its name.";
  return [
    {
      code: "DATA_COLUMN_MISSING",
      severity: "error",
      at: { file, line: 1, column: 1 },
      summary: "Missing column",
      detail: `${file} has no column "${name}".${remedy}`,
    },
  ];
}
