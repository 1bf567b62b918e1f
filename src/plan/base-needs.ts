import type { Campaign } from "../model/campaign.ts";
import { canonicalJson } from "../model/canonical-json.ts";
import type { Plan } from "../model/plan.ts";
import type { Workspace } from "../model/workspace.ts";
import { type Change, campaignChanges } from "./changes-of.ts";

/**
 * Which campaigns of the base have to be judged for a comparison: `all` where a guard blocks, for
 * it may block without the change too; else those that say something else now, so that both texts
 * can stand side by side. Whom the others reach, the head's own plan tells.
 */
export function baseNeeds(
  base: Workspace,
  head: { readonly workspace: Workspace; readonly plan: Plan },
): "all" | ReadonlySet<string> {
  if (head.plan.snapshot.guards.some(({ outcome }) => outcome === "block")) return "all";
  const after = new Map(head.workspace.campaigns.map((one) => [one.rootId, one]));
  const needed = base.campaigns.filter((campaign) => {
    const now = after.get(campaign.rootId);
    if (now === undefined || campaign.status !== "active") return false;
    return saysElse({ campaign, workspace: base }, { campaign: now, workspace: head.workspace });
  });
  return new Set(needed.map(({ id }) => id));
}

interface Version {
  readonly campaign: Campaign;
  readonly workspace: Workspace;
}

/** Whether anybody may read another message, by the files alone. */
export function saysElse(before: Version, after: Version): boolean {
  const vars = [before, after].map(({ workspace }) => canonicalJson(workspace.vars));
  if (vars[0] !== vars[1]) return true;
  return changesBetween(before, after).some(({ path }) => CONTENT.test(path));
}

const CONTENT = /^(?:message|locales|variants|fallbacks|on_missing)\b/;

export function changesBetween(before: Version, after: Version): Change[] {
  return campaignChanges(
    { campaign: before.campaign, segments: before.workspace.segments },
    { campaign: after.campaign, segments: after.workspace.segments },
  );
}
