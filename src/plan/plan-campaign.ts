import type { Funnel } from "../audience/funnel.ts";
import type { Judged } from "../audience/prepare-candidates.ts";
import { MAX_PER_SECOND, messageKind } from "../message/message-kind.ts";
import type { Campaign } from "../model/campaign.ts";
import { type OccurrenceId, REASONS } from "../model/delivery.ts";
import { formatInstant, type Instant } from "../model/instant.ts";
import { ownValue } from "../model/own-value.ts";
import type { PlannedCampaign } from "../model/plan.ts";
import type { Page, Workspace } from "../model/workspace.ts";
import type { PlanInput } from "./build-plan.ts";
import { ceilingOf } from "./ceiling.ts";
import { sourceOf } from "./guards.ts";
import { earliestDueAt } from "./order-campaigns.ts";
import { type Peopled, rolloutDocument } from "./rollout-document.ts";
import { needsStandings, type Standing, standingsOf } from "./standing.ts";

const NOBODY: Funnel = { matched: 0, eligible: 0, leftOut: {}, samples: [] };

/** A campaign's entry, and how its occurrences stand where that matters. */
export interface PlannedStanding {
  readonly planned: PlannedCampaign;
  readonly standings: readonly Peopled[];
}

/** Judges one campaign; `keep` lets its sends count for the caps of those that follow. */
export async function planCampaign(
  judged: Judged,
  input: PlanInput,
  keep: boolean,
): Promise<PlannedStanding> {
  const { campaign, occasion } = judged;
  if (occasion?.state === "none") {
    const planned = entryOf(judged, { funnel: NOBODY, dueAt: null, rollout: null }, input);
    return { planned, standings: [] };
  }
  const stood = needsStandings(judged, input) ? await standingsOf(judged, input) : [];
  const { people, ...counted } = await countCampaign(judged, input, { keep, stood });
  const standings = stood.map((one) => ({ ...one, people: people.get(one.occurrence) ?? 0 }));
  const rollout = rolloutDocument(campaign, standings);
  return { planned: entryOf(judged, { ...counted, rollout }, input), standings };
}

interface Counted {
  readonly funnel: Funnel;
  readonly dueAt: Instant | null;
  /** The eligible of each occurrence, where that is known. */
  readonly people: ReadonlyMap<OccurrenceId, number>;
}

async function countCampaign(
  judged: Judged,
  { audience }: PlanInput,
  of: { readonly keep: boolean; readonly stood: readonly Standing[] },
): Promise<Counted> {
  const { occasion } = judged;
  const { keep, stood } = of;
  const peopleOf = (funnel: Funnel) =>
    new Map(stood.slice(0, 1).map(({ occurrence }) => [occurrence, funnel.eligible]));
  const isParted = stood.length > 1 && occasion?.state === "due";
  if (!keep && !isParted) {
    const funnel = await audience.judge(judged);
    const people = stood.length > 1 ? new Map<OccurrenceId, number>() : peopleOf(funnel);
    return { funnel, dueAt: earliestDueAt(judged), people };
  }
  const isHeld = stood.length > 0 && stood.every(({ held }) => held !== null);
  const selection = await audience.select(judged, keep && !isHeld);
  const { funnel } = selection;
  const people = isParted ? await selection.occurrences() : peopleOf(funnel);
  return { funnel, people, dueAt: occasion === null ? selection.dueAt : earliestDueAt(judged) };
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
  counted: Omit<Counted, "people"> & Pick<PlannedCampaign, "rollout">,
  { workspace, document }: PlanInput,
): PlannedCampaign {
  const lastEligible = ownValue(document?.campaigns, campaign.rootId)?.lastEligible ?? null;
  const { funnel, dueAt, rollout } = counted;
  const state = occasion?.state ?? (funnel.eligible > 0 ? "due" : "none");
  const isHeld = rollout !== null && rollout.held > 0 && rollout.held === funnel.eligible;
  return {
    id: campaign.id,
    action: state !== "due" ? state : isHeld ? "none" : "send",
    purpose: campaign.purpose,
    due_at: dueAt === null ? null : formatInstant(dueAt),
    occurrences: occurrenceCount(occasion, funnel),
    superseded: occasion?.superseded ?? 0,
    source: sourceOf(campaign.at),
    matched: funnel.matched,
    eligible: funnel.eligible,
    ceiling: ceilingOf(campaign, funnel.eligible, workspace.guards),
    ...(lastEligible !== null && { last_eligible: lastEligible }),
    left_out: leftOutInOrder(funnel),
    samples: funnel.samples.map((sample) => ({ ...sample, message: { ...sample.message } })),
    seconds: secondsFor(funnel, workspace.page.rate),
    rollout,
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

/** What the page's rate makes of it, and the lower one of audio and video. */
function secondsFor({ eligible, samples }: Funnel, rate: Page["rate"]): number {
  if (rate === "unlimited") return 0;
  const limited = samples.filter(({ message }) => messageKind(message) === "audio_video");
  const slow = limited.reduce((sum, { people }) => sum + people, 0);
  const slowRate = Math.min(rate.perSecond, MAX_PER_SECOND.audio_video);
  return Math.ceil(Math.max(eligible / rate.perSecond, slow / slowRate));
}
