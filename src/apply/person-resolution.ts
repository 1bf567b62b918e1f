import { Stop } from "../diag/errors.ts";
import type { Resolution } from "../model/resolution.ts";
import { type Sql, sql } from "../model/sql.ts";
import type { SqlEngine } from "../ports/sql-engine.ts";

/** Shorter beginnings of an id are too easily another one's. */
const MIN_ID_DIGITS = 8;

/** A person's decision about one delivery, by its id or the beginning of it. */
export interface Decided {
  readonly id: string;
  readonly as: "sent" | "not_sent";
  readonly note: string;
}

/** Throws Stop `usage` where the ledger has no such delivery, or knows what became of it. */
export async function resolveByPerson(
  engine: SqlEngine,
  ledger: Sql,
  { id, as, note }: Decided,
): Promise<Resolution> {
  if (!/^[0-9a-f]+$/.test(id) || id.length < MIN_ID_DIGITS) {
    throw new Stop(
      "usage",
      `A delivery's id is 64 hex digits, or the first ${MIN_ID_DIGITS} or more.`,
    );
  }
  const rows = await engine.rows(sql`SELECT delivery_id, status FROM (${ledger})
    WHERE starts_with(delivery_id, ${id}) LIMIT 2`);
  const [row, other] = rows;
  if (row === undefined) throw new Stop("usage", `The ledger has no delivery ${id}.`);
  if (other !== undefined) throw new Stop("usage", `Several deliveries begin with ${id}.`);
  if (row["status"] !== "unknown") {
    throw new Stop(
      "usage",
      `The delivery ${id} is ${row["status"]}, so there is nothing to decide. Nothing was changed.`,
    );
  }
  return { deliveryId: String(row["delivery_id"]), as, messageId: null, by: "person", note };
}
