import type { Judged } from "../audience/prepare-candidates.ts";
import type { Instant } from "../model/instant.ts";

/** By priority (descending), due instant, id: the order campaigns are judged and sent in. */
export function orderCampaigns(judged: readonly Judged[], now: Instant): Judged[] {
  return [...judged].sort(
    (a, b) =>
      b.campaign.priority - a.campaign.priority ||
      dueAt(a, now) - dueAt(b, now) ||
      (a.campaign.id < b.campaign.id ? -1 : 1),
  );
}

/** When the first people of a campaign are due; for `on:`, whose events come all the time, now. */
function dueAt({ occasion }: Judged, now: Instant): Instant {
  return occasion === null ? now : (earliestDueAt({ occasion }) ?? Number.MAX_SAFE_INTEGER);
}

export function earliestDueAt({ occasion }: Pick<Judged, "occasion">): Instant | null {
  const instants = occasion?.moments.map((moment) => moment.dueAt) ?? [];
  return instants.length === 0 ? null : Math.min(...instants);
}
