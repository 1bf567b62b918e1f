import type { Campaign } from "../model/campaign.ts";
import { formatInstant, type Instant } from "../model/instant.ts";
import { join, raw, type Sql, sql } from "../model/sql.ts";

/*
 * What the ledger says about a candidate `c` (columns user_id, psid, occurrence, last_inbound).
 * The relation `ledger` has one row for each delivery; see ledger/fold-sql.ts. Everything is one
 * hash join on equal keys: a correlated EXISTS costs five times as much over a million candidates.
 */

/** A timestamp literal for an instant. */
export function timestampSql(at: Instant): Sql {
  return sql`CAST(${timestampText(at)} AS TIMESTAMP)`;
}

/** An instant as the text of a TIMESTAMP. */
export function timestampText(at: Instant): string {
  return formatInstant(at).replace("Z", "");
}

/** Joins that the conditions below rely on; each gives at most one row a candidate. */
export function historyJoins(campaign: Campaign, now: Instant): Sql {
  const scopes = repeatScopes(campaign, now).flatMap(({ rows, key }, index) =>
    ["user_id", "psid"].map((who) => {
      const name = raw(`${who}_history_${index}`);
      const keys = [who, ...key];
      return sql`LEFT JOIN (
        SELECT ${raw(keys.join(", "))}, bool_or(status = 'sent') AS sent,
          bool_or(status IN ('unknown', 'claimed')) AS unresolved
        FROM ledger WHERE campaign = ${campaign.rootId} AND ${rows} GROUP BY ALL
      ) ${name} ON ${sameKeys(name, keys)}`;
    }),
  );
  const attempt = sql`LEFT JOIN (
      SELECT user_id, occurrence, ${isReopenedSql(campaign)} AS reopened,
        status = 'failed' AS failed
      FROM ledger WHERE campaign = ${campaign.rootId}
    ) attempt ON ${sameKeys(raw("attempt"), ["user_id", "occurrence"])}`;
  const refusal = raw("LEFT JOIN refusals refusal ON refusal.psid = c.psid");
  return join([...scopes, attempt, refusal], " ");
}

/** Sent before, to this user or to the same PSID under another user id. */
export function alreadySentSql(campaign: Campaign, now: Instant): Sql {
  return inHistorySql(campaign, now, "sent");
}

/** An outcome that nobody knows, or a claim in flight, counts as sent until it is settled. */
export function unresolvedSql(campaign: Campaign, now: Instant): Sql {
  return inHistorySql(campaign, now, "unresolved");
}

/** Failed for good: what can change with a new revision or once a denial is lifted is due again. */
export const ALREADY_FAILED: Sql = raw("(attempt.failed AND NOT attempt.reopened)");

/** Due again although its occurrence is closed. */
export const IS_REOPENED: Sql = raw("coalesce(attempt.reopened, false)");

/** Meta said that the person cannot be reached, and nothing came from them since. */
export const UNREACHABLE: Sql = raw(
  "(refusal.refused_at >= coalesce(c.last_inbound, refusal.refused_at))",
);

/** The relation `refusals`: when Meta last said that somebody cannot be reached. */
export function refusalsSql(): Sql {
  return raw(`SELECT psid, max(settled_at) AS refused_at FROM ledger
    WHERE status = 'failed' AND error_class = 'user_unavailable' AND psid IS NOT NULL
    GROUP BY psid`);
}

/** Over a ledger row of this campaign: whether the delivery is due again. */
export function isReopenedSql(campaign: Campaign): Sql {
  return sql`(status = 'released' OR (status = 'failed' AND (
    error_class IN ('denied', 'page_restricted')
    OR (error_class = 'message_invalid' AND revision <> ${campaign.revision}))))`;
}

/** Every row that `isReopenedSql` may hold for, whatever the campaign. */
export const MAY_BE_REOPENED: Sql = raw(`(status = 'released' OR (status = 'failed'
  AND error_class IN ('denied', 'page_restricted', 'message_invalid')))`);

/** Over a ledger row: whether it counts for a cap over the last `periodMs`. */
export function countsForCapSql(periodMs: number, now: Instant): Sql {
  return sql`(counts AND status IN ('sent', 'unknown', 'claimed')
    AND claimed_at > ${timestampSql(now - periodMs)})`;
}

/** Sends of the last `periodMs` that count for the cap, this plan's earlier campaigns' too. */
export function recentSendsSql(periodMs: number, now: Instant): Sql {
  return sql`SELECT user_id, count(*) AS sends FROM (
    SELECT user_id FROM ledger WHERE ${countsForCapSql(periodMs, now)}
    UNION ALL SELECT user_id FROM planned) GROUP BY user_id`;
}

function inHistorySql(campaign: Campaign, now: Instant, kind: "sent" | "unresolved"): Sql {
  const columns = repeatScopes(campaign, now).flatMap((_, index) => [
    raw(`user_id_history_${index}.${kind}`),
    raw(`psid_history_${index}.${kind}`),
  ]);
  return sql`(${join(columns, " OR ")})`;
}

/** Which of a campaign's ledger rows speak about this occurrence; one of the scopes is enough. */
export function repeatScopes(
  { repeat }: Campaign,
  now: Instant,
): { readonly rows: Sql; readonly key: readonly string[] }[] {
  const sameOccurrence = { rows: raw("true"), key: ["occurrence"] };
  if (repeat.kind === "once") return [{ rows: raw("true"), key: [] }];
  if (repeat.kind === "every_occurrence") return [sameOccurrence];
  const since = timestampSql(now - repeat.periodMs);
  return [sameOccurrence, { rows: sql`claimed_at > ${since}`, key: [] }];
}

function sameKeys(name: Sql, keys: readonly string[]): Sql {
  return join(
    keys.map((key) => sql`${name}.${raw(key)} = c.${raw(key)}`),
    " AND ",
  );
}
