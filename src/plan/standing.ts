import type { Judged } from "../audience/prepare-candidates.ts";
import type { Campaign } from "../model/campaign.ts";
import type { OccurrenceId } from "../model/delivery.ts";
import { ownValue } from "../model/own-value.ts";
import type { RolloutStop, WaveCount, WaveVerdict } from "../model/rollout.ts";
import { instantToDate } from "../model/zone-time.ts";
import {
  acknowledgedStops,
  holdOf,
  NOTHING_TRIED,
  rolloutScope,
  triedOf,
} from "../policy/rollout.ts";
import type { StateDocument } from "../ports/state-store.ts";
import type { PlanInput } from "./build-plan.ts";

/** How far one occurrence of a campaign has come; for `on:`, all events of its revision. */
export interface Standing {
  readonly occurrence: OccurrenceId;
  /** What was tried, wave by wave; one wave where the campaign has no rollout. */
  readonly counts: readonly WaveCount[];
  readonly tried: number;
  /** The recorded stops of its rollout. */
  readonly stops: readonly RolloutStop[];
  /** How many of them the campaign acknowledges today. */
  readonly acknowledged: number;
  /** Why nobody else may be sent to; null: go on. */
  readonly held: WaveVerdict | null;
}

interface StandingInput extends Pick<PlanInput, "workspace" | "audience" | "now"> {
  readonly document: Pick<StateDocument, "campaigns"> | undefined;
}

/** Whether waves, stops or growth make it matter what was tried of an occurrence before. */
export function needsStandings({ campaign }: Judged, input: StandingInput): boolean {
  const memory = ownValue(input.document?.campaigns, campaign.rootId);
  if (campaign.rollout !== undefined || (memory?.stops ?? []).length > 0) return true;
  const isGuarded = input.workspace.guards.maxGrowth !== undefined && campaign.send.kind !== "on";
  return isGuarded && (memory?.lastEligible ?? null) !== null;
}

/** How the occurrences stand that a campaign is judged for, in the order of their ids. */
export async function standingsOf(judged: Judged, input: StandingInput): Promise<Standing[]> {
  const { campaign } = judged;
  const scopes = scopesOf(judged);
  if (scopes.length === 0) return [];
  const attempts = await input.audience.attempts(campaign, scopes);
  return scopes.map((occurrence) => {
    const counts = attempts.get(occurrence) ?? wavesOf(campaign).map(() => NOTHING_TRIED);
    return standingOf(campaign, { occurrence, counts }, input);
  });
}

function standingOf(
  campaign: Campaign,
  at: Pick<Standing, "occurrence" | "counts">,
  { document, workspace, now }: StandingInput,
): Standing {
  const { occurrence, counts } = at;
  const recorded = ownValue(document?.campaigns, campaign.rootId)?.stops ?? [];
  const stops = recorded.filter((stop) => stop.occurrence === occurrence);
  const today = instantToDate(now, workspace.timezone);
  const acknowledged = acknowledgedStops(campaign.acknowledge, { occurrence, today });
  const held = holdOf({ rollout: campaign.rollout, counts, stops, acknowledged });
  return { occurrence, counts, tried: triedOf(counts), stops, acknowledged, held };
}

function wavesOf({ rollout }: Campaign): readonly unknown[] {
  return rollout?.waves ?? ["rest"];
}

function scopesOf({ campaign, occasion }: Judged): OccurrenceId[] {
  if (occasion === null) return [rolloutScope(campaign, "")];
  return [...new Set(occasion.moments.map((moment) => moment.occurrence))].sort();
}
