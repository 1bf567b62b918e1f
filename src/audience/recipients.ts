import { chanceSql } from "../model/chance.ts";
import type { OccurrenceId } from "../model/delivery.ts";
import type { Instant } from "../model/instant.ts";
import type { JsonObject } from "../model/json.ts";
import { join, raw, type Sql, sql } from "../model/sql.ts";
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
  /** The last instant at which it is still due. */
  readonly lateAt: Instant;
  readonly zone: string;
  readonly message: JsonObject;
}

/** Some of the eligible people, one after the other in the order of the rollout. */
export interface Stretch {
  /** Undefined: of all occurrences. */
  readonly occurrence: OccurrenceId | undefined;
  /** How many to pass over. */
  readonly skip: number;
  readonly take: number;
}

/**
 * The eligible people of the table `pool`, in the order they are due; or a stretch of them. An
 * occurrence's people are in the order of a hash, so that a wave is a fair sample. People who are
 * all due at once are not sorted: of a million that takes 130 MB.
 */
export async function* readRecipients(
  engine: SqlEngine,
  candidates: Candidates,
  stretch?: Stretch,
): AsyncGenerator<readonly Recipient[]> {
  const names = personalVariables(candidates).map(({ attribute }) => attribute.name);
  const columns = join(messageColumns(candidates), ", ");
  const order = stretch === undefined ? await orderByDue(engine) : stretchSql(stretch, candidates);
  const rows = engine.stream(sql`SELECT user_id, psid, occurrence, epoch_ms(last_inbound),
    epoch_ms(late_at), person_zone, ${columns} FROM pool WHERE reason IS NULL
    ${order}`);
  for await (const batch of rows) yield recipientsOf(batch, names, candidates);
}

async function orderByDue(engine: SqlEngine): Promise<Sql> {
  const [row] = await engine.rows(
    raw(`SELECT min(due_at) IS NOT DISTINCT FROM max(due_at)
    AND min(occurrence) IS NOT DISTINCT FROM max(occurrence) AS is_one FROM pool
    WHERE reason IS NULL`),
  );
  return row?.["is_one"] === true ? raw("") : BY_DUE;
}

const BY_DUE = raw("ORDER BY due_at, occurrence, user_id");

function stretchSql({ occurrence, skip, take }: Stretch, { campaign }: Candidates): Sql {
  const bounds = sql`LIMIT ${BigInt(take)} OFFSET ${BigInt(skip)}`;
  if (occurrence === undefined) return sql`${BY_DUE} ${bounds}`;
  const chance = chanceSql("rollout", campaign.rootId, raw("occurrence || chr(0) || user_id"));
  return sql`AND occurrence = ${occurrence} ORDER BY ${chance}, user_id ${bounds}`;
}

/** Runs a million times: objects that are spread each get a hidden class of their own from V8. */
function recipientsOf(
  { rowCount, columns }: Batch,
  names: readonly string[],
  { content, workspace }: Candidates,
): Recipient[] {
  const [userIds, psids, occurrences, inbounds, lateAts, zones, variants, locales, , ...own] =
    columns as [Texts, Texts, Texts, Numbers, Numbers, Texts, Texts, Texts, ...Batch["columns"]];
  const vars = Object.entries(workspace.vars);
  const recipients: Recipient[] = [];
  for (let row = 0; row < rowCount; row++) {
    const values: Record<string, Cell> = {};
    for (const [name, value] of vars) values[name] = value;
    for (const [index, name] of names.entries()) values[name] = own[index]?.[row] ?? null;
    const variant = variants[row] ?? null;
    const zone = zones[row] ?? "";
    const rendered = content.render({ variant, locale: locales[row] ?? null, zone, values });
    if (rendered.kind !== "message") continue; // the pool holds none: they were judged before
    recipients.push({
      userId: userIds[row] ?? "",
      psid: psids[row] ?? "",
      occurrence: occurrences[row] ?? "",
      variant,
      lastInboundAt: inbounds[row] ?? null,
      lateAt: lateAts[row] ?? 0,
      zone,
      message: rendered.message,
    });
  }
  return recipients;
}

type Texts = readonly (string | null)[];
type Numbers = readonly (number | null)[];
