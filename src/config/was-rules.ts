import type { Finding } from "../diag/diagnostic.ts";
import type { CampaignId } from "../model/campaign.ts";
import type { JsonPath } from "../model/json.ts";
import type { JudgedCampaign } from "./judge-campaign.ts";

/** Former ids that cannot be: those of living campaigns, and those that two campaigns claim. */
export function wasFindings(
  campaigns: readonly JudgedCampaign[],
): ReadonlyMap<CampaignId, readonly Finding[]> {
  const living = new Set(campaigns.map(({ id }) => id));
  const claimedBy = new Map<CampaignId, CampaignId>();
  const found = new Map<CampaignId, readonly Finding[]>();
  for (const { id, read } of campaigns) {
    const { was } = read.sound;
    const findings = [was ?? []].flat().flatMap((former, at) => {
      const path = Array.isArray(was) ? ["was", at] : ["was"];
      const first = claimedBy.get(former);
      claimedBy.set(former, first ?? id);
      if (former === id) return [ownName(path)];
      if (living.has(former)) return [stillThere(former, path)];
      return first === undefined || first === id ? [] : [claimedTwice(former, first, path)];
    });
    if (findings.length > 0) found.set(id, findings);
  }
  return found;
}

function ownName(path: JsonPath): Finding {
  const detail =
    "This is the campaign's own id: it cannot have been renamed to itself. Take it away.";
  return { code: "WAS_ITSELF", path, summary: "Campaign renamed to itself", detail };
}

function stillThere(former: CampaignId, path: JsonPath): Finding {
  const detail =
    `campaigns/${former}.yaml still exists, so it was not renamed to this one. ` +
    "Take that file away, or take was: away.";
  return { code: "WAS_EXISTS", path, summary: "Former campaign still exists", detail };
}

function claimedTwice(former: CampaignId, first: CampaignId, path: JsonPath): Finding {
  const detail =
    `"${former}" is claimed by campaigns/${first}.yaml already. ` +
    "A history has one heir: take was: out of one of the two.";
  return { code: "WAS_TWICE", path, summary: "Two campaigns of one history", detail };
}
