import { createHash } from "node:crypto";
import { raw, type Sql, sql } from "./sql.ts";

/** What a chance decides; people who are in one sample need not be in another. */
export type ChanceKind = "sample" | "holdout" | "variant" | "rollout";

/**
 * A person's chance, evenly spread over [0, 1) and the same on every run and machine:
 * the first 52 bits of SHA-256(kind, 0x00, seed, 0x00, user id), over 2^52.
 */
export function chance(kind: ChanceKind, seed: string, userId: string): number {
  const digest = createHash("sha256").update(`${kind}\0${seed}\0${userId}`).digest("hex");
  return Number.parseInt(digest.slice(0, 13), 16) / 2 ** 52;
}

/** The same number in SQL; `userId` is an expression that gives text. */
export function chanceSql(kind: ChanceKind, seed: string, userId: Sql): Sql {
  const hashed = sql`sha256(${kind} || chr(0) || ${seed} || chr(0) || ${userId})`;
  return sql`(('0x' || substr(${hashed}, 1, 13))::UBIGINT / ${raw("4503599627370496.0")})`;
}
