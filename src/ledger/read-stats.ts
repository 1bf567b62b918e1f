import { daysFrom } from "../model/calendar-days.ts";
import type { CampaignId } from "../model/campaign.ts";
import { type Instant, MINUTE_MS } from "../model/instant.ts";
import type {
  CampaignSummary,
  DayCounts,
  LedgerStats,
  OutcomeSummary,
  StatusCounts,
} from "../model/ledger-summary.ts";
import { raw, type Sql, sql } from "../model/sql.ts";
import { dayStart, instantToDate } from "../model/zone-time.ts";
import type { SqlEngine } from "../ports/sql-engine.ts";
import { ofCampaignsSql, STATUS_SUMS, sumOf } from "./status-sums.ts";

/** Which deliveries are asked for. */
export interface StatsScope {
  readonly workspace: string;
  readonly timezone: string;
  /** The first day, and the day after the last one. */
  readonly from: string;
  readonly until: string;
  /** Of these campaigns, as the ledger calls them; undefined: of all. */
  readonly campaigns: readonly CampaignId[] | undefined;
  /** What campaigns are called today, by what the ledger calls them. */
  readonly names: ReadonlyMap<CampaignId, CampaignId>;
}

/** Days of every zone begin at a multiple of it, so the engine need not know about zones. */
const QUARTER_MS = 15 * MINUTE_MS;

/** Counts the deliveries of a ledger (see fold-sql.ts) by the day on which they were claimed. */
export async function readStats(
  engine: SqlEngine,
  ledger: Sql,
  scope: StatsScope,
): Promise<LedgerStats> {
  const { workspace, timezone, from, until, names } = scope;
  await engine.run(sql`CREATE OR REPLACE TEMP TABLE quarter_counts AS ${countsSql(ledger, scope)}`);
  const quarters = await rowsOf<Quarter>(engine, QUARTERS);
  const totals = await rowsOf<StatusCounts & { campaign: CampaignId }>(engine, CAMPAIGNS);
  const days = daysOf(quarters, scope);
  const newest = quarters.at(-1)?.quarter ?? (await newestQuarter(engine, ledger, scope));
  return {
    format: "posthorn.ledger-stats/1",
    workspace,
    timezone,
    from,
    to: daysFrom(from, until).at(-1) ?? from,
    totals: sumOf(days),
    days,
    campaigns: totals.map(({ campaign, ...counts }) => {
      return { id: names.get(campaign) ?? null, campaign, totals: counts };
    }) satisfies readonly Pick<CampaignSummary, "id" | "campaign" | "totals">[],
    outcomes: await rowsOf<OutcomeSummary>(engine, OUTCOMES),
    newest: newest === null ? null : instantToDate(newest * QUARTER_MS, timezone),
  };
}

interface Quarter extends StatusCounts {
  /** Quarters of an hour since 1970. */
  readonly quarter: number;
}

/** Meta's codes are kept apart, its words are not: there may be as many of them as people. */
function countsSql(ledger: Sql, { campaigns, from, until, timezone }: StatsScope): Sql {
  const [first, last] = [from, until].map((date) => instantSql(dayStart(date, timezone)));
  return sql`SELECT campaign, status, error_class, error_code, error_subcode,
      CASE WHEN error_code IS NULL THEN words ELSE 'code' END AS kind, min(words) AS words,
      ${QUARTER} AS quarter, count(*) AS deliveries
    FROM (${ledger}) WHERE ${ofCampaignsSql(campaigns)}
      AND claimed_at >= ${first ?? raw("NULL")} AND claimed_at < ${last ?? raw("NULL")}
    GROUP BY ALL`;
}

const QUARTER = raw(`epoch_ms(claimed_at) // ${QUARTER_MS}`);

function instantSql(at: Instant): Sql {
  return sql`epoch_ms(${BigInt(at)}::BIGINT)`;
}

const QUARTERS = raw(`SELECT quarter, ${STATUS_SUMS} FROM quarter_counts
  GROUP BY quarter ORDER BY quarter`);

const CAMPAIGNS = raw(`SELECT campaign, ${STATUS_SUMS} FROM quarter_counts
  GROUP BY campaign ORDER BY sum(deliveries) DESC, campaign`);

const OUTCOMES = raw(`SELECT status, error_class, error_code, error_subcode,
    min(words) AS words, sum(deliveries)::BIGINT AS deliveries
  FROM quarter_counts WHERE status <> 'sent'
  GROUP BY status, error_class, error_code, error_subcode, kind
  ORDER BY deliveries DESC, status, error_class, error_code, error_subcode, words`);

async function newestQuarter(
  engine: SqlEngine,
  ledger: Sql,
  { campaigns }: StatsScope,
): Promise<number | null> {
  const rows = await rowsOf<{ quarter: number | null }>(
    engine,
    sql`SELECT max(${QUARTER}) AS quarter FROM (${ledger}) WHERE ${ofCampaignsSql(campaigns)}`,
  );
  return rows[0]?.quarter ?? null;
}

/** Both in the order of time. */
function daysOf(quarters: readonly Quarter[], { from, until, timezone }: StatsScope): DayCounts[] {
  const dates = daysFrom(from, until);
  const ends = [...dates.slice(1), until].map((date) => dayStart(date, timezone));
  const own: Quarter[][] = dates.map(() => []);
  let day = 0;
  for (const one of quarters) {
    while (day < dates.length - 1 && one.quarter * QUARTER_MS >= (ends[day] ?? 0)) day++;
    own[day]?.push(one);
  }
  return dates.map((date, index) => ({ date, ...sumOf(own[index] ?? []) }));
}

async function rowsOf<Row>(engine: SqlEngine, query: Sql): Promise<readonly Row[]> {
  return (await engine.rows(query)) as unknown as readonly Row[];
}
