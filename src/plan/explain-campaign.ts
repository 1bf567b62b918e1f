import type { PersonBefore } from "../audience/explain-person.ts";
import type { Subject } from "../audience/inspect.ts";
import type { Judged } from "../audience/prepare-candidates.ts";
import { Stop } from "../diag/errors.ts";
import type { Campaign } from "../model/campaign.ts";
import type { ExplainedMessage, Explanation } from "../model/explanation.ts";
import { formatInstant } from "../model/instant.ts";
import type { JsonValue } from "../model/json.ts";
import { rolloutScope } from "../policy/rollout.ts";
import { stopWords } from "../policy/rollout-words.ts";
import type { PlanInput } from "./build-plan.ts";
import { explainedCondition } from "./explain-conditions.ts";
import { explainedRules } from "./explain-rules.ts";
import { sourceOf } from "./guards.ts";
import { judgedCampaign } from "./judged-campaign.ts";
import { orderCampaigns } from "./order-campaigns.ts";
import { mustSelect, planCampaign } from "./plan-campaign.ts";
import { needsStandings, standingsOf } from "./standing.ts";
import type { Ahead } from "./told-by-rule.ts";

/**
 * Why one person gets a campaign's message or not: what `buildPlan` says of them, with everything
 * that was looked at. The input may hold that one person alone. Throws Stop `invalid` as it does.
 */
export async function explainCampaign(
  input: PlanInput,
  campaign: Campaign,
  subject: Subject,
): Promise<Explanation> {
  try {
    const judged = await judgedCampaign(campaign, input);
    const ahead = await sendAhead(judged, input);
    const before = await input.audience.explain(judged, subject);
    const held = await heldNotes(judged, before, input);
    return documentOf({ input, judged, subject, before, ahead, held });
  } catch (fault) {
    const diagnostic = input.users.faultOf(fault);
    if (diagnostic === undefined) throw fault;
    throw new Stop("invalid", "The user data is not valid; nothing was done.", [diagnostic]);
  }
}

/** Plans the campaigns that go first, so far as their sends count for the cap of this one. */
async function sendAhead(judged: Judged, input: PlanInput): Promise<Ahead[]> {
  const { workspace, now } = input;
  const { campaign } = judged;
  if (workspace.guards.frequencyCap === undefined || !campaign.frequencyCap.obey) return [];
  const others = workspace.campaigns.filter(
    (one) => one.status === "active" && one.id !== campaign.id && one.frequencyCap.counts,
  );
  const rivals: Judged[] = [];
  for (const one of others.filter(({ priority }) => priority >= campaign.priority)) {
    rivals.push(await judgedCampaign(one, input));
  }
  const ordered = orderCampaigns([...rivals, judged], now);
  const ahead: Ahead[] = [];
  for (const one of ordered.slice(0, ordered.indexOf(judged))) {
    if (!mustSelect(one, [campaign], workspace)) continue;
    const { planned } = await planCampaign(one, input, true);
    if (planned.action !== "send") continue;
    ahead.push({ campaign: planned.id, messages: planned.eligible });
  }
  return ahead.filter(({ messages }) => messages > 0);
}

async function heldNotes(
  judged: Judged,
  { occurrence }: PersonBefore,
  input: PlanInput,
): Promise<string[]> {
  const { campaign } = judged;
  if (occurrence === null || !needsStandings(judged, input)) return [];
  const scope = rolloutScope(campaign, occurrence);
  const standings = await standingsOf(judged, input);
  const held = standings.find((one) => one.occurrence === scope)?.held ?? null;
  return held === null ? [] : [`The rollout is stopped: ${stopWords(held)}.`];
}

interface Explained {
  readonly input: PlanInput;
  readonly judged: Judged;
  readonly subject: Subject;
  readonly before: PersonBefore;
  readonly ahead: readonly Ahead[];
  /** Why nobody of the occurrence is sent to. */
  readonly held: readonly string[];
}

function documentOf(explained: Explained): Explanation {
  const { input, judged, subject, before, ahead, held } = explained;
  const { workspace, now, halted } = input;
  const { campaign, occasion } = judged;
  const { facts } = before;
  const psid = facts?.psid ?? null;
  const asIfDue = occasion?.state === "upcoming";
  const context = { workspace, campaign, asIfDue, before, ahead };
  return {
    format: "posthorn.explanation/1",
    workspace: workspace.id,
    now: formatInstant(now),
    user: subject.userId,
    campaign: {
      id: campaign.id,
      revision: campaign.revision,
      status: campaign.status,
      action: held.length > 0 ? "none" : actionOf(judged, before),
      source: sourceOf(campaign.at),
    },
    occurrence: before.occurrence,
    due_at: facts === undefined || facts.dueAt === null ? null : formatInstant(facts.dueAt),
    verdict: verdictOf(judged, before),
    where: explainedCondition(before.where, psid),
    trigger: before.trigger && explainedCondition(before.trigger, psid),
    rules: facts === undefined ? [] : explainedRules({ ...context, facts }),
    message: messageOf(before, psid),
    notes: [...(halted === null ? [] : [`Applies are halted: ${halted}.`]), ...held],
  };
}

function actionOf({ occasion }: Judged, { reason, isMatched }: PersonBefore) {
  if (occasion === null) return isMatched && reason === null ? "send" : "none";
  return occasion.state === "due" ? "send" : occasion.state;
}

function verdictOf({ campaign, occasion }: Judged, before: PersonBefore): Explanation["verdict"] {
  if (campaign.status !== "active") return "not_active";
  if (occasion?.state === "none") return "no_occurrence";
  if (before.inspection === undefined) return "no_event";
  return before.isMatched ? (before.reason ?? "send") : "not_in_segment";
}

function messageOf({ inspection }: PersonBefore, psid: string | null): ExplainedMessage | null {
  if (inspection === undefined) return null;
  const { variant, locale, rendered } = inspection;
  return {
    variant,
    locale,
    message: rendered.kind === "message" ? (masked(rendered.message, psid) as never) : null,
    missing: rendered.kind === "missing" ? [...rendered.variables] : [],
    faults:
      rendered.kind === "invalid" ? rendered.findings.map((one) => maskText(one.detail, psid)) : [],
  };
}

/** A PSID is shown to nobody, also where a message would carry it to its own person. */
function masked(value: JsonValue, psid: string | null): JsonValue {
  if (typeof value === "string") return maskText(value, psid);
  if (Array.isArray(value)) return value.map((one: JsonValue) => masked(one, psid));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, masked(one, psid)]));
}

function maskText(text: string, psid: string | null): string {
  return psid === null ? text : text.replaceAll(psid, "•••");
}
