import type { Audience } from "../audience/audience.ts";
import type { Judged } from "../audience/prepare-candidates.ts";
import { Stop } from "../diag/errors.ts";
import { digest } from "../model/canonical-json.ts";
import { formatInstant, type Instant } from "../model/instant.ts";
import { ownValue } from "../model/own-value.ts";
import type { Plan, PlannedCampaign, Warning } from "../model/plan.ts";
import type { Workspace } from "../model/workspace.ts";
import { instantToDate } from "../model/zone-time.ts";
import type { StateDocument } from "../ports/state-store.ts";
import type { UserData } from "../ports/user-data.ts";
import { checkGuards } from "./guards.ts";
import { type Horizon, horizonOf } from "./horizon.ts";
import { intentOf } from "./intent.ts";
import { judgedCampaign } from "./judged-campaign.ts";
import { orderCampaigns } from "./order-campaigns.ts";
import { mustSelect, type PlannedStanding, planCampaign } from "./plan-campaign.ts";
import { summaryOf } from "./summary.ts";
import {
  developmentMode,
  haltWarnings,
  missedOccurrence,
  onlyAndCaps,
  planWarnings,
} from "./warnings.ts";

/** All that a plan is made from. Equal inputs give equal bytes. */
export interface PlanInput {
  readonly workspace: Workspace;
  readonly users: UserData;
  readonly audience: Audience;
  readonly document: StateDocument | undefined;
  /** Why applies are halted; null: they are not. */
  readonly halted: string | null;
  readonly now: Instant;
  readonly git: { readonly head: string | null; readonly dirty: boolean };
  /** Judges these campaigns alone; undefined: all active ones. */
  readonly only: ReadonlySet<string> | undefined;
  /** How far to look ahead; undefined: not at all. */
  readonly horizonMs?: number | undefined;
}

/** A campaign as it was judged, with its entry in the plan. */
export interface DecidedCampaign extends PlannedStanding {
  readonly judged: Judged;
}

/** A plan, and the campaigns it is about in the order it would send them. */
export interface Decision {
  readonly plan: Plan;
  readonly sending: readonly DecidedCampaign[];
  /** Due, but kept back by the stop of a rollout. */
  readonly held: readonly DecidedCampaign[];
}

/**
 * Decides who would get which message now, and whether the guards let it pass. Throws Stop
 * `invalid` where a part of the user data turns out to be unreadable.
 */
export async function buildPlan(input: PlanInput): Promise<Decision> {
  try {
    return await decide(input);
  } catch (fault) {
    const diagnostic = input.users.faultOf(fault);
    if (diagnostic === undefined) throw fault;
    throw new Stop("invalid", "The user data is not valid; nothing was done.", [diagnostic]);
  }
}

async function decide(input: PlanInput): Promise<Decision> {
  const ordered = orderCampaigns(await judgedCampaigns(input), input.now);
  const campaigns: DecidedCampaign[] = [];
  for (const [index, judged] of ordered.entries()) {
    const later = ordered.slice(index + 1).map((one) => one.campaign);
    const keep = mustSelect(judged, later, input.workspace) || isForecast(judged, input);
    campaigns.push({ judged, ...(await planCampaign(judged, input, keep)) });
  }
  const sending = campaigns.filter(({ planned }) => planned.action === "send");
  const held = campaigns.filter(({ planned }) => planned.action === "none" && isHeld(planned));
  const { horizonMs } = input;
  const horizon = horizonMs === undefined ? undefined : await horizonOf(input, horizonMs);
  return { plan: documentOf(input, campaigns, { sending, horizon }), sending, held };
}

/** What is sent now counts for the caps of what lies ahead. */
function isForecast({ occasion }: Judged, { horizonMs }: PlanInput): boolean {
  return horizonMs !== undefined && occasion?.state === "due";
}

function isHeld({ rollout }: PlannedCampaign): boolean {
  return rollout !== null && rollout.held > 0;
}

async function judgedCampaigns(input: PlanInput): Promise<Judged[]> {
  const { workspace, only } = input;
  const chosen = workspace.campaigns.filter(
    ({ id, status }) => status === "active" && (only?.has(id) ?? true),
  );
  const judged: Judged[] = [];
  for (const campaign of chosen) judged.push(await judgedCampaign(campaign, input));
  return judged;
}

function documentOf(
  input: PlanInput,
  campaigns: readonly DecidedCampaign[],
  of: { readonly sending: Decision["sending"]; readonly horizon: Horizon | undefined },
): Plan {
  const { sending, horizon } = of;
  const { workspace, document, now, git } = input;
  const guards = checkGuards({
    workspace,
    document,
    today: instantToDate(now, workspace.timezone),
    sending: sending.map(({ judged, ...one }) => ({ campaign: judged.campaign, ...one })),
  });
  const warnings = [
    ...haltWarnings(input.halted),
    ...planWarnings(workspace, input.users, now),
    ...developmentMode(
      workspace,
      campaigns.map(({ planned }) => planned),
    ),
    ...onlyAndCaps(workspace, input.only),
    ...campaigns.flatMap(({ judged }) => missedWarning(judged, document)),
  ];
  const intent = intentOf(workspace);
  const snapshot = {
    now: formatInstant(now),
    git: { head: git.head, base: null, dirty: git.dirty },
    campaigns: campaigns.map(({ planned }) => planned),
    guards,
    warnings,
    ...(horizon && { horizon }),
  };
  return {
    format: "posthorn.plan/1",
    intent,
    snapshot,
    digests: { intent: digest(intent), snapshot: digest(snapshot) },
    summary: summaryOf(snapshot),
  };
}

function missedWarning({ campaign, occasion }: Judged, document: PlanInput["document"]): Warning[] {
  if (!occasion?.missed) return [];
  const stops = ownValue(document?.campaigns, campaign.rootId)?.stops ?? [];
  return [missedOccurrence(campaign, stops.length > 0)];
}
