import type { Campaign } from "../model/campaign.ts";
import type { Instant } from "../model/instant.ts";
import type { Workspace } from "../model/workspace.ts";
import type { Occasion } from "../schedule/expand-send.ts";
import { zoneMoment } from "../schedule/zone-moment.ts";
import { quietHoursOf } from "./prepare-candidates.ts";

/**
 * An occasion that falls due for everybody at `now`, whatever the schedule says: what tests and
 * test sends are judged for. Null for `on:`, whose events bring their own instants.
 */
export function dueNow(
  campaign: Campaign,
  workspace: Workspace,
  at: { readonly now: Instant; readonly zones: readonly string[] },
): Occasion | null {
  if (campaign.send.kind === "on") return null;
  const timing = {
    ...at,
    workspaceZone: workspace.timezone,
    quietHours: quietHoursOf(campaign, workspace),
    triedAt: null,
    firstSeenAt: null,
  };
  const moment = (zone: string) =>
    zoneMoment({ zone, occurrence: "posthorn:now", dueAt: at.now, lateByMs: 0 }, timing);
  return { state: "due", moments: at.zones.map(moment), superseded: 0, missed: false };
}
