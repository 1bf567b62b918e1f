import type { Diagnostic } from "../../diag/diagnostic.ts";
import { identifier, join, literal, raw, type Sql, sql } from "../../model/sql.ts";
import type { SqlEngine } from "../../ports/sql-engine.ts";
import { findTypeFaults, type Searched } from "./find-faults.ts";
import type { Declared } from "./group-files.ts";
import { type ReadSource, readSource } from "./read-source.ts";
import type { TypedColumn } from "./typed-column.ts";
import { anyWrongSql } from "./typed-rows.ts";

/** A PSID is 5 to 20 digits. Source: messenger-platform.md section 8. */
const IS_PSID = "'\\d{5,20}'";
/** How many rows are looked at before all are read. */
const HEAD_ROWS = 2_048;

/** The relation that a source is to become. */
export interface Wanted {
  readonly name: string;
  /** The column of PSIDs, of which malformed ones become NULL. */
  readonly psid: string | undefined;
  /** The columns that queries will look at. */
  readonly needed: ReadonlySet<string>;
  /** The columns that every row must fill. */
  readonly required: readonly string[];
  /** The columns in which no value may stand twice. */
  readonly unique: readonly string[];
  /** The rows that are wanted; undefined: all. */
  readonly only: { readonly column: string; readonly value: string } | undefined;
}

/** A relation, and how many rows of it are odd. */
export interface Relation {
  readonly searched: Searched;
  readonly rows: number;
  /** Rows with a PSID that is none. */
  readonly malformed: number;
  /** Rows that lack a required column, by column. */
  readonly missing: ReadonlyMap<string, number>;
  /** Columns that seem to hold a value twice; equal 64-bit hashes, so to be confirmed. */
  readonly repeated: ReadonlySet<string>;
}

/** Reads a source into a relation; the faults, where its values contradict their types. */
export async function makeRelation(
  engine: SqlEngine,
  wanted: Wanted,
  from: Declared,
): Promise<Relation | { readonly faults: readonly Diagnostic[] }> {
  const exact = new Set<string>();
  const first = await readSource(engine, from, exact);
  if (first.diagnostics.length > 0) return { faults: first.diagnostics };
  const head = sql`(SELECT * FROM ${first.fromOne(from.paths[0] ?? "")}
    LIMIT ${raw(String(HEAD_ROWS))})`;
  for (const name of await doubtfulColumns(engine, first, head)) exact.add(name);
  for (;;) {
    const source = await readSource(engine, from, exact);
    await engine.run(createSql(wanted, from, source));
    const counted = await countRows(engine, wanted);
    if (counted.doubtful > 0) {
      for (const name of await doubtfulColumns(engine, source, source.from)) exact.add(name);
      continue;
    }
    const searched = { source, ...from };
    if (counted.wrong === 0) return { searched, ...counted };
    return { faults: await findTypeFaults(engine, searched, counted.wrong) };
  }
}

/** The columns with a value that may have been of another type than its text shows. */
async function doubtfulColumns(
  engine: SqlEngine,
  { columns }: ReadSource,
  from: Sql,
): Promise<string[]> {
  const doubts = columns.flatMap(({ name, isDoubtful }) =>
    isDoubtful === null ? [] : [{ name, isDoubtful }],
  );
  if (doubts.length === 0) return [];
  const counts = doubts.map(
    ({ isDoubtful }, index) => sql`count_if(${isDoubtful}) AS ${raw(`d${index}`)}`,
  );
  const [row] = await engine.rows(sql`SELECT ${join(counts, ", ")} FROM ${from}`);
  return doubts.flatMap(({ name }, index) => (Number(row?.[`d${index}`]) > 0 ? [name] : []));
}

/** Parquet is read where it lies at every query; text, and what few rows are wanted, once. */
function createSql(wanted: Wanted, { files }: Declared, source: ReadSource): Sql {
  const { only } = wanted;
  const kept = source.columns.filter((column) => wanted.needed.has(column.name));
  const shown = kept.map((column) => shownColumn(column, wanted.psid));
  const kind = raw(files.format === "parquet" && only === undefined ? "VIEW" : "TABLE");
  const where =
    only === undefined ? raw("") : sql`WHERE ${identifier(only.column)} = ${literal(only.value)}`;
  return sql`CREATE OR REPLACE TEMP ${kind} ${identifier(wanted.name)} AS
    SELECT ${join(shown, ", ")}, ${oddSql(wanted.psid)} AS "posthorn:odd", "posthorn:doubt",
      ${anyWrongSql(source.columns)} AS "posthorn:wrong"
    FROM ${source.rows} ${where}`;
}

function shownColumn({ name }: TypedColumn, psid: string | undefined): Sql {
  const column = identifier(name);
  return name === psid ? sql`CASE WHEN ${isPsid(column)} THEN ${column} END AS ${column}` : column;
}

function oddSql(psid: string | undefined): Sql {
  if (psid === undefined) return raw("false");
  const column = identifier(psid);
  return sql`${column} IS NOT NULL AND NOT ${isPsid(column)}`;
}

function isPsid(column: Sql): Sql {
  return sql`regexp_full_match(${column}, ${raw(IS_PSID)})`;
}

/** Everything that is asked of all rows, in one pass over them. */
async function countRows(engine: SqlEngine, { name, required, unique }: Wanted) {
  const missing = required.map(
    (column, index) => sql`count_if(${isMissingSql(column)}) AS ${raw(`missing_${index}`)}`,
  );
  const repeated = unique.map((one, index) => {
    const column = identifier(one);
    return sql`count(${column}) - count(DISTINCT hash(${column})) AS ${raw(`repeated_${index}`)}`;
  });
  const [row] = await engine.rows(sql`SELECT count(*) AS rows, count_if("posthorn:wrong") AS wrong,
    count_if("posthorn:doubt") AS doubtful, count_if("posthorn:odd") AS malformed,
    ${join([...missing, ...repeated], ", ")} FROM ${identifier(name)}`);
  const count = (key: string) => Number(row?.[key] ?? 0);
  return {
    rows: count("rows"),
    wrong: count("wrong"),
    doubtful: count("doubtful"),
    malformed: count("malformed"),
    missing: new Map(required.map((column, index) => [column, count(`missing_${index}`)])),
    repeated: new Set(unique.filter((_, index) => count(`repeated_${index}`) > 0)),
  };
}

/** Over a row of a relation or source: whether a column that every row must fill is empty. */
export function isMissingSql(name: string): Sql {
  const column = identifier(name);
  return sql`(${column} IS NULL OR ${column}::VARCHAR = '')`;
}
