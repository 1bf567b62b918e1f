import type { Campaign } from "../model/campaign.ts";
import { ownValue } from "../model/own-value.ts";
import type { CampaignReport } from "../model/report.ts";
import type { Decision } from "../plan/build-plan.ts";
import type { CampaignMemory } from "../ports/state-store.ts";
import type { ApplyInput } from "./apply-plan.ts";

type Sending = Decision["sending"][number];

const NOTHING: CampaignMemory = { triedAt: null, lastEligible: null, firstSeenAt: null };

/** `at: now` is due from the first apply that sees it, so that instant is kept before any send. */
export async function rememberStart({ sending }: Decision, input: ApplyInput): Promise<void> {
  const first = sending
    .map(({ judged }) => judged.campaign)
    .filter(
      ({ send, rootId }) => send.kind === "now" && memoryOf(rootId, input).firstSeenAt === null,
    );
  if (first.length === 0) return;
  await input.writer.remember(
    Object.fromEntries(
      first.map(({ rootId }) => [rootId, { ...memoryOf(rootId, input), firstSeenAt: input.now }]),
    ),
  );
}

/** Closes the occurrence once everyone due was tried; a stopped or cut-off run leaves it open. */
export async function rememberOutcome(
  { judged }: Sending,
  report: CampaignReport,
  input: ApplyInput,
): Promise<void> {
  const { campaign, occasion } = judged;
  if (occasion === null || report.stopped !== null || report.untried > 0) return;
  const before = memoryOf(campaign.rootId, input);
  const isComplete = occasion.moments.every((moment) => moment.sendAt <= input.now);
  const occurrences = occasion.moments.map((moment) => moment.occurrence);
  const size = await input.audience.occurrenceSize(campaign, occurrences);
  await input.writer.remember({
    [campaign.rootId]: {
      ...before,
      ...(isFirstSeen(campaign, before) && { firstSeenAt: input.now }),
      triedAt: input.now,
      lastEligible: isComplete ? size : before.lastEligible,
    },
  });
}

function isFirstSeen(campaign: Campaign, before: CampaignMemory): boolean {
  return campaign.send.kind === "now" && before.firstSeenAt === null;
}

function memoryOf(rootId: string, { document }: ApplyInput): CampaignMemory {
  return ownValue(document?.campaigns, rootId) ?? NOTHING;
}
