import type { OccurrenceId, Reason } from "../model/delivery.ts";
import { identifier, sql } from "../model/sql.ts";
import type { SqlEngine } from "../ports/sql-engine.ts";
import { probeOf } from "../segment/probe.ts";
import type { Candidates } from "./candidates-sql.ts";
import { type Inspection, inspect, type Subject, withoutConditions } from "./inspect.ts";
import { type PersonFacts, readFacts } from "./person-facts.ts";
import { readTruths, type Truth } from "./truths.ts";

/** One person before one campaign, with everything that was looked at. */
export interface PersonBefore {
  /** The segment's condition, or the campaign's own `where:`. */
  readonly where: Truth;
  /** For `on:`, the `where:` of its event; null: it has none, or there is no event. */
  readonly trigger: Truth | null;
  /** Null where no event of the person has the name. */
  readonly occurrence: OccurrenceId | null;
  /** Whether it is one of those that the plan counts as matched. */
  readonly isMatched: boolean;
  /** The plan's: null for the eligible and for those who are not matched. */
  readonly reason: Reason | null;
  /** Undefined where there is no event to judge the rules by. */
  readonly facts: PersonFacts | undefined;
  readonly inspection: Inspection | undefined;
  /** The first eligible event of the person, which goes before others. */
  readonly firstEligible: OccurrenceId | null;
}

/**
 * Looks at one person after the campaign was selected: the plan's verdict stands in the table
 * `pool`, and every condition and rule is asked again by itself in the same SQL.
 */
export async function explainPerson(
  engine: SqlEngine,
  candidates: Candidates,
  subject: Subject,
): Promise<PersonBefore> {
  const { userId } = subject;
  const inspection = await inspect(engine, candidates, subject);
  const occurrence = inspection?.occurrence ?? null;
  const pooled = await engine.rows(sql`SELECT occurrence, reason FROM pool
    WHERE user_id = ${userId} ORDER BY due_at, occurrence`);
  const own = pooled.find((row) => row["occurrence"] === occurrence);
  const first = pooled.find((row) => row["reason"] === null)?.["occurrence"];
  const whom = { userId, occurrence };
  return {
    where: await readWhere(engine, candidates, userId),
    trigger: await readTrigger(engine, candidates, occurrence),
    occurrence,
    isMatched: own !== undefined,
    reason: (own?.["reason"] ?? null) as Reason | null,
    facts: inspection && (await readFacts(engine, withoutConditions(candidates), whom)),
    inspection,
    firstEligible: first === undefined ? null : (first as OccurrenceId),
  };
}

function readWhere(engine: SqlEngine, candidates: Candidates, userId: string): Promise<Truth> {
  const id = identifier(candidates.workspace.users.id);
  const probe = probeOf(candidates.campaign.where, over(candidates, "u"));
  return readTruths(engine, probe, sql`users u WHERE u.${id} = ${userId}`);
}

async function readTrigger(
  engine: SqlEngine,
  candidates: Candidates,
  occurrence: OccurrenceId | null,
): Promise<Truth | null> {
  const { workspace, campaign } = candidates;
  const { events } = workspace;
  if (campaign.send.kind !== "on" || campaign.send.where === undefined) return null;
  if (events === undefined || occurrence === null) return null;
  const probe = probeOf(campaign.send.where, over(candidates, "e"));
  return readTruths(engine, probe, sql`events e WHERE e.${identifier(events.id)} = ${occurrence}`);
}

function over({ workspace, now }: Candidates, alias: "u" | "e") {
  const { users, events, segments, timezone } = workspace;
  return { now, timezone, alias, userId: users.id, events, segments };
}
