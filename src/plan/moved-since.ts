import type { Plan } from "../model/plan.ts";
import { changesOf } from "./changes-of.ts";
import { recipientsOf } from "./guards.ts";

type Intent = Plan["intent"];
type WrittenCampaign = Intent["campaigns"][number];

/** What was written differently when a plan was approved, one line an entry. */
export function intentMoves(approved: Intent, now: Intent): string[] {
  const before = new Map(approved.campaigns.map((campaign) => [campaign.id, campaign]));
  const after = new Map(now.campaigns.map((campaign) => [campaign.id, campaign]));
  return [
    ...now.campaigns.flatMap((campaign) => campaignMoves(before.get(campaign.id), campaign)),
    ...approved.campaigns
      .filter(({ id }) => !after.has(id))
      .map(({ id }) => `${id} is not active any more`),
    ...changesOf(approved.consent, now.consent).map((change) => `consent: ${moveWords(change)}`),
    ...changesOf(approved.guards, now.guards).map((change) => `guards: ${moveWords(change)}`),
  ];
}

function campaignMoves(before: WrittenCampaign | undefined, now: WrittenCampaign): string[] {
  if (before === undefined) return [`${now.id} is active now and was not`];
  const { revision: _before, id: _id, ...was } = before;
  const { revision, id, ...is } = now;
  const changes = changesOf(was, is).map((change) => `${id}: ${moveWords(change)}`);
  if (before.revision === revision) return changes;
  const from = `${before.revision.slice(0, 15)} to ${revision.slice(0, 15)}`;
  return [`${id}: its message, audience or timing was changed (revision ${from})`, ...changes];
}

function moveWords({ path, before, after }: ReturnType<typeof changesOf>[number]): string {
  return `${path} was ${before ?? "not set"} and is ${after ?? "not set"}`;
}

/**
 * Campaigns that would be sent to more people now than an approved plan lets pass, one line each.
 * One that the plan did not judge may be sent to nobody.
 */
export function ceilingMoves(approved: Plan, now: Plan): string[] {
  const judged = new Map(approved.snapshot.campaigns.map((planned) => [planned.id, planned]));
  return now.snapshot.campaigns.flatMap((planned) => {
    if (planned.action !== "send") return [];
    const { eligible, ceiling } = judged.get(planned.id) ?? { eligible: 0, ceiling: 0 };
    const people = recipientsOf(planned);
    if (people <= ceiling) return [];
    return [`${planned.id}: ${people} people now, ${eligible} in the plan, at most ${ceiling}`];
  });
}
