import { type Sql, sql } from "../model/sql.ts";
import type { SqlEngine } from "../ports/sql-engine.ts";
import type { LedgerFile } from "../ports/state-store.ts";
import { deliveriesSql } from "./deliveries-sql.ts";

/** Where a ledger names a person. */
export interface PersonFiles {
  readonly files: readonly LedgerFile[];
  /** Every PSID that deliveries to the user went to. */
  readonly psids: readonly string[];
  readonly deliveries: number;
}

/**
 * Looks for a person by what stands in the ledger: their user id, and the PSIDs that are known of
 * them, also under another user id. File by file, so that each can be made anew by itself.
 */
export async function personFiles(
  engine: SqlEngine,
  files: readonly LedgerFile[],
  of: { readonly userId: string; readonly psids: readonly string[] },
): Promise<PersonFiles> {
  const psids = new Set(of.psids);
  for (const file of files) {
    const rows = await engine.rows(sql`SELECT DISTINCT psid FROM (${claimsIn(file)})
      WHERE user_id = ${of.userId} AND psid IS NOT NULL`);
    for (const row of rows) psids.add(String(row["psid"]));
  }
  const isAmong = sql`psid IN (SELECT unnest(${[...psids]}::VARCHAR[]))`;
  const named: LedgerFile[] = [];
  const deliveries = new Set<string>();
  for (const file of files) {
    const rows = await engine.rows(sql`SELECT lower(hex(delivery)) AS id
      FROM (${claimsIn(file)}) WHERE user_id = ${of.userId} OR ${isAmong}`);
    if (rows.length > 0) named.push(file);
    for (const row of rows) deliveries.add(String(row["id"]));
  }
  return { files: named, psids: [...psids], deliveries: deliveries.size };
}

function claimsIn(file: LedgerFile): Sql {
  return deliveriesSql([file]);
}
