import type { CampaignId } from "../model/campaign.ts";
import type { Instant } from "../model/instant.ts";
import { raw, type Sql, sql } from "../model/sql.ts";
import type { Workspace } from "../model/workspace.ts";
import { MAY_BE_REOPENED, timestampSql } from "./history-sql.ts";

/** What verdicts can ask of a ledger. */
export interface LedgerScope {
  /** The campaigns that will be judged, by their root ids. */
  readonly rootIds: ReadonlySet<CampaignId>;
  /** The longest period of a frequency cap; 0 without one. */
  readonly capPeriodMs: number;
  /** Whose deliveries can decide; undefined: everybody's. */
  readonly person?: PersonScope;
}

/**
 * One person's deliveries, and what decides for everybody: which occurrences are due again, and all
 * of the campaigns whose rollout may have been stopped.
 */
export interface PersonScope {
  readonly userId: string;
  readonly psid: string | null;
  readonly wholeRootIds: ReadonlySet<CampaignId>;
}

/** The scope in which any campaign of these workspaces can be judged. */
export function scopeOf(
  workspaces: readonly Pick<Workspace, "campaigns" | "guards">[],
): LedgerScope {
  const rootIds = workspaces.flatMap(({ campaigns }) => campaigns.map(({ rootId }) => rootId));
  const periods = workspaces.map(({ guards }) => guards.frequencyCap?.periodMs ?? 0);
  return { rootIds: new Set(rootIds), capPeriodMs: Math.max(...periods) };
}

const JUDGED_COLUMNS = raw(`campaign, occurrence, user_id, psid, revision, status, error_class,
  claimed_at, settled_at, counts`);

/**
 * The part of a ledger that can decide anything: the campaigns of the scope, what counts for a
 * frequency cap, who cannot be reached, and what nobody knows the outcome of.
 */
export function judgedLedgerSql(ledger: Sql, scope: LedgerScope | undefined, now: Instant): Sql {
  if (scope === undefined) return sql`SELECT ${JUDGED_COLUMNS} FROM (${ledger})`;
  return sql`SELECT ${JUDGED_COLUMNS} FROM (${ledger})
    WHERE (list_contains(${[...scope.rootIds]}::VARCHAR[], campaign)
      OR claimed_at > ${timestampSql(now - scope.capPeriodMs)}
      OR error_class = 'user_unavailable' OR status = 'unknown') AND ${decides(scope)}`;
}

function decides({ person }: LedgerScope): Sql {
  if (person === undefined) return raw("true");
  const isTheirs =
    person.psid === null
      ? sql`user_id = ${person.userId}`
      : sql`user_id = ${person.userId} OR psid = ${person.psid}`;
  const isWhole = sql`list_contains(${[...person.wholeRootIds]}::VARCHAR[], campaign)`;
  return sql`(${isTheirs} OR ${MAY_BE_REOPENED} OR ${isWhole})`;
}
