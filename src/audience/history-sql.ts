import type { Campaign } from "../model/campaign.ts";
import { formatInstant, type Instant } from "../model/instant.ts";
import { join, raw, type Sql, sql } from "../model/sql.ts";

/*
 * What the ledger says about a candidate `c` (columns user_id, psid, occurrence, last_inbound).
 * The relation `ledger` has one row for each delivery; see ledger/fold-sql.ts. Each EXISTS compares
 * by equality alone, which lets the engine answer it with one hash join over all candidates.
 */

/** A timestamp literal for an instant. */
export function timestampSql(at: Instant): Sql {
  return sql`CAST(${formatInstant(at).replace("Z", "")} AS TIMESTAMP)`;
}

/** Sent before, to this user or to the same PSID under another user id. */
export function alreadySentSql(campaign: Campaign, now: Instant): Sql {
  return inHistorySql(campaign, now, raw("l.status = 'sent'"));
}

/** An outcome that nobody knows, or a claim in flight, counts as sent until it is settled. */
export function unresolvedSql(campaign: Campaign, now: Instant): Sql {
  return inHistorySql(campaign, now, raw("l.status IN ('unknown', 'claimed')"));
}

/** Failed for good: what can change with a new revision or once a denial is lifted is due again. */
export function alreadyFailedSql(campaign: Campaign): Sql {
  const final = sql`l.status = 'failed' AND NOT ${failureReopensSql(campaign)}`;
  return sql`EXISTS (SELECT 1 FROM ledger l WHERE ${sameDeliverySql(campaign)} AND ${final})`;
}

/** Due again although its occurrence is closed. */
export function reopenedSql(campaign: Campaign): Sql {
  return sql`EXISTS (SELECT 1 FROM ledger l WHERE ${sameDeliverySql(campaign)}
    AND ${isReopenedSql(campaign)})`;
}

/** Over a ledger row `l` of this campaign: whether the delivery is due again. */
export function isReopenedSql(campaign: Campaign): Sql {
  return sql`(l.status = 'released' OR (l.status = 'failed' AND ${failureReopensSql(campaign)}))`;
}

/** Meta said that the person cannot be reached, and nothing came from them since. */
export function unreachableSql(): Sql {
  return raw(`EXISTS (SELECT 1 FROM refusals r WHERE r.psid = c.psid
    AND (c.last_inbound IS NULL OR r.refused_at >= c.last_inbound))`);
}

/** The relation `refusals`: when Meta last said that somebody cannot be reached. */
export function refusalsSql(): Sql {
  return raw(`SELECT psid, max(settled_at) AS refused_at FROM ledger
    WHERE status = 'failed' AND error_class = 'user_unavailable' GROUP BY psid`);
}

/** Sends of the last `periodMs` that count for the cap, this plan's earlier campaigns' too. */
export function recentSendsSql(periodMs: number, now: Instant): Sql {
  return sql`SELECT user_id, count(*) AS sends FROM (
    SELECT user_id FROM ledger WHERE counts AND status IN ('sent', 'unknown', 'claimed')
      AND claimed_at > ${timestampSql(now - periodMs)}
    UNION ALL SELECT user_id FROM planned) GROUP BY user_id`;
}

/** Whether the ledger has a row of the given kind that `repeat:` lets speak for this candidate. */
function inHistorySql(campaign: Campaign, now: Instant, kind: Sql): Sql {
  const rows = sql`SELECT 1 FROM ledger l WHERE l.campaign = ${campaign.rootId} AND ${kind}`;
  const exists = repeatScopes(campaign, now).flatMap((scope) => [
    sql`EXISTS (${rows} AND ${scope} AND l.user_id = c.user_id)`,
    sql`EXISTS (${rows} AND ${scope} AND l.psid = c.psid)`,
  ]);
  return sql`(${join(exists, " OR ")})`;
}

/** Which of a campaign's ledger rows speak about this occurrence; one that holds is enough. */
function repeatScopes(campaign: Campaign, now: Instant): Sql[] {
  const { repeat } = campaign;
  const sameOccurrence = raw("l.occurrence = c.occurrence");
  if (repeat.kind === "once") return [raw("true")];
  if (repeat.kind === "every_occurrence") return [sameOccurrence];
  return [sameOccurrence, sql`l.claimed_at > ${timestampSql(now - repeat.periodMs)}`];
}

function sameDeliverySql(campaign: Campaign): Sql {
  return sql`l.campaign = ${campaign.rootId} AND l.user_id = c.user_id
    AND l.occurrence = c.occurrence`;
}

function failureReopensSql(campaign: Campaign): Sql {
  return sql`(l.error_class IN ('denied', 'page_restricted')
    OR (l.error_class = 'message_invalid' AND l.revision <> ${campaign.revision}))`;
}
