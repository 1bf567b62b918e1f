import type { Diagnostic, Place } from "../../diag/diagnostic.ts";
import { identifier, join, literal, raw, type Sql, sql } from "../../model/sql.ts";
import type { SourceFiles } from "../../model/workspace.ts";
import type { SqlEngine } from "../../ports/sql-engine.ts";
import { shownPath } from "./find-files.ts";
import type { ReadSource } from "./read-source.ts";
import type { ColumnType } from "./typed-column.ts";
import { isWrongSql } from "./typed-rows.ts";

/** How many faulty rows are named. */
const MAX_NAMED = 10;

/** A declared type in words. */
const TYPE_WORDS: Readonly<Record<ColumnType, string>> = {
  id: "an id: text, or a whole number with all its digits",
  string: "string",
  number: "number",
  integer: "integer: a whole number of 64 bits",
  boolean: "boolean: true or false",
  timestamp: "timestamp, such as 2026-12-01T10:00:00Z",
  date: "date, such as 2026-12-01",
  "string[]": 'string[]: a list of texts, in CSV such as ["vip","new"]',
};

/** A source with its files, for finding rows in them. */
export interface Searched {
  readonly source: ReadSource;
  readonly paths: readonly string[];
  readonly root: string;
  readonly declared: ReadonlyMap<string, ColumnType>;
  readonly files: SourceFiles;
}

/** Names the first rows with values that contradict their type; the values are not shown. */
export async function findTypeFaults(
  engine: SqlEngine,
  searched: Searched,
  wrongCount: number,
): Promise<Diagnostic[]> {
  const { source, paths, root } = searched;
  const found: Diagnostic[] = [];
  const wrong = source.columns.flatMap((column, index) => {
    const isWrong = isWrongSql(column, index);
    return isWrong === null ? [] : [sql`CASE WHEN ${isWrong} THEN ${literal(column.name)} END`];
  });
  for (const path of paths) {
    if (found.length >= MAX_NAMED) break;
    const rows = await engine.rows(sql`SELECT row, name FROM (
        SELECT "posthorn:row" AS row, unnest([${join(wrong, ", ")}]) AS name
        FROM ${source.numberedRows(path)}) WHERE name IS NOT NULL
      ORDER BY row LIMIT ${raw(String(MAX_NAMED - found.length))}`);
    for (const { row, name } of rows) {
      found.push(typeFault({ path, row: Number(row), name: String(name) }, searched));
    }
  }
  return found.length < wrongCount
    ? [...found, more(found, wrongCount, shownPath(paths[0] ?? "", root))]
    : found;
}

function typeFault(
  { path, row, name }: { readonly path: string; readonly row: number; readonly name: string },
  searched: Searched,
): Diagnostic {
  const { source, declared, root } = searched;
  const file = shownPath(path, root);
  const type = declared.get(name);
  const fileType = source.fileType(path, name);
  const there = fileType === undefined ? "" : ` The column is ${fileType} there.`;
  return {
    code: "DATA_TYPE",
    severity: "error",
    at: placeOf({ file, row }, searched),
    summary: "Value of another type",
    detail:
      `Row ${row} of ${file}: the value of "${name}" does not fit its declared type, ` +
      `${type && TYPE_WORDS[type]}.${there} Values are not converted. ` +
      "Correct the export or the declaration.",
  };
}

/** Rows are lines in NDJSON, and in CSV below its header; in the other formats they are none. */
function placeOf(
  { file, row }: { readonly file: string; readonly row: number },
  { files }: Searched,
): Place {
  const lines = { json: 1, parquet: 1, ndjson: row, csv: row + 1 };
  return { file, line: lines[files.format], column: 1 };
}

function more(named: readonly Diagnostic[], wrongCount: number, file: string): Diagnostic {
  return {
    code: "DATA_TYPE",
    severity: "error",
    at: named.at(-1)?.at ?? { file, line: 1, column: 1 },
    summary: "More values of another type",
    detail: `${wrongCount} rows have values that contradict their type; the first are named above.`,
  };
}

/** A row of a source. */
export interface FoundRow {
  readonly at: Place;
  /** `row 4 of data/users.csv` */
  readonly words: string;
}

/** The first two rows, in order, for which `where` holds. */
export async function findRows(
  engine: SqlEngine,
  searched: Searched,
  where: Sql,
): Promise<readonly FoundRow[]> {
  const found: FoundRow[] = [];
  for (const path of searched.paths) {
    const rows = await engine.rows(sql`SELECT "posthorn:row" AS row
      FROM ${searched.source.numberedRows(path)} WHERE ${where} ORDER BY row LIMIT 2`);
    const file = shownPath(path, searched.root);
    for (const cells of rows) {
      const row = Number(cells["row"]);
      found.push({ at: placeOf({ file, row }, searched), words: `row ${row} of ${file}` });
    }
    if (found.length >= 2) break;
  }
  return found.slice(0, 2);
}

/** One diagnostic for the first value that stands twice in a column of ids. */
export async function findDuplicate(
  engine: SqlEngine,
  searched: Searched,
  of: { readonly relation: Sql; readonly column: string; readonly called: string },
): Promise<Diagnostic[]> {
  const column = identifier(of.column);
  // 64-bit hashes first: they take a fifth of the memory, and few suspects are left.
  const [suspect] = await engine.rows(sql`SELECT id FROM (
      SELECT ${column} AS id FROM ${of.relation} WHERE hash(${column}) IN (
        SELECT h FROM (SELECT hash(${column}) AS h FROM ${of.relation} WHERE ${column} IS NOT NULL)
        GROUP BY h HAVING count(*) > 1))
    GROUP BY id HAVING count(*) > 1 ORDER BY id LIMIT 1`);
  if (suspect === undefined) return [];
  const rows = await findRows(engine, searched, sql`${column} = ${String(suspect["id"])}`);
  return [
    {
      code: "DATA_DUPLICATE",
      severity: "error",
      at: rows.at(-1)?.at ?? placeOf({ file: "", row: 1 }, searched),
      summary: "Duplicate id",
      detail:
        `The same ${of.called} stands in ${rows.map(({ words }) => words).join(" and ")}. ` +
        "Remove one of the rows.",
    },
  ];
}
