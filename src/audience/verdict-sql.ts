import type { Campaign } from "../model/campaign.ts";
import { chanceSql } from "../model/chance.ts";
import type { Reason } from "../model/delivery.ts";
import { DAY_MS, type Instant } from "../model/instant.ts";
import { join, raw, type Sql, sql } from "../model/sql.ts";
import type { Workspace } from "../model/workspace.ts";
import {
  ALREADY_FAILED,
  alreadySentSql,
  historyJoins,
  IS_REOPENED,
  recentSendsSql,
  timestampSql,
  UNREACHABLE,
  unresolvedSql,
} from "./history-sql.ts";

/** Meta's standard messaging window. Source: messenger-platform.md section 2.1. */
export const MESSAGING_WINDOW_MS = DAY_MS;

/** What one campaign is judged by. */
export interface Judgement {
  readonly workspace: Workspace;
  readonly campaign: Campaign;
  readonly now: Instant;
  /** Upcoming campaigns are judged as if they were due now. */
  readonly asIfDue: boolean;
}

/** The joins over a candidate `c` that `reasonSql` relies on. */
export function reasonJoins({ workspace, campaign, now }: Judgement): Sql {
  const history = sql`${historyJoins(campaign, now)}
    LEFT JOIN forgotten ON forgotten.user_id = c.user_id`;
  const cap = workspace.guards.frequencyCap;
  if (cap === undefined || !campaign.frequencyCap.obey) return history;
  return sql`${history}
    LEFT JOIN (${recentSendsSql(cap.periodMs, now)}) recent ON recent.user_id = c.user_id`;
}

/** A rule of SPEC section 5 as one campaign's people are judged by it. */
export interface Rule {
  readonly reason: Reason;
  /** Over a candidate `c`; null where the rule does not apply to this campaign. */
  readonly holds: Sql | null;
}

/**
 * The one reason that each candidate is left out for, NULL for those who are eligible: the rules of
 * SPEC section 5 in their order, all but the last two, which need the rendered message.
 */
export function reasonSql(judgement: Judgement): Sql {
  const cases = rules(judgement).flatMap(({ reason, holds }) =>
    holds === null ? [] : [sql`WHEN ${holds} THEN ${raw(`'${reason}'`)}`],
  );
  return sql`CASE ${join(cases, " ")} END`;
}

/** All but the last two, in the order of judgement. */
export function rules(judgement: Judgement): Rule[] {
  const { campaign, now } = judgement;
  return [
    { reason: "no_psid", holds: raw("c.psid IS NULL") },
    { reason: "no_consent", holds: NO_CONSENT },
    { reason: "not_tester", holds: notTester(judgement) },
    { reason: "holdout", holds: heldOut(campaign) },
    { reason: "already_sent", holds: alreadySentSql(campaign, now) },
    { reason: "already_failed", holds: ALREADY_FAILED },
    { reason: "unresolved", holds: unresolvedSql(campaign, now) },
    { reason: "unreachable", holds: UNREACHABLE },
    ...timeRules(judgement),
    { reason: "outside_window", holds: outsideWindow(judgement) },
    { reason: "frequency_cap", holds: capped(judgement) },
  ];
}

/** Who asked to be forgotten took their consent back, whatever the user data says since. */
const NO_CONSENT = raw("(c.consent IS NOT TRUE OR forgotten.user_id IS NOT NULL)");

function notTester({ workspace }: Judgement): Sql | null {
  const { mode, testers } = workspace.page;
  if (mode === "live") return null;
  return sql`NOT list_contains(${Object.values(testers)}::VARCHAR[], c.psid)`;
}

function heldOut(campaign: Campaign): Sql | null {
  if (campaign.holdout === 0) return null;
  return sql`${chanceSql("holdout", campaign.rootId, raw("c.person_id"))} < ${campaign.holdout}`;
}

/** `send_at` is NULL for people of a zone that the schedule has nothing left for. */
function timeRules({ now, asIfDue }: Judgement): Rule[] {
  const passed = raw("c.send_at IS NULL");
  if (asIfDue) return [{ reason: "late", holds: passed }];
  const at = timestampSql(now);
  const closed = sql`(c.closed AND NOT ${IS_REOPENED})`;
  return [
    { reason: "late", holds: sql`(${passed} OR c.late_at < ${at} OR ${closed})` },
    { reason: "not_due", holds: sql`c.due_at > ${at}` },
    { reason: "quiet_hours", holds: sql`(c.quiet_now OR c.send_at > ${at})` },
  ];
}

/** Open while now <= last_inbound + 24 h − margin; utility templates need no window. */
function outsideWindow({ workspace, campaign, now }: Judgement): Sql | null {
  if (campaign.messaging === "UTILITY") return null;
  const openSince = now - MESSAGING_WINDOW_MS + workspace.page.windowMarginMs;
  return sql`(c.last_inbound IS NULL OR c.last_inbound < ${timestampSql(openSince)})`;
}

function capped({ workspace, campaign }: Judgement): Sql | null {
  const cap = workspace.guards.frequencyCap;
  if (cap === undefined || !campaign.frequencyCap.obey) return null;
  return sql`recent.sends >= ${cap.max}`;
}
