import type { RenderValues } from "../message/compile-content.ts";
import type { OccurrenceId } from "../model/delivery.ts";
import type { Instant } from "../model/instant.ts";
import type { JsonObject } from "../model/json.ts";
import { join, sql } from "../model/sql.ts";
import type { Batch, Cell, SqlEngine } from "../ports/sql-engine.ts";
import { type Candidates, personalVariables } from "./candidates-sql.ts";
import { messageColumns } from "./pool.ts";

/** Somebody who gets the campaign, with the message. */
export interface Recipient {
  readonly userId: string;
  readonly psid: string;
  readonly occurrence: OccurrenceId;
  readonly variant: string | null;
  readonly lastInboundAt: Instant | null;
  readonly zone: string;
  readonly message: JsonObject;
}

/** The eligible people of the table `pool`, in the order they are due. */
export async function* readRecipients(
  engine: SqlEngine,
  candidates: Candidates,
): AsyncGenerator<readonly Recipient[]> {
  const names = personalVariables(candidates).map(({ attribute }) => attribute.name);
  const columns = join(messageColumns(candidates), ", ");
  const rows = engine.stream(sql`SELECT user_id, psid, occurrence, epoch_ms(last_inbound),
    person_zone, ${columns} FROM pool WHERE reason IS NULL ORDER BY due_at, occurrence, user_id`);
  for await (const batch of rows) yield recipientsOf(batch, names, candidates);
}

function recipientsOf(
  batch: Batch,
  names: readonly string[],
  { content, workspace }: Candidates,
): Recipient[] {
  const recipients: Recipient[] = [];
  for (let row = 0; row < batch.rowCount; row++) {
    const cells = batch.columns.map((column) => column[row] ?? null);
    const [userId, psid, occurrence, lastInboundAt, zone, variant, locale, , ...own] = cells as [
      string,
      string,
      string,
      number | null,
      string,
      string | null,
      string | null,
      ...Cell[],
    ];
    const values: RenderValues = {
      ...workspace.vars,
      ...Object.fromEntries(names.map((name, index) => [name, own[index] ?? null])),
    };
    const rendered = content.render({ variant, locale, zone, values });
    if (rendered.kind !== "message") continue; // the pool holds none: they were judged before
    const { message } = rendered;
    recipients.push({ userId, psid, occurrence, variant, lastInboundAt, zone, message });
  }
  return recipients;
}
