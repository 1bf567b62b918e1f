import type { Campaign } from "../model/campaign.ts";
import type { Condition } from "../model/condition.ts";
import { DAY_MS, type Instant } from "../model/instant.ts";
import { raw, type Sql } from "../model/sql.ts";
import type { Workspace } from "../model/workspace.ts";
import type { UserData } from "../ports/user-data.ts";
import type { Occasion } from "../schedule/expand-send.ts";
import { type QuietHours, type QuietStretch, quietStretches } from "../schedule/quiet-hours.ts";
import { conditionSql } from "../segment/condition-sql.ts";
import type { Candidates } from "./candidates-sql.ts";
import { compiledContent } from "./compiled-content.ts";
import { writeMoments, writeQuiet } from "./occasion-tables.ts";

/** A campaign with the occurrence it is judged for; null for `on:`, where each event is one. */
export interface Judged {
  readonly campaign: Campaign;
  readonly occasion: Occasion | null;
}

/** Brings together what a campaign is judged by, and writes its occasion where SQL can see it. */
export async function prepareCandidates(
  { campaign, occasion }: Judged,
  workspace: Workspace,
  at: { readonly users: UserData; readonly now: Instant },
): Promise<Candidates> {
  const quietHours = quietHoursOf(campaign, workspace);
  const { now } = at;
  const { engine, zones } = at.users;
  if (occasion === null) await writeQuiet(engine, quietNear(campaign, workspace, { zones, now }));
  else await writeMoments(engine, occasion.moments, { now, quietHours });
  return {
    workspace,
    campaign,
    now,
    asIfDue: occasion?.state === "upcoming",
    content: compiledContent(campaign, workspace),
    isMatched: conditionOver(campaign.where, workspace, { now, alias: "u" }),
    isTrigger: triggerOf(campaign, workspace, { now }),
  };
}

interface Over {
  readonly now: Instant;
  readonly personId?: string;
}

/** A condition over rows `u` of users or `e` of events. */
export function conditionOver(
  condition: Condition,
  { users, events, segments, timezone }: Workspace,
  over: Over & { readonly alias: "u" | "e" },
): Sql {
  return conditionSql(condition, { ...over, timezone, segments, events, userId: users.id });
}

/** Over a row `e` of events: whether it sets the campaign off; null where events do not. */
export function triggerOf({ send }: Campaign, workspace: Workspace, over: Over): Sql | null {
  if (send.kind !== "on") return null;
  if (send.where === undefined) return raw("true");
  return conditionOver(send.where, workspace, { ...over, alias: "e" });
}

/** The quiet hours that hold for a campaign. */
export function quietHoursOf(campaign: Campaign, workspace: Workspace): QuietHours | undefined {
  return campaign.quietHours === "obey" ? workspace.guards.quietHours : undefined;
}

/** The quiet stretches that the events of an `on:` campaign can fall into. */
export function quietNear(
  campaign: Campaign,
  workspace: Workspace,
  { zones, now }: { readonly zones: readonly string[]; readonly now: Instant },
): QuietStretch[] {
  const quietHours = quietHoursOf(campaign, workspace);
  if (quietHours === undefined) return [];
  // An event that was due before this range is late wherever its person lives.
  const range = { from: now - (campaign.send.lateByMs ?? 0) - DAY_MS, to: now };
  return zones.flatMap((zone) => quietStretches(zone, quietHours, range));
}
