import type { Diagnostic } from "../../diag/diagnostic.ts";
import { identifier, join, literal, raw, type Sql, sql } from "../../model/sql.ts";
import type { Workspace } from "../../model/workspace.ts";
import { isZone } from "../../model/zone-time.ts";
import type { SqlEngine } from "../../ports/sql-engine.ts";

/**
 * Makes the relation `users` from `users_read` by adding the person's zone. Zone names are checked
 * here and not in SQL, where one bad name fails the whole query. `everybody` is a relation with
 * the zones of all users, of whom `users` has the one that is named.
 */
export async function addZones(
  engine: SqlEngine,
  { users, timezone }: Workspace,
  { everybody, onlyUser }: { readonly everybody: Sql; readonly onlyUser: string | undefined },
): Promise<{ readonly zones: readonly string[]; readonly warnings: readonly Diagnostic[] }> {
  const isWanted =
    onlyUser === undefined ? raw("true") : sql`${identifier(users.id)} = ${literal(onlyUser)}`;
  if (users.timezone === undefined) {
    await createUsers(engine, literal(timezone), isWanted);
    return { zones: [timezone], warnings: [] };
  }
  const column = identifier(users.timezone);
  const rows = await engine.rows(sql`SELECT ${column} AS zone, count(*) AS people
    FROM ${everybody} WHERE ${column} IS NOT NULL GROUP BY 1 ORDER BY 1`);
  const known = rows.filter((row) => isZone(String(row["zone"])));
  const unknown = rows.filter((row) => !isZone(String(row["zone"])));
  const names = known.map((row) => String(row["zone"]));
  const list = join(names.map(literal), ", ");
  const isKnown = names.length > 0 ? sql`${column} IN (${list})` : raw("false");
  await createUsers(
    engine,
    sql`CASE WHEN ${isKnown} THEN ${column} ELSE ${literal(timezone)} END`,
    isWanted,
  );
  const people = unknown.reduce((sum, row) => sum + Number(row["people"]), 0);
  const zones = [...new Set([timezone, ...names])].sort();
  return { zones, warnings: people > 0 ? [unknownZones(people, timezone, users.files.at)] : [] };
}

async function createUsers(engine: SqlEngine, zone: Sql, isWanted: Sql): Promise<void> {
  await engine.run(
    sql`CREATE OR REPLACE TEMP VIEW users AS SELECT *, ${zone} AS "posthorn:zone"
      FROM users_read WHERE ${isWanted}`,
  );
}

function unknownZones(people: number, timezone: string, at: Diagnostic["at"]): Diagnostic {
  return {
    code: "DATA_ZONE_UNKNOWN",
    severity: "warning",
    at,
    summary: "Unknown time zones",
    detail:
      `${people} ${people === 1 ? "user has" : "users have"} a time zone that is no IANA name ` +
      `such as Europe/Berlin. They count as living in the workspace's, ${timezone}.`,
  };
}
