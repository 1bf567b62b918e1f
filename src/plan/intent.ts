import type { Campaign } from "../model/campaign.ts";
import type { JsonObject } from "../model/json.ts";
import type { Plan } from "../model/plan.ts";
import type { Guards, UserSource, Workspace } from "../model/workspace.ts";

/** What was written, without data and clock: what a reviewer approves and `--expect` holds to. */
export function intentOf(workspace: Workspace): Plan["intent"] {
  const active = workspace.campaigns.filter((campaign) => campaign.status === "active");
  return {
    workspace: workspace.id,
    consent: consentOf(workspace.users),
    campaigns: active.map((campaign) => ({
      id: campaign.id,
      revision: campaign.revision,
      send: { ...(campaign.written["send"] as JsonObject) },
      max_recipients: writtenCeiling(campaign, workspace.guards) ?? null,
    })),
    guards: writtenGuards(workspace.guards),
  };
}

function consentOf({ consent, inbound }: UserSource): Plan["intent"]["consent"] {
  return {
    column: consent === "assumed" ? null : consent.column,
    inbound: inbound !== undefined,
  };
}

/** The written limit of a campaign's recipients: its own, else the guard's. */
export function writtenCeiling(campaign: Campaign, guards: Guards): number | undefined {
  return campaign.maxRecipients ?? guards.maxRecipients?.limit;
}

/** The guards as plans write them. */
export function writtenGuards(guards: Guards): Plan["intent"]["guards"] {
  const { maxRecipients, maxGrowth, frequencyCap, quietHours } = guards;
  return {
    ...(maxRecipients && { max_recipients: maxRecipients.limit }),
    ...(maxGrowth && {
      max_growth: { percent: `${maxGrowth.percent}%`, at_least: maxGrowth.atLeast },
    }),
    empty_audience: guards.emptyAudience,
    ...(frequencyCap && {
      frequency_cap: { max: frequencyCap.max, per_ms: frequencyCap.periodMs },
    }),
    ...(quietHours && {
      quiet_hours: { from_minute: quietHours.fromMinute, to_minute: quietHours.toMinute },
    }),
  };
}
