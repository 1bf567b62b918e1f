import { type Judged, quietHoursOf } from "../audience/prepare-candidates.ts";
import type { Campaign } from "../model/campaign.ts";
import { ownValue } from "../model/own-value.ts";
import { expandSend } from "../schedule/expand-send.ts";
import type { PlanInput } from "./build-plan.ts";

/** Puts the campaign's schedule to the clock; `at` and `every` have an occasion, `on` has none. */
export async function judgedCampaign(
  campaign: Campaign,
  input: Pick<PlanInput, "workspace" | "users" | "now" | "audience" | "document">,
): Promise<Judged> {
  const { workspace, users, now, audience, document } = input;
  if (campaign.send.kind === "on") return { campaign, occasion: null };
  const memory = ownValue(document?.campaigns, campaign.rootId);
  const timing = {
    now,
    zones: users.zones,
    workspaceZone: workspace.timezone,
    quietHours: quietHoursOf(campaign, workspace),
    triedAt: memory?.triedAt ?? null,
    firstSeenAt: memory?.firstSeenAt ?? null,
  };
  const occasion = expandSend(campaign.send, timing, await audience.reopened(campaign));
  return { campaign, occasion };
}
