import { identifier, raw, type Sql, sql } from "../model/sql.ts";
import type { UserSource } from "../model/workspace.ts";
import { OPTED_OUT } from "../people/joined-sql.ts";

/**
 * Whether a row of users gave their consent, NULL where nothing is known of it. Assumed consent
 * ends where somebody told the page to stop.
 */
export function consentSql({ consent, inbound }: UserSource, user: Sql): Sql {
  if (consent !== "assumed") return sql`${user}.${identifier(consent.column)}`;
  return inbound === undefined ? raw("true") : sql`${user}.${OPTED_OUT} IS NOT TRUE`;
}
