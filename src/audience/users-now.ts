import type { Instant } from "../model/instant.ts";
import { identifier, raw, sql } from "../model/sql.ts";
import type { UserSource } from "../model/workspace.ts";
import type { SqlEngine } from "../ports/sql-engine.ts";
import { consentSql } from "./consent-sql.ts";

/** What the user data says of somebody, as far as it decides whether they may be written to. */
export interface UserNow {
  readonly consent: boolean;
  readonly lastInboundAt: Instant | null;
}

/** Those of the users whom the data knows, by id. */
export async function readUsersNow(
  engine: SqlEngine,
  users: UserSource,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, UserNow>> {
  const id = identifier(users.id);
  const consent = sql`coalesce(${consentSql(users, raw("users"))}, false)`;
  const inbound =
    users.lastInbound === undefined ? raw("NULL") : sql`epoch_ms(${identifier(users.lastInbound)})`;
  const rows = await engine.rows(sql`SELECT ${id} AS user_id, ${consent} AS consent,
      ${inbound} AS last_inbound
    FROM users WHERE ${id} IN (SELECT unnest(${userIds}::VARCHAR[]))`);
  return new Map(
    rows.map((row) => [
      String(row["user_id"]),
      { consent: row["consent"] === true, lastInboundAt: row["last_inbound"] as number | null },
    ]),
  );
}
