import type { Campaign } from "../model/campaign.ts";
import type { OccurrenceId } from "../model/delivery.ts";
import { ownValue } from "../model/own-value.ts";
import type { DecidedCampaign, Decision } from "../plan/build-plan.ts";
import type { Standing } from "../plan/standing.ts";
import { triedOf } from "../policy/rollout.ts";
import type { CampaignMemory, StateDocument, StateWriter } from "../ports/state-store.ts";
import { completedOccurrence } from "../schedule/completed-occurrence.ts";
import type { ApplyRun } from "./apply-plan.ts";

const NOTHING: CampaignMemory = { triedAt: null, lastEligible: null, firstSeenAt: null };

/** What the state remembers of the campaigns, as this run changes it. */
export class Memory {
  campaigns: StateDocument["campaigns"];
  readonly #writer: StateWriter;

  constructor(document: StateDocument | undefined, writer: StateWriter) {
    this.campaigns = document?.campaigns ?? {};
    this.#writer = writer;
  }

  of({ rootId }: Campaign): CampaignMemory {
    return ownValue(this.campaigns, rootId) ?? NOTHING;
  }

  async update(campaigns: readonly Campaign[], change: Partial<CampaignMemory>): Promise<void> {
    if (campaigns.length === 0) return;
    const changed = Object.fromEntries(
      campaigns.map((campaign) => [campaign.rootId, { ...this.of(campaign), ...change }]),
    );
    this.campaigns = { ...this.campaigns, ...changed };
    await this.#writer.remember(changed);
  }
}

/** `at: now` is due from the first apply that sees it, so that instant is kept before any send. */
export async function rememberStart(
  { sending }: Decision,
  { memory, now }: ApplyRun,
): Promise<void> {
  const first = sending
    .map(({ judged }) => judged.campaign)
    .filter((one) => one.send.kind === "now" && memory.of(one).firstSeenAt === null);
  await memory.update(first, { firstSeenAt: now });
}

/**
 * Keeps the stop of a wave, if it is new, until the campaign acknowledges it. Stops of occurrences
 * that are not `current` any more go.
 */
export async function rememberStop(
  { occurrence, held, stops, acknowledged }: Standing,
  of: { readonly campaign: Campaign; readonly current: readonly OccurrenceId[] },
  { memory, clock, writer }: ApplyRun,
): Promise<void> {
  if (held === null || stops.length > acknowledged) return;
  const stop = { ...held, occurrence, stoppedAt: clock.now(), runId: writer.run.id };
  const before = memory.of(of.campaign).stops ?? [];
  const kept = before.filter((one) => of.current.includes(one.occurrence));
  await memory.update([of.campaign], { stops: [...kept, stop] });
}

/** Closes the occurrence after everyone due was tried. */
export async function rememberTried({ judged }: DecidedCampaign, run: ApplyRun): Promise<void> {
  const { campaign, occasion } = judged;
  if (occasion === null) return;
  const { memory, now, users, audience } = run;
  const completed = completedOccurrence(occasion.moments, { now, zoneCount: users.zones.length });
  if (completed === null) return memory.update([campaign], { triedAt: now });
  const attempts = await audience.attempts(campaign, [completed]);
  const stops = (memory.of(campaign).stops ?? []).filter((one) => one.occurrence !== completed);
  await memory.update([campaign], {
    triedAt: now,
    lastEligible: triedOf(attempts.get(completed) ?? []),
    ...(memory.of(campaign).stops !== undefined && { stops }),
  });
}
