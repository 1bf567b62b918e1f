import { hashedIdSql } from "../model/hashed-id.ts";
import { identifier, type Sql, sql } from "../model/sql.ts";
import type { UserSource } from "../model/workspace.ts";
import type { SqlEngine } from "../ports/sql-engine.ts";

/**
 * Makes the relation `people_keys`: under which keyed hash each user and PSID stands in a state
 * that leaves this machine (SPEC section 9).
 */
export async function writePeopleKeys(
  engine: SqlEngine,
  { id, psid }: Pick<UserSource, "id" | "psid">,
  key: string,
): Promise<void> {
  const hashed = (column: Sql) => hashedIdSql(key, column);
  const [userId, own] = [identifier(id), identifier(psid)];
  await engine.run(sql`CREATE OR REPLACE TEMP TABLE people_keys AS
    SELECT ${userId} AS user_id, ${hashed(userId)} AS user_key,
      ${own} AS psid, ${hashed(own)} AS psid_key FROM users`);
}

/** A ledger of keyed hashes with the ids of everyone whom the user data has. */
export function withOwnIds(ledger: Sql): Sql {
  return sql`SELECT l.* REPLACE (
      coalesce(u.user_id, l.user_id) AS user_id, coalesce(p.psid, l.psid) AS psid)
    FROM (${ledger}) l
    LEFT JOIN people_keys u ON u.user_key = l.user_id
    LEFT JOIN people_keys p ON p.psid_key = l.psid`;
}
