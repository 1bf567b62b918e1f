import type { Rendered } from "../message/compile-content.ts";
import type { OccurrenceId, Reason } from "../model/delivery.ts";
import { identifier, join, raw, type Sql, sql } from "../model/sql.ts";
import type { Cell, SqlEngine } from "../ports/sql-engine.ts";
import { type Candidates, candidatesSql, personalVariables } from "./candidates-sql.ts";
import { messageColumns } from "./pool.ts";

/** One person (and event) before one campaign. */
export interface Inspection {
  readonly isMatched: boolean;
  /** Null: the schedule has none for the person. */
  readonly occurrence: OccurrenceId | null;
  /** The one reason the person is left out for; null: none, or not matched. */
  readonly reason: Reason | null;
  readonly variant: string | null;
  readonly locale: string | null;
  readonly rendered: Rendered;
}

/** Whom to look at, and with which words. */
export interface Subject {
  readonly userId: string;
  /** For `on:`, the event that sets it off; undefined: the person's latest. */
  readonly eventId: string | undefined;
  /** In place of the person's own. */
  readonly variant?: string;
  readonly locale?: string;
}

/** Judges one person as the campaign's query would; undefined without such a user or event. */
export async function inspect(
  engine: SqlEngine,
  candidates: Candidates,
  subject: Subject,
): Promise<Inspection | undefined> {
  const matched = await rowOf(engine, candidates, subject);
  const found = matched ?? (await rowOf(engine, withoutConditions(candidates), subject));
  if (found === undefined) return undefined;
  const variant = subject.variant ?? found.variant;
  const locale = candidates.content.localeFor(variant, subject.locale ?? found.locale);
  const rendered = candidates.content.render({ ...found, variant, locale });
  const reason = matched === undefined ? null : (matched.reason ?? messageReason(rendered));
  const { occurrence } = found;
  return { isMatched: matched !== undefined, occurrence, reason, variant, locale, rendered };
}

/** Everybody and every event of the name, for whoever is not matched. */
export function withoutConditions(candidates: Candidates): Candidates {
  const isTrigger = candidates.isTrigger === null ? null : raw("true");
  return { ...candidates, isMatched: raw("true"), isTrigger };
}

function messageReason({ kind }: Rendered): Reason | null {
  if (kind === "missing") return "missing_value";
  return kind === "invalid" ? "invalid_message" : null;
}

async function rowOf(engine: SqlEngine, candidates: Candidates, subject: Subject) {
  const columns = join(messageColumns(candidates), ", ");
  const [row] = await engine.rows(sql`SELECT reason, occurrence, person_zone, ${columns}
    FROM (${candidatesSql(candidates)}) WHERE ${isSubject(subject)}
    ORDER BY due_at DESC LIMIT 1`);
  if (row === undefined) return undefined;
  const own = personalVariables(candidates).map(({ attribute }, index) => [
    attribute.name,
    row[`v${index}`] ?? null,
  ]);
  return {
    reason: row["reason"] as Reason | null,
    occurrence: row["occurrence"] as OccurrenceId | null,
    variant: row["variant"] as string | null,
    locale: row["locale"] as string | null,
    zone: String(row["person_zone"]),
    values: { ...candidates.workspace.vars, ...Object.fromEntries(own) } as Record<string, Cell>,
  };
}

function isSubject({ userId, eventId }: Subject): Sql {
  const isUser = sql`user_id = ${userId}`;
  return eventId === undefined
    ? isUser
    : sql`${isUser} AND ${identifier("occurrence")} = ${eventId}`;
}
