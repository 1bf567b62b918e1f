import { type CompiledContent, compileContent } from "../message/compile-content.ts";
import type { Campaign } from "../model/campaign.ts";
import type { Condition } from "../model/condition.ts";
import { DAY_MS, type Instant } from "../model/instant.ts";
import { raw, type Sql } from "../model/sql.ts";
import { variablesOf } from "../model/variables.ts";
import type { Workspace } from "../model/workspace.ts";
import type { UserData } from "../ports/user-data.ts";
import type { Occasion } from "../schedule/expand-send.ts";
import { type QuietHours, quietStretches } from "../schedule/quiet-hours.ts";
import { conditionSql } from "../segment/condition-sql.ts";
import type { Candidates } from "./candidates-sql.ts";
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
  if (occasion === null) await writeQuietStretches(campaign, quietHours, at);
  else await writeMoments(at.users.engine, occasion.moments, { now: at.now, quietHours });
  return {
    workspace,
    campaign,
    now: at.now,
    asIfDue: occasion?.state === "upcoming",
    content: contentOf(campaign, workspace),
    isMatched: conditionOver(campaign.where, workspace, { now: at.now, alias: "u" }),
    isTrigger: triggerOf(campaign, workspace, at.now),
  };
}

/** A condition over rows `u` of users or `e` of events. */
export function conditionOver(
  condition: Condition,
  { users, events, segments, timezone }: Workspace,
  over: { readonly now: Instant; readonly alias: "u" | "e" },
): Sql {
  return conditionSql(condition, { ...over, timezone, segments, events, userId: users.id });
}

function triggerOf({ send }: Campaign, workspace: Workspace, now: Instant): Sql | null {
  if (send.kind !== "on") return null;
  if (send.where === undefined) return raw("true");
  return conditionOver(send.where, workspace, { now, alias: "e" });
}

/** The quiet hours that hold for a campaign. */
export function quietHoursOf(campaign: Campaign, workspace: Workspace): QuietHours | undefined {
  return campaign.quietHours === "obey" ? workspace.guards.quietHours : undefined;
}

async function writeQuietStretches(
  campaign: Campaign,
  quietHours: QuietHours | undefined,
  { users, now }: { readonly users: UserData; readonly now: Instant },
): Promise<void> {
  // An event that was due before this range is late wherever its person lives.
  const range = { from: now - (campaign.send.lateByMs ?? 0) - DAY_MS, to: now };
  const zones = quietHours === undefined ? [] : users.zones;
  const stretches = zones.flatMap((zone) =>
    quietHours ? quietStretches(zone, quietHours, range) : [],
  );
  await writeQuiet(users.engine, stretches);
}

function contentOf(campaign: Campaign, workspace: Workspace): CompiledContent {
  return compileContent(campaign.content, variablesOf(workspace, campaign.send.kind === "on"));
}
