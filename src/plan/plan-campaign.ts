import type { Funnel } from "../audience/funnel.ts";
import type { Judged } from "../audience/prepare-candidates.ts";
import type { Campaign } from "../model/campaign.ts";
import { REASONS } from "../model/delivery.ts";
import { formatInstant, type Instant } from "../model/instant.ts";
import type { PlannedCampaign } from "../model/plan.ts";
import type { Page, Workspace } from "../model/workspace.ts";
import type { PlanInput } from "./build-plan.ts";
import { ceilingOf } from "./ceiling.ts";
import { sourceOf } from "./guards.ts";
import { earliestDueAt } from "./order-campaigns.ts";

const NOBODY: Funnel = { matched: 0, eligible: 0, leftOut: {}, samples: [] };

/** Judges one campaign; `keep` lets its sends count for the caps of those that follow. */
export async function planCampaign(
  judged: Judged,
  input: PlanInput,
  keep: boolean,
): Promise<PlannedCampaign> {
  const { audience } = input;
  const { occasion } = judged;
  if (occasion?.state === "none") return entryOf(judged, { funnel: NOBODY, dueAt: null }, input);
  if (!keep) {
    const dueAt = earliestDueAt(judged);
    return entryOf(judged, { funnel: await audience.judge(judged), dueAt }, input);
  }
  const selection = await audience.select(judged);
  const dueAt = occasion === null ? selection.dueAt : earliestDueAt(judged);
  return entryOf(judged, { funnel: selection.funnel, dueAt }, input);
}

/**
 * Whether it matters who exactly is eligible: several events of one person may compete, and sends
 * count for the caps of the campaigns that come `later`.
 */
export function mustSelect(
  { campaign, occasion }: Judged,
  later: readonly Campaign[],
  { guards }: Workspace,
): boolean {
  if (occasion === null) return true;
  if (occasion.state !== "due" || guards.frequencyCap === undefined) return false;
  return campaign.frequencyCap.counts && later.some((one) => one.frequencyCap.obey);
}

function entryOf(
  { campaign, occasion }: Judged,
  counted: { readonly funnel: Funnel; readonly dueAt: Instant | null },
  { workspace }: PlanInput,
): PlannedCampaign {
  const { funnel, dueAt } = counted;
  const state = occasion?.state ?? (funnel.eligible > 0 ? "due" : "none");
  return {
    id: campaign.id,
    action: state === "due" ? "send" : state,
    purpose: campaign.purpose,
    due_at: dueAt === null ? null : formatInstant(dueAt),
    occurrences: occurrenceCount(occasion, funnel),
    superseded: occasion?.superseded ?? 0,
    source: sourceOf(campaign.at),
    matched: funnel.matched,
    eligible: funnel.eligible,
    ceiling: ceilingOf(campaign, funnel.eligible, workspace.guards),
    left_out: leftOutInOrder(funnel),
    samples: funnel.samples.map((sample) => ({ ...sample, message: { ...sample.message } })),
    seconds: secondsFor(funnel.eligible, workspace.page.rate),
  };
}

/** For `on`, every event is an occurrence of its own. */
function occurrenceCount(occasion: Judged["occasion"], funnel: Funnel): number {
  if (occasion === null) return funnel.eligible;
  return new Set(occasion.moments.map((moment) => moment.occurrence)).size;
}

/** In the order of judgement, so that equal plans have equal bytes. */
function leftOutInOrder({ leftOut }: Funnel): Record<string, number> {
  return Object.fromEntries(
    REASONS.flatMap((reason) => {
      const people = leftOut[reason];
      return people === undefined ? [] : [[reason, people]];
    }),
  );
}

function secondsFor(eligible: number, rate: Page["rate"]): number {
  return rate === "unlimited" ? 0 : Math.ceil(eligible / rate.perSecond);
}
