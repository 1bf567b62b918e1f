import type { Diagnostic } from "../../diag/diagnostic.ts";
import type { Attributes } from "../../model/attribute.ts";
import { identifier, join, raw, type Sql, sql } from "../../model/sql.ts";
import type { SourceFiles, Workspace } from "../../model/workspace.ts";
import type { SqlEngine } from "../../ports/sql-engine.ts";
import type { NeededColumns } from "../../ports/user-data.ts";
import { findDuplicate, findRows, findTypeFaults, type Searched } from "./find-faults.ts";
import { shownPath } from "./find-files.ts";
import { type ReadSource, readSource, unreadable } from "./read-source.ts";
import type { ColumnType, TypedColumn } from "./typed-column.ts";
import { anyWrongSql, typedRowsSql } from "./typed-rows.ts";

interface Loading {
  readonly needed: NeededColumns;
  readonly paths: readonly string[];
}

/** A PSID is 5 to 20 digits. Source: messenger-platform.md section 8. */
const IS_PSID = "'\\d{5,20}'";

/** Makes the relation `users_read`; gives what is wrong with the data. */
export async function loadUsers(
  engine: SqlEngine,
  workspace: Workspace,
  loading: Loading,
): Promise<Diagnostic[]> {
  const { users } = workspace;
  const declared = columnTypes(users.attributes, [users.id, users.psid]);
  const needed = new Set([...loading.needed.users, users.id, users.psid]);
  const psid = identifier(users.psid);
  const extra = sql`${psid} IS NOT NULL AND NOT regexp_full_match(${psid}, ${raw(IS_PSID)})`;
  const relation = { name: "users_read", psid: users.psid, extra };
  const searched = await load(
    engine,
    { ...relation, files: users.files, needed },
    {
      declared,
      paths: loading.paths,
      root: workspace.root,
    },
  );
  if ("faults" in searched) return searched.faults;
  return [
    ...(await missingIds(engine, searched, { relation: "users_read", column: users.id })),
    ...(await findDuplicate(engine, searched, {
      relation: raw("users_read"),
      column: users.id,
      called: "user id",
    })),
    ...(await findDuplicate(engine, searched, {
      relation: raw("users_read"),
      column: users.psid,
      called: "PSID",
    })),
    ...(await malformedPsids(engine, shownPath(loading.paths[0] ?? "", workspace.root))),
  ];
}

/** Makes the relation `events`; gives what is wrong with the data. */
export async function loadEvents(
  engine: SqlEngine,
  workspace: Workspace,
  loading: Loading,
): Promise<Diagnostic[]> {
  const { events, users } = workspace;
  if (events === undefined) return [];
  const declared = columnTypes(events.properties, [events.id, events.user]);
  const special = [events.id, events.user, events.name, events.at];
  const needed = new Set([...loading.needed.events, ...special]);
  const relation = { name: "events", psid: undefined, extra: raw("false") };
  const searched = await load(
    engine,
    { ...relation, files: events.files, needed },
    {
      declared,
      paths: loading.paths,
      root: workspace.root,
    },
  );
  if ("faults" in searched) return searched.faults;
  const missing = [];
  for (const column of special) {
    missing.push(...(await missingIds(engine, searched, { relation: "events", column })));
  }
  const twice = { relation: raw("events"), column: events.id, called: "event id" };
  return [
    ...missing,
    ...(await findDuplicate(engine, searched, twice)),
    ...(await unknownUsers(engine, sql`e.${identifier(events.user)}`, {
      id: users.id,
      at: events.files.at,
    })),
  ];
}

function columnTypes(attributes: Attributes, ids: readonly string[]): Map<string, ColumnType> {
  return new Map(
    [...attributes.values()].map(({ name, type }) => [name, ids.includes(name) ? "id" : type]),
  );
}

