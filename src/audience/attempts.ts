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
  const ends = waveEnds(campaign.rollout);
  const scope = raw(campaign.send.kind === "on" ? "revision" : "occurrence");
  const rows = await engine.rows(sql`SELECT scope, ${waveSql(ends)} AS wave, count(*) AS tried,
      count(*) FILTER (status = 'failed') AS failed,
      count(*) FILTER (status = 'unknown') AS unknown,
      count(*) FILTER (status = 'failed' AND error_class = 'user_unavailable') AS unavailable
    FROM (
      SELECT ${scope} AS scope, status, error_class,
        row_number() OVER (PARTITION BY ${scope} ORDER BY claimed_at, user_id) AS place
      FROM ledger WHERE campaign = ${campaign.rootId} AND NOT ${isReopenedSql(campaign)}
        AND list_contains(${scopes}::VARCHAR[], ${scope})
    ) GROUP BY ALL`);
  const found = new Map<OccurrenceId, WaveCount[]>();
  for (const row of rows) {
    const id = String(row["scope"]);
    const counts = found.get(id) ?? ends.map(() => NOTHING_TRIED);
    counts[Number(row["wave"])] = countOf(row);
    found.set(id, counts);
  }
  return found;
}

/** Over a `place` from 1: the index of its wave. */
function waveSql(ends: readonly number[]): Sql {
  const cases = ends.flatMap((end, wave) =>
    Number.isFinite(end) ? [sql`WHEN place <= ${end} THEN ${raw(String(wave))}`] : [],
  );
  const last = raw(String(ends.length - 1));
  return cases.length === 0 ? last : sql`CASE ${join(cases, " ")} ELSE ${last} END`;
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
