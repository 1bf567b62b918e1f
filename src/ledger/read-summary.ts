import type { CampaignId } from "../model/campaign.ts";
import type {
  CampaignSummary,
  LedgerSummary,
  OccurrenceSummary,
  OutcomeSummary,
} from "../model/ledger-summary.ts";
import { raw, type Sql, sql } from "../model/sql.ts";
import type { SqlEngine } from "../ports/sql-engine.ts";
import { ofCampaignsSql, STATUS_SUMS, sumOf } from "./status-sums.ts";

/** More occurrences of a campaign than these are shown as one. */
const NEWEST_OCCURRENCES = 10;
/** The same where each is one delivery, as for `on:`: one learns little from them. */
const NEWEST_SINGLE = 3;

/** Instants as the ledger's readers get them: ISO 8601 in UTC, with milliseconds. */
export function isoSql(column: string): Sql {
  return raw(`strftime(${column}, '%Y-%m-%dT%H:%M:%S.%gZ')`);
}

/** Which deliveries are asked for. */
export interface SummaryScope {
  readonly workspace: string;
  /** Of these campaigns, as the ledger calls them; undefined: of all. */
  readonly campaigns: readonly CampaignId[] | undefined;
  /** Of this occurrence. */
  readonly occurrence: string | undefined;
  /** What campaigns are called today, by what the ledger calls them. */
  readonly names: ReadonlyMap<CampaignId, CampaignId>;
}

/** Counts the deliveries of a ledger (see fold-sql.ts) by campaign, occurrence and outcome. */
export async function readSummary(
  engine: SqlEngine,
  ledger: Sql,
  scope: SummaryScope,
): Promise<LedgerSummary> {
  await engine.run(sql`CREATE OR REPLACE TEMP TABLE outcome_counts AS ${countsSql(ledger, scope)}`);
  const occurrences = await rowsOf<Named<OccurrenceSummary>>(engine, OCCURRENCES);
  const outcomes = await rowsOf<Named<OutcomeSummary>>(engine, OUTCOMES);
  const ids = [...new Set(occurrences.map((row) => row.campaign))];
  const campaigns = ids.map((campaign) => {
    const own = occurrences.filter((row) => row.campaign === campaign).map(withoutCampaign);
    return {
      id: scope.names.get(campaign) ?? null,
      campaign,
      totals: sumOf(own),
      occurrences: own,
      outcomes: outcomes.filter((row) => row.campaign === campaign).map(withoutCampaign),
    } satisfies CampaignSummary;
  });
  const totals = sumOf(campaigns.map((one) => one.totals));
  return { format: "posthorn.ledger-summary/1", workspace: scope.workspace, totals, campaigns };
}

type Named<Row> = Row & { readonly campaign: CampaignId };

/** Meta's codes are kept apart, its words are not: there may be as many of them as people. */
function countsSql(ledger: Sql, { campaigns, occurrence }: SummaryScope): Sql {
  const ofOccurrence = occurrence === undefined ? raw("true") : sql`occurrence = ${occurrence}`;
  return sql`SELECT campaign, occurrence, status, error_class, error_code, error_subcode,
      CASE WHEN error_code IS NULL THEN words ELSE 'code' END AS kind, min(words) AS words,
      count(*) AS deliveries, max(claimed_at) AS last_at
    FROM (${ledger}) WHERE ${ofCampaignsSql(campaigns)} AND ${ofOccurrence} GROUP BY ALL`;
}

const OCCURRENCES = raw(`WITH one AS (
      SELECT campaign, occurrence, ${STATUS_SUMS}, max(last_at) AS last_at
      FROM outcome_counts GROUP BY campaign, occurrence
    ), placed AS (
      SELECT *, least(1 + CASE WHEN max(sent + failed + unknown + claimed + released)
          OVER (PARTITION BY campaign) = 1 THEN ${NEWEST_SINGLE} ELSE ${NEWEST_OCCURRENCES} END,
        row_number() OVER (PARTITION BY campaign ORDER BY last_at DESC, occurrence DESC)) AS place
      FROM one)
    SELECT campaign, CASE WHEN count(*) = 1 THEN any_value(occurrence) END AS occurrence,
      count(*) AS occurrences, sum(sent)::BIGINT AS sent, sum(failed)::BIGINT AS failed,
      sum(unknown)::BIGINT AS unknown, sum(claimed)::BIGINT AS claimed,
      sum(released)::BIGINT AS released,
      strftime(max(last_at), '%Y-%m-%dT%H:%M:%S.%gZ') AS last_claimed_at
    FROM placed GROUP BY campaign, place ORDER BY campaign, place`);

const OUTCOMES = raw(`SELECT campaign, status, error_class, error_code, error_subcode,
    min(words) AS words, sum(deliveries)::BIGINT AS deliveries
  FROM outcome_counts WHERE status <> 'sent'
  GROUP BY campaign, status, error_class, error_code, error_subcode, kind
  ORDER BY campaign, deliveries DESC, status, error_class, error_code, error_subcode, words`);

async function rowsOf<Row>(engine: SqlEngine, query: Sql): Promise<readonly Row[]> {
  return (await engine.rows(query)) as unknown as readonly Row[];
}

function withoutCampaign<Row>({
  campaign: _campaign,
  ...row
}: Named<Row>): Omit<Named<Row>, "campaign"> {
  return row;
}
