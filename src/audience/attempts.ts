import type { Campaign } from "../model/campaign.ts";
import type { OccurrenceId } from "../model/delivery.ts";
import type { WaveCount } from "../model/rollout.ts";
import { join, raw, type Sql, sql } from "../model/sql.ts";
import { NOTHING_TRIED, waveEnds } from "../policy/rollout.ts";
import type { Cell, SqlEngine } from "../ports/sql-engine.ts";
import { isReopenedSql } from "./history-sql.ts";

/**
 * What was tried of each occurrence, in whatever run, wave by wave; one wave where the campaign
 * has no rollout. Deliveries stand in the order they were claimed. Those that are due again do not
 * count, those in flight do. For `on:` the scope is the campaign's revision. Occurrences without
 * any are absent.
 */
export async function countAttempts(
  engine: SqlEngine,
  campaign: Campaign,
  scopes: readonly OccurrenceId[],
): Promise<ReadonlyMap<OccurrenceId, readonly WaveCount[]>> {
  const scope = raw(campaign.send.kind === "on" ? "revision" : "occurrence");
  const attempts = sql`(SELECT ${scope} AS scope, status, error_class, claimed_at, user_id,
      occurrence FROM ledger WHERE campaign = ${campaign.rootId} AND NOT ${isReopenedSql(campaign)}
      AND list_contains(${scopes}::VARCHAR[], ${scope}))`;
  const rows = await engine.rows(sql`SELECT scope, ${COUNTS} FROM ${attempts} GROUP BY scope`);
  const found = new Map<OccurrenceId, readonly WaveCount[]>();
  for (const row of rows) {
    const id = String(row["scope"]);
    const of = { attempts, scope: id, ends: waveEnds(campaign.rollout) };
    found.set(id, await countWaves(engine, of, countOf(row)));
  }
  return found;
}

const COUNTS = raw(`count(*) AS tried,
  count(*) FILTER (status = 'failed') AS failed,
  count(*) FILTER (status = 'unknown') AS unknown,
  count(*) FILTER (status = 'failed' AND error_class = 'user_unavailable') AS unavailable`);

const IN_ORDER = raw("ORDER BY claimed_at, user_id, occurrence");

/** Only those before the last wave have to be put in order: they are few beside the others. */
async function countWaves(
  engine: SqlEngine,
  of: { readonly attempts: Sql; readonly scope: OccurrenceId; readonly ends: readonly number[] },
  all: WaveCount,
): Promise<WaveCount[]> {
  const bounds = of.ends.filter(Number.isFinite);
  const last = bounds.at(-1);
  if (last === undefined) return [all];
  const cases = bounds.map((end, wave) => sql`WHEN place <= ${end} THEN ${raw(String(wave))}`);
  const rows = await engine.rows(sql`SELECT CASE ${join(cases, " ")} END AS wave, ${COUNTS} FROM (
      SELECT *, row_number() OVER (${IN_ORDER}) AS place FROM (
        SELECT * FROM ${of.attempts} WHERE scope = ${of.scope} ${IN_ORDER} LIMIT ${BigInt(last)}))
    GROUP BY wave`);
  const counts = bounds.map(() => NOTHING_TRIED);
  for (const row of rows) counts[Number(row["wave"])] = countOf(row);
  return [...counts, counts.reduce(less, all)];
}

function less(from: WaveCount, part: WaveCount): WaveCount {
  return {
    tried: from.tried - part.tried,
    failed: from.failed - part.failed,
    unknown: from.unknown - part.unknown,
    unavailable: from.unavailable - part.unavailable,
  };
}

function countOf(row: Readonly<Record<string, Cell>>): WaveCount {
  const { tried, failed, unknown, unavailable } = row;
  return {
    tried: Number(tried),
    failed: Number(failed),
    unknown: Number(unknown),
    unavailable: Number(unavailable),
  };
}
