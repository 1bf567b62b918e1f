import type { Diagnostic } from "../../diag/diagnostic.ts";
import { identifier, join, literal, raw, type Sql, sql } from "../../model/sql.ts";
import type { SqlEngine } from "../../ports/sql-engine.ts";
import { shownPath } from "./find-files.ts";
import type { ReadSource } from "./read-source.ts";
import type { ColumnType } from "./typed-column.ts";
import { isWrongSql, numberedRowsSql } from "./typed-rows.ts";

/** How many faulty rows are named. */
const MAX_NAMED = 10;

/** A source with its files, for finding rows in them. */
export interface Searched {
  readonly source: ReadSource;
  readonly paths: readonly string[];
  readonly root: string;
  readonly declared: ReadonlyMap<string, ColumnType>;
  /** 1 where the first row of a file is its header. */
  readonly headerLines: number;
}

/** Names the first rows with values that contradict their type; the values are not shown. */
export async function findTypeFaults(
  engine: SqlEngine,
  searched: Searched,
  wrongCount: number,
): Promise<Diagnostic[]> {
  const { source, paths, root, declared } = searched;
  const found: Diagnostic[] = [];
  const wrong = source.columns.flatMap((column, index) => {
    const isWrong = isWrongSql(column, index);
    return isWrong === null ? [] : [sql`CASE WHEN ${isWrong} THEN ${literal(column.name)} END`];
  });
  for (const path of paths) {
    if (found.length >= MAX_NAMED) break;
    const rows = await engine.rows(sql`SELECT row, name FROM (
        SELECT "posthorn:row" AS row, unnest([${join(wrong, ", ")}]) AS name
        FROM ${numberedRowsSql(source.columns, source.fromOne(path))}) WHERE name IS NOT NULL
      ORDER BY row LIMIT ${raw(String(MAX_NAMED - found.length))}`);
    for (const { row, name } of rows) {
      const place = {
        path,
        row: Number(row),
        name: String(name),
        type: declared.get(String(name)),
      };
      found.push(typeFault(place, searched));
    }
  }
  return found.length < wrongCount
    ? [...found, more(found, wrongCount, shownPath(paths[0] ?? "", root))]
    : found;
}

function typeFault(
  place: {
    readonly path: string;
    readonly row: number;
    readonly name: string;
    readonly type: string | undefined;
  },
  { root, headerLines }: Searched,
): Diagnostic {
  const file = shownPath(place.path, root);
  const type = place.type === "id" ? "an id: text or a whole number" : place.type;
  return {
    code: "DATA_TYPE",
    severity: "error",
    at: { file, line: place.row + headerLines, column: 1 },
    summary: "Value of another type",
    detail:
      `Row ${place.row} of ${file}: the value of "${place.name}" does not fit its declared type, ` +
      `${type}. Values are not converted. Correct the export or the declaration.`,
  };
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

/** The rows, in order, in which a column has a value that must be there once. */
export async function findRows(
  engine: SqlEngine,
  { source, paths, root, headerLines }: Searched,
  where: Sql,
): Promise<{ readonly file: string; readonly line: number; readonly row: number }[]> {
  const found = [];
  for (const path of paths) {
    const rows = await engine.rows(sql`SELECT "posthorn:row" AS row
      FROM ${numberedRowsSql(source.columns, source.fromOne(path))} WHERE ${where}
      ORDER BY row LIMIT 2`);
    const file = shownPath(path, root);
    for (const { row } of rows) {
      found.push({ file, line: Number(row) + headerLines, row: Number(row) });
    }
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
  const [first, second] = rows;
  const where = rows.map(({ file, row }) => `row ${row} of ${file}`).join(" and ");
  return [
    {
      code: "DATA_DUPLICATE",
      severity: "error",
      at: { file: second?.file ?? first?.file ?? "", line: second?.line ?? 1, column: 1 },
      summary: "Duplicate id",
      detail: `The same ${of.called} stands in ${where}. Remove one of the rows.`,
    },
  ];
}