/** Reads a source into a relation; the faults, where its values contradict their types. */
async function load(
  engine: SqlEngine,
  relation: {
    readonly name: string;
    readonly psid: string | undefined;
    /** Marks rows that are to be counted. */
    readonly extra: Sql;
    readonly files: SourceFiles;
    readonly needed: ReadonlySet<string>;
  },
  from: Pick<Searched, "declared" | "paths" | "root">,
): Promise<Searched | { readonly faults: Diagnostic[] }> {
  const { files } = relation;
  try {
    const source = await readSource(engine, { files, ...from }, from.declared);
    if (source.diagnostics.length > 0) return { faults: [...source.diagnostics] };
    await engine.run(createSql(relation, source));
    const searched = { source, ...from, headerLines: files.format === "csv" ? 1 : 0 };
    const [row] = await engine.rows(
      sql`SELECT count(*) AS wrong FROM ${raw(relation.name)} WHERE "posthorn:wrong"`,
    );
    const wrong = Number(row?.["wrong"] ?? 0);
    return wrong === 0 ? searched : { faults: await findTypeFaults(engine, searched, wrong) };
  } catch (fault) {
    return { faults: [unreadable(fault, from)] };
  }
}

/** Parquet is read where it lies at every query; text is read once. */
function createSql(
  relation: {
    readonly name: string;
    readonly psid: string | undefined;
    readonly extra: Sql;
    readonly files: SourceFiles;
    readonly needed: ReadonlySet<string>;
  },
  source: ReadSource,
): Sql {
  const { name, psid, extra, files, needed } = relation;
  const kept = source.columns.filter((column) => needed.has(column.name));
  const shown = kept.map((column) => shownColumn(column, psid));
  const kind = raw(files.format === "parquet" ? "VIEW" : "TABLE");
  return sql`CREATE OR REPLACE TEMP ${kind} ${identifier(name)} AS
    SELECT ${join(shown, ", ")}, ${extra} AS "posthorn:odd",
      ${anyWrongSql(source.columns)} AS "posthorn:wrong"
    FROM ${typedRowsSql(source.columns, source.from)}`;
}

function shownColumn({ name }: TypedColumn, psid: string | undefined): Sql {
  const column = identifier(name);
  if (name !== psid) return column;
  const isPsid = sql`regexp_full_match(${column}, ${raw(IS_PSID)})`;
  return sql`CASE WHEN ${isPsid} THEN ${column} END AS ${column}`;
}

async function missingIds(
  engine: SqlEngine,
  searched: Searched,
  of: { readonly relation: string; readonly column: string },
): Promise<Diagnostic[]> {
  const column = identifier(of.column);
  const isMissing = sql`(${column} IS NULL OR ${column}::VARCHAR = '')`;
  const [row] = await engine.rows(
    sql`SELECT count(*) AS rows FROM ${raw(of.relation)} WHERE ${isMissing}`,
  );
  if (Number(row?.["rows"] ?? 0) === 0) return [];
  const [first] = await findRows(engine, searched, isMissing);
  return [
    {
      code: "DATA_ID_MISSING",
      severity: "error",
      at: { file: first?.file ?? "", line: first?.line ?? 1, column: 1 },
      summary: "Missing id",
      detail:
        `Row ${first?.row} of ${first?.file} has no "${of.column}", which every row needs. ` +
        `${row?.["rows"]} rows lack it.`,
    },
  ];
}

async function malformedPsids(engine: SqlEngine, file: string): Promise<Diagnostic[]> {
  const [row] = await engine.rows(
    raw(`SELECT count(*) AS people FROM users_read WHERE "posthorn:odd"`),
  );
  const people = Number(row?.["people"] ?? 0);
  if (people === 0) return [];
  return [
    {
      code: "DATA_PSID_MALFORMED",
      severity: "warning",
      at: { file, line: 1, column: 1 },
      summary: "Malformed PSIDs",
      detail: `${people} users have a PSID that is not 5 to 20 digits. They count as having none.`,
    },
  ];
}

async function unknownUsers(
  engine: SqlEngine,
  user: Sql,
  of: { readonly id: string; readonly at: Diagnostic["at"] },
): Promise<Diagnostic[]> {
  const [row] = await engine.rows(sql`SELECT count(*) AS events FROM events e
    ANTI JOIN users_read u ON u.${identifier(of.id)} = ${user}`);
  const events = Number(row?.["events"] ?? 0);
  if (events === 0) return [];
  return [
    {
      code: "DATA_USER_UNKNOWN",
      severity: "warning",
      at: of.at,
      summary: "Events of unknown users",
      detail: `${events} events belong to users that the user data lacks. They are left out.`,
    },
  ];
}
