import type { Diagnostic } from "../../diag/diagnostic.ts";
import type { Attributes } from "../../model/attribute.ts";
import { identifier, raw, type Sql, sql } from "../../model/sql.ts";
import type { UserSource, Workspace } from "../../model/workspace.ts";
import { toldProperties } from "../../people/inbound-sql.ts";
import type { SqlEngine } from "../../ports/sql-engine.ts";
import type { NeededColumns } from "../../ports/user-data.ts";
import { findDuplicate, findRows } from "./find-faults.ts";
import { shownPath } from "./find-files.ts";
import { isMissingSql, makeRelation, type Relation } from "./make-relation.ts";
import type { ColumnType } from "./typed-column.ts";

/** The relation with the zones of all users where `users_read` has one alone. */
export const EVERYBODYS_ZONES: Sql = raw("zones_read");

interface Loading {
  readonly needed: NeededColumns;
  readonly paths: readonly string[];
}

/** What came of reading a source. */
export interface Loaded {
  readonly rows: number;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Makes the relation `users_read`, or `users_source` where what people told the page is to be
 * joined to it; gives what is wrong with the data.
 */
export async function loadUsers(
  engine: SqlEngine,
  { users, root }: Workspace,
  { needed, paths }: Loading,
): Promise<Loaded> {
  const declared = columnTypes(users.attributes, [users.id, users.psid]);
  const name = users.inbound === undefined ? "users_read" : "users_source";
  const wanted = {
    name,
    psid: users.psid,
    needed: new Set([...needed.users, users.id, users.psid]),
    required: [users.id],
    unique: [users.id, users.psid],
    only: onlyRows(users.id, needed),
  };
  const relation = await makeRelation(engine, wanted, {
    files: users.files,
    paths,
    root,
    declared,
    optional: new Set(users.inbound === undefined ? [] : ownColumns(users)),
  });
  if ("faults" in relation) return { rows: 0, diagnostics: relation.faults };
  const { rows, malformed } = relation;
  if (users.timezone !== undefined && needed.onlyUser !== undefined) {
    await keepZones(engine, relation, users.timezone);
  }
  const named = [
    { column: users.id, called: "user id" },
    { column: users.psid, called: "PSID" },
  ];
  return {
    rows,
    diagnostics: [
      ...(await missingIds(engine, relation)),
      ...(await duplicates(engine, relation, { name, columns: named })),
      ...malformedPsids(malformed, shownPath(paths[0] ?? "", root)),
    ],
  };
}

/** The columns that Posthorn fills, so that the data may lack them. */
function ownColumns({ psid, lastInbound, consent, consentAt }: UserSource): string[] {
  const columns = [
    psid,
    lastInbound,
    consent === "assumed" ? undefined : consent.column,
    consentAt,
  ];
  return columns.filter((column) => column !== undefined);
}

/** Makes the relation `events`, or `events_source` likewise; gives what is wrong with the data. */
export async function loadEvents(
  engine: SqlEngine,
  { events, users, root }: Workspace,
  { needed, paths }: Loading,
): Promise<Loaded> {
  if (events === undefined) return { rows: 0, diagnostics: [] };
  const { files } = events;
  const declared = columnTypes(events.properties, [events.id, events.user]);
  const special = [events.id, events.user, events.name, events.at];
  const name = users.inbound === undefined ? "events" : "events_source";
  const optional = new Set(users.inbound === undefined ? [] : toldProperties(events));
  const wanted = {
    name,
    psid: undefined,
    needed: new Set([...needed.events, ...special]),
    required: special,
    unique: [events.id],
    only: onlyRows(events.user, needed),
  };
  const relation = await makeRelation(engine, wanted, {
    files,
    paths,
    root,
    declared,
    optional,
  });
  if ("faults" in relation) return { rows: 0, diagnostics: relation.faults };
  const named = [{ column: events.id, called: "event id" }];
  const user = sql`e.${identifier(events.user)}`;
  return {
    rows: relation.rows,
    diagnostics: [
      ...(await missingIds(engine, relation)),
      ...(await duplicates(engine, relation, { name, columns: named })),
      ...(await unknownUsers(engine, raw(name), { user, id: users.id, at: files.at })),
    ],
  };
}

function onlyRows(column: string, { onlyUser }: NeededColumns) {
  return onlyUser === undefined ? undefined : { column, value: onlyUser };
}

/** When a campaign is due depends on everybody's zones, also where one person's row is read. */
async function keepZones(engine: SqlEngine, of: Relation, timezone: string): Promise<void> {
  await engine.run(sql`CREATE OR REPLACE TEMP VIEW ${EVERYBODYS_ZONES} AS
    SELECT ${identifier(timezone)} FROM ${of.searched.source.rows}`);
}

function columnTypes(attributes: Attributes, ids: readonly string[]): Map<string, ColumnType> {
  return new Map(
    [...attributes.values()].map(({ name, type }) => [name, ids.includes(name) ? "id" : type]),
  );
}

async function missingIds(
  engine: SqlEngine,
  { searched, missing }: Relation,
): Promise<Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  for (const [column, rows] of missing) {
    if (rows === 0) continue;
    const [first] = await findRows(engine, searched, isMissingSql(column));
    diagnostics.push({
      code: "DATA_ID_MISSING",
      severity: "error",
      at: first?.at ?? { file: "", line: 1, column: 1 },
      summary: "Missing id",
      detail:
        `There is no "${column}" in ${first?.words}, and every row needs one. ` +
        `Rows without: ${rows}.`,
    });
  }
  return diagnostics;
}

async function duplicates(
  engine: SqlEngine,
  { searched, repeated }: Relation,
  of: {
    readonly name: string;
    readonly columns: readonly { readonly column: string; readonly called: string }[];
  },
): Promise<Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  for (const { column, called } of of.columns.filter((one) => repeated.has(one.column))) {
    const where = { relation: raw(of.name), column, called };
    diagnostics.push(...(await findDuplicate(engine, searched, where)));
  }
  return diagnostics;
}

function malformedPsids(people: number, file: string): Diagnostic[] {
  if (people === 0) return [];
  return [
    {
      code: "DATA_PSID_MALFORMED",
      severity: "warning",
      at: { file, line: 1, column: 1 },
      summary: "Malformed PSIDs",
      detail:
        `${people} ${people === 1 ? "user has" : "users have"} a PSID that is not 5 to 20 ` +
        "digits. They count as having none.",
    },
  ];
}

async function unknownUsers(
  engine: SqlEngine,
  relation: Sql,
  of: { readonly user: Sql; readonly id: string; readonly at: Diagnostic["at"] },
): Promise<Diagnostic[]> {
  const { user } = of;
  const [row] = await engine.rows(sql`SELECT count(*) AS events FROM ${relation} e
    ANTI JOIN users_read u ON u.${identifier(of.id)} = ${user} WHERE ${user} IS NOT NULL`);
  const events = Number(row?.["events"] ?? 0);
  if (events === 0) return [];
  return [
    {
      code: "DATA_USER_UNKNOWN",
      severity: "warning",
      at: of.at,
      summary: "Events of unknown users",
      detail:
        `${events} ${events === 1 ? "event belongs" : "events belong"} to users that the user ` +
        "data lacks. They are left out.",
    },
  ];
}
