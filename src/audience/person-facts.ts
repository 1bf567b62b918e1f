import { chanceSql } from "../model/chance.ts";
import type { FailureClass, OccurrenceId, Reason } from "../model/delivery.ts";
import type { Instant } from "../model/instant.ts";
import { identifier, join, raw, type Sql, sql } from "../model/sql.ts";
import type { SqlEngine } from "../ports/sql-engine.ts";
import { type Candidates, candidateRowsSql } from "./candidates-sql.ts";
import { countsForCapSql, isReopenedSql, repeatScopes } from "./history-sql.ts";
import { rules } from "./verdict-sql.ts";

/** What the rules look at for one person and occurrence, and what each says. */
export interface PersonFacts {
  /** Rule by rule, all but the last two; null where it does not apply to the campaign. */
  readonly holds: ReadonlyMap<Reason, boolean | null>;
  /** Never to be shown. */
  readonly psid: string | null;
  readonly consent: boolean | null;
  /** Whether they asked to be forgotten. */
  readonly isForgotten: boolean;
  readonly isTester: boolean;
  readonly lastInboundAt: Instant | null;
  readonly zone: string;
  /** From 0 to 1; below the campaign's share one is held out. */
  readonly holdoutChance: number;
  /** When the schedule has something for the person; null: never again. */
  readonly dueAt: Instant | null;
  /** `dueAt`, put off to the end of quiet hours. */
  readonly sendAt: Instant | null;
  readonly lateAt: Instant | null;
  /** Whether an apply has tried everyone of the occurrence. */
  readonly isClosed: boolean;
  readonly isQuietNow: boolean;
  /** When Meta last said that the person cannot be reached. */
  readonly refusedAt: Instant | null;
  /** The campaign's deliveries to the person or their PSID, the oldest first. */
  readonly history: readonly PastDelivery[];
  /** What counts for the frequency cap, all campaigns, the oldest first. */
  readonly recent: readonly RecentSend[];
}

export interface PastDelivery {
  readonly occurrence: OccurrenceId;
  readonly status: string;
  readonly errorClass: FailureClass | null;
  readonly claimedAt: Instant;
  readonly settledAt: Instant | null;
  /** To this user and not only to the same PSID. */
  readonly isOwn: boolean;
  /** Whether it speaks about this occurrence, by the campaign's `repeat:`. */
  readonly isInScope: boolean;
  /** Whether it is of this very occurrence. */
  readonly isSame: boolean;
  readonly isReopened: boolean;
}

export interface RecentSend {
  readonly campaign: string;
  readonly occurrence: OccurrenceId;
  readonly claimedAt: Instant;
}

interface Whom {
  readonly userId: string;
  /** Null: the schedule has none for them. */
  readonly occurrence: OccurrenceId | null;
}

/** Undefined where `candidates`, to be given without their conditions, has no such row. */
export async function readFacts(
  engine: SqlEngine,
  candidates: Candidates,
  whom: Whom,
): Promise<PersonFacts | undefined> {
  const judged = rules(candidates);
  const asked = judged.map(({ holds }, index) =>
    holds === null ? raw(`NULL AS r${index}`) : sql`(${holds}) IS TRUE AS ${raw(`r${index}`)}`,
  );
  const { testers } = candidates.workspace.page;
  const [row] = await engine.rows(sql`SELECT ${join(asked, ", ")}, c.psid,
      list_contains(${Object.values(testers)}::VARCHAR[], c.psid) IS TRUE AS is_tester,
      c.consent, forgotten.user_id IS NOT NULL AS is_forgotten, c.zone,
      epoch_ms(c.last_inbound) AS last_inbound, epoch_ms(c.due_at) AS due_at,
      epoch_ms(c.send_at) AS send_at, epoch_ms(c.late_at) AS late_at,
      c.closed IS TRUE AS closed, c.quiet_now IS TRUE AS quiet_now,
      epoch_ms(refusal.refused_at) AS refused_at,
      ${chanceSql("holdout", candidates.campaign.rootId, raw("c.person_id"))} AS chance
    FROM ${candidateRowsSql(candidates)} WHERE c.user_id = ${whom.userId}
      AND c.occurrence IS NOT DISTINCT FROM ${whom.occurrence}::VARCHAR LIMIT 1`);
  if (row === undefined) return undefined;
  const instant = (name: string) => row[name] as Instant | null;
  return {
    holds: new Map(judged.map(({ reason }, index) => [reason, row[`r${index}`] as boolean | null])),
    psid: row["psid"] as string | null,
    consent: row["consent"] as boolean | null,
    isForgotten: row["is_forgotten"] === true,
    isTester: row["is_tester"] === true,
    lastInboundAt: instant("last_inbound"),
    zone: String(row["zone"]),
    holdoutChance: Number(row["chance"]),
    dueAt: instant("due_at"),
    sendAt: instant("send_at"),
    lateAt: instant("late_at"),
    isClosed: row["closed"] === true,
    isQuietNow: row["quiet_now"] === true,
    refusedAt: instant("refused_at"),
    history: await readHistory(engine, candidates, whom),
    recent: await readRecent(engine, candidates, whom),
  };
}

async function readHistory(
  engine: SqlEngine,
  { campaign, now, workspace }: Candidates,
  whom: Whom,
): Promise<PastDelivery[]> {
  const isSame = sql`(occurrence = ${whom.occurrence}::VARCHAR) IS TRUE`;
  const scopes = repeatScopes(campaign, now).map(({ rows, key }) =>
    key.includes("occurrence") ? sql`(${rows} AND ${isSame})` : sql`(${rows})`,
  );
  const rows = await engine.rows(sql`SELECT occurrence, status, error_class,
      epoch_ms(claimed_at) AS claimed_at, epoch_ms(settled_at) AS settled_at,
      user_id = ${whom.userId} AS is_own, ${join(scopes, " OR ")} AS is_in_scope,
      ${isSame} AS is_same, ${isReopenedSql(campaign)} IS TRUE AS is_reopened
    FROM ledger WHERE campaign = ${campaign.rootId} AND ${isAbout(workspace.users, whom.userId)}
    ORDER BY claimed_at, occurrence`);
  return rows.map((row) => ({
    occurrence: String(row["occurrence"]),
    status: String(row["status"]),
    errorClass: row["error_class"] as FailureClass | null,
    claimedAt: Number(row["claimed_at"]),
    settledAt: row["settled_at"] as Instant | null,
    isOwn: row["is_own"] === true,
    isInScope: row["is_in_scope"] === true,
    isSame: row["is_same"] === true,
    isReopened: row["is_reopened"] === true,
  }));
}

function isAbout({ id, psid }: Candidates["workspace"]["users"], userId: string): Sql {
  return sql`(user_id = ${userId} OR psid IN (
    SELECT ${identifier(psid)} FROM users WHERE ${identifier(id)} = ${userId}))`;
}

async function readRecent(
  engine: SqlEngine,
  { campaign, now, workspace }: Candidates,
  { userId }: Whom,
): Promise<RecentSend[]> {
  const cap = workspace.guards.frequencyCap;
  if (cap === undefined || !campaign.frequencyCap.obey) return [];
  const rows = await engine.rows(sql`SELECT campaign, occurrence,
      epoch_ms(claimed_at) AS claimed_at FROM ledger
    WHERE user_id = ${userId} AND ${countsForCapSql(cap.periodMs, now)}
    ORDER BY claimed_at, campaign, occurrence`);
  return rows.map((row) => ({
    campaign: String(row["campaign"]),
    occurrence: String(row["occurrence"]),
    claimedAt: Number(row["claimed_at"]),
  }));
}
