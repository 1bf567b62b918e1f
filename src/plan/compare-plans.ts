import type { Moves } from "../audience/moves.ts";
import type { Campaign } from "../model/campaign.ts";
import { canonicalJson, digest } from "../model/canonical-json.ts";
import type { Guard, Plan, PlannedCampaign, Warning } from "../model/plan.ts";
import type { Workspace } from "../model/workspace.ts";
import { changesBetween, saysElse } from "./base-needs.ts";
import { changesOf } from "./changes-of.ts";
import { sourceOf } from "./guards.ts";
import { intentOf, writtenGuards } from "./intent.ts";
import { summaryOf } from "./summary.ts";

/** One commit's files, and what they come to on the same data and clock. */
export interface Planned {
  readonly workspace: Workspace;
  readonly plan: Plan;
}

export interface Comparison {
  readonly base: {
    readonly commit: string;
    readonly workspace: Workspace;
    /** Of the campaigns that `baseNeeds` names; undefined where it names none. */
    readonly planned: Plan | undefined;
  };
  readonly head: Planned;
  /** By root id, for every campaign that is active in one of the two. */
  readonly moves: ReadonlyMap<string, Moves>;
}

/** The head's plan with what its change of files does, set against the base's. */
export function comparePlans(comparison: Comparison): Plan {
  const { base, head } = comparison;
  const campaigns = head.plan.snapshot.campaigns.map((one) => comparedCampaign(one, comparison));
  const guards = head.plan.snapshot.guards.map((guard) => comparedGuard(guard, base.planned));
  const warnings = [...head.plan.snapshot.warnings, ...likeRenamed(comparison)];
  const snapshot = {
    ...head.plan.snapshot,
    git: { ...head.plan.snapshot.git, base: base.commit },
    campaigns,
    guards,
    warnings,
    compared: {
      removed: removedCampaigns(comparison),
      guards: changesOf(writtenGuards(base.workspace.guards), writtenGuards(head.workspace.guards)),
    },
  };
  const intent = intentOf(head.workspace);
  return {
    ...head.plan,
    // What is approved are the guards that will hold once it is merged.
    intent,
    snapshot,
    digests: { intent: digest(intent), snapshot: digest(snapshot) },
    summary: summaryOf(snapshot),
  };
}

function comparedCampaign(planned: PlannedCampaign, comparison: Comparison): PlannedCampaign {
  const { base, head, moves } = comparison;
  const campaign = activeById(head.workspace, planned.id);
  if (campaign === undefined) return planned;
  const before = base.workspace.campaigns.find(({ rootId }) => rootId === campaign.rootId);
  const moved = moves.get(campaign.rootId) ?? { entering: 0, leaving: 0 };
  if (before === undefined) return { ...planned, change: "added", changes: [], ...moved };
  const versions = [
    { campaign: before, workspace: base.workspace },
    { campaign, workspace: head.workspace },
  ] as const;
  const changes = changesBetween(...versions);
  const isRenamed = before.id !== campaign.id;
  return {
    ...planned,
    change: isRenamed ? "renamed" : changes.length > 0 ? "changed" : "none",
    ...(isRenamed && { renamed_from: before.id }),
    changes,
    ...moved,
    samples: saysElse(...versions)
      ? comparedSamples(
          planned,
          base.planned?.snapshot.campaigns.find(({ id }) => id === before.id),
        )
      : planned.samples,
  };
}

/** Each sample beside that of the same variant and locale, where it says something else. */
function comparedSamples(
  { samples }: PlannedCampaign,
  before: PlannedCampaign | undefined,
): PlannedCampaign["samples"] {
  return samples.map((sample) => {
    const was = before?.samples.find(
      ({ variant, locale }) => variant === sample.variant && locale === sample.locale,
    );
    const isSame =
      was === undefined || canonicalJson(was.message) === canonicalJson(sample.message);
    return isSame ? sample : { ...sample, before: was.message };
  });
}

/** One that passes now is not asked whether it blocked before. */
function comparedGuard(guard: Guard, base: Plan | undefined): Guard {
  if (guard.outcome !== "block") return { ...guard, in_base: false };
  const inBase = base?.snapshot.guards.some(
    ({ rule, campaign, outcome }) =>
      rule === guard.rule && campaign === guard.campaign && outcome === "block",
  );
  return { ...guard, in_base: inBase === true };
}

type Removed = NonNullable<Plan["snapshot"]["compared"]>["removed"][number];

function removedCampaigns({ base, head, moves }: Comparison): Removed[] {
  return base.workspace.campaigns.filter(isActive).flatMap((before) => {
    const after = head.workspace.campaigns.find(({ rootId }) => rootId === before.rootId);
    if (after !== undefined && isActive(after)) return [];
    const because = after === undefined || after.status === "active" ? "deleted" : after.status;
    return [{ id: before.id, because, leaving: moves.get(before.rootId)?.leaving ?? 0 }];
  });
}

/** A campaign that goes and one that comes and says the same: its history would be lost. */
function likeRenamed({ base, head }: Comparison): Warning[] {
  const headIds = new Set(head.workspace.campaigns.map(({ rootId }) => rootId));
  const baseIds = new Set(base.workspace.campaigns.map(({ rootId }) => rootId));
  const gone = base.workspace.campaigns.filter(({ rootId }) => !headIds.has(rootId));
  const come = head.workspace.campaigns.filter(({ rootId }) => !baseIds.has(rootId));
  return come.flatMap((campaign) => {
    const twin = gone.find((one) => looksLike(one, campaign));
    return twin === undefined ? [] : [renameWarning(twin, campaign)];
  });
}

function looksLike(a: Campaign, b: Campaign): boolean {
  return canonicalJson(a.content.message) === canonicalJson(b.content.message);
}

function renameWarning(gone: Campaign, come: Campaign): Warning {
  return {
    code: "CAMPAIGN_LIKE_RENAMED",
    summary: "A campaign goes and another says the same",
    detail:
      `"${gone.id}" is removed and "${come.id}" is added with the same message. If it was ` +
      `renamed, add \`was: ${gone.id}\` to it, or everybody who had it gets it again.`,
    source: sourceOf(come.at),
  };
}

function activeById({ campaigns }: Workspace, id: string): Campaign | undefined {
  return campaigns.find((one) => one.id === id && isActive(one));
}

function isActive({ status }: Campaign): boolean {
  return status === "active";
}
