import { hashedIdSql } from "../model/hashed-id.ts";
import { identifier, raw, type Sql, sql } from "../model/sql.ts";
import type { UserSource } from "../model/workspace.ts";
import type { SqlEngine } from "../ports/sql-engine.ts";
import type { Forgotten } from "../ports/state-store.ts";

/** The relation `forgotten` where nobody is. */
export const NOBODY_FORGOTTEN: Sql = raw(
  "CREATE OR REPLACE TEMP TABLE forgotten (user_id VARCHAR)",
);

/** Makes the relation `forgotten`: the users who asked for it, though the user data has them. */
export async function writeForgotten(
  engine: SqlEngine,
  { id, psid }: Pick<UserSource, "id" | "psid">,
  forgotten: Forgotten | null,
): Promise<void> {
  if (forgotten === null) return engine.run(NOBODY_FORGOTTEN);
  const { key, users, psids } = forgotten;
  const isAmong = (column: Sql, hashes: readonly string[]) =>
    sql`${hashedIdSql(key, column)} IN (SELECT unnest(${hashes}::VARCHAR[]))`;
  const [userId, own] = [identifier(id), identifier(psid)];
  await engine.run(sql`CREATE OR REPLACE TEMP TABLE forgotten AS
    SELECT ${userId} AS user_id FROM users
    WHERE ${isAmong(userId, users)} OR ${isAmong(own, psids)}`);
}
