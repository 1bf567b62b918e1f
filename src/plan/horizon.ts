import { dueNow } from "../audience/due-now.ts";
import { Forecast, type ForecastSend } from "../audience/forecast.ts";
import type { Campaign } from "../model/campaign.ts";
import { formatInstant } from "../model/instant.ts";
import type { Plan } from "../model/plan.ts";
import { raw, type Sql } from "../model/sql.ts";
import { instantToDate } from "../model/zone-time.ts";
import { instantsWithin } from "../schedule/instants-within.ts";
import type { PlanInput } from "./build-plan.ts";

export type Horizon = NonNullable<Plan["snapshot"]["horizon"]>;

/**
 * What the schedules will send in (now, now + horizon], to how many by today's data, which
 * campaigns meet on the same people, and where the frequency cap will bite.
 */
export async function horizonOf(input: PlanInput, horizonMs: number): Promise<Horizon> {
  const { workspace, users, now, only } = input;
  const until = now + horizonMs;
  const active = workspace.campaigns.filter(
    ({ id, status }) => status === "active" && (only?.has(id) ?? true),
  );
  const sends = active.flatMap((campaign) => sendsOf(campaign, input, until)).sort(byTime);
  const tables = await peopleOf(new Set(sends.map(({ campaign }) => campaign)), input);
  const forecast = await Forecast.begin(users.engine, { cap: workspace.guards.frequencyCap, now });
  const entries: Horizon["sends"] = [];
  for (const send of sends) {
    const people = tables.get(send.campaign.id) ?? raw("(SELECT NULL AS user_id WHERE false)");
    const counted = await forecast.send(send, people);
    entries.push({ id: send.campaign.id, at: formatInstant(send.at), ...counted });
  }
  return {
    timezone: workspace.timezone,
    until: formatInstant(until),
    sends: entries,
    collisions: (await forecast.collisions()).map((one) => ({
      ...one,
      campaigns: [...one.campaigns],
    })),
    by_event: active.filter(({ send }) => send.kind === "on").map(({ id }) => id),
  };
}

function sendsOf(campaign: Campaign, { workspace, now }: PlanInput, until: number): ForecastSend[] {
  const { timezone } = workspace;
  const instants = instantsWithin(campaign.send, timezone, { from: now, until });
  return instants.map((at) => ({ campaign, at, date: instantToDate(at, timezone) }));
}

/** As plans order sends: by time, then priority, then id. */
function byTime(a: ForecastSend, b: ForecastSend): number {
  const [one, other] = [a.campaign, b.campaign];
  return a.at - b.at || other.priority - one.priority || (one.id < other.id ? -1 : 1);
}

/** Whom each campaign would reach if it were due now; its caps are played through later. */
async function peopleOf(
  campaigns: ReadonlySet<Campaign>,
  { audience, users, workspace, now }: PlanInput,
): Promise<Map<string, Sql>> {
  const tables = new Map<string, Sql>();
  for (const campaign of campaigns) {
    const table = raw(`forecast_people_${tables.size}`);
    const uncapped = { ...campaign, frequencyCap: { obey: false, counts: false } };
    const occasion = dueNow(uncapped, workspace, { now, zones: users.zones });
    if (occasion === null) continue;
    const judged = { campaign: uncapped, occasion: { ...occasion, state: "upcoming" as const } };
    await audience.keepEligible(judged, table);
    tables.set(campaign.id, table);
  }
  return tables;
}
