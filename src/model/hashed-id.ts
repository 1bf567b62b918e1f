import { createHash } from "node:crypto";
import { raw, type Sql, sql } from "./sql.ts";

const ID_DIGITS = 32;

/**
 * A person's id, or PSID, where it must not stand itself: the first 32 hex digits of SHA-256(key,
 * 0x00, id). `hashedIdSql` says the same in SQL.
 */
export function hashedId(key: string, id: string): string {
  return createHash("sha256").update(`${key}\0${id}`).digest("hex").slice(0, ID_DIGITS);
}

/** The same in SQL; `id` is an expression that gives text. */
export function hashedIdSql(key: string, id: Sql): Sql {
  return sql`substr(sha256(${key} || chr(0) || ${id}), 1, ${raw(String(ID_DIGITS))})`;
}
