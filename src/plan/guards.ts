import type { Place } from "../diag/diagnostic.ts";
import type { Acknowledgement, Campaign } from "../model/campaign.ts";
import { ownValue } from "../model/own-value.ts";
import type { Guard, PlannedCampaign } from "../model/plan.ts";
import type { Workspace } from "../model/workspace.ts";
import { triedOf } from "../policy/rollout.ts";
import type { StateDocument } from "../ports/state-store.ts";
import type { Peopled } from "./rollout-document.ts";

/** What the guards are put to. */
export interface Guarded {
  readonly workspace: Workspace;
  readonly document: StateDocument | undefined;
  /** Today's local date in the workspace's zone: what an acknowledgement's `until` is held to. */
  readonly today: string;
  /** The campaigns that would send. */
  readonly sending: readonly {
    readonly campaign: Campaign;
    readonly planned: PlannedCampaign;
    readonly standings: readonly Pick<Peopled, "counts" | "people">[];
  }[];
}

/** Every guard that applies, those that pass too. */
export function checkGuards(guarded: Guarded): Guard[] {
  return [
    ...maxRecipients(guarded),
    ...guarded.sending.flatMap((one) => [
      ...ownMaxRecipients(one),
      ...maxGrowth(one, guarded),
      ...emptyAudience(one, guarded),
    ]),
  ];
}

type Sending = Guarded["sending"][number];

/** Over all campaigns of one apply. */
function maxRecipients({ workspace, sending, today }: Guarded): Guard[] {
  const guard = workspace.guards.maxRecipients;
  if (guard === undefined) return [];
  const actual = sending.reduce((sum, { planned }) => sum + recipientsOf(planned), 0);
  const accepted = sending.flatMap(({ campaign }) =>
    counts(acknowledgements(campaign, "max_recipients", today)),
  );
  return [
    judge({
      rule: "max_recipients",
      campaign: null,
      limit: guard.limit,
      acceptedLimit: Math.max(0, ...accepted),
      actual,
      at: guard.at,
      acceptAs: String(actual),
    }),
  ];
}

/** Those whom no stopped rollout holds back. */
export function recipientsOf({ eligible, rollout }: PlannedCampaign): number {
  return eligible - (rollout?.held ?? 0);
}

/** The campaign's own written ceiling. */
function ownMaxRecipients({ campaign, planned }: Sending): Guard[] {
  if (campaign.maxRecipients === undefined) return [];
  const limit = campaign.maxRecipients;
  const blocks = recipientsOf(planned) > limit;
  return [
    {
      rule: "max_recipients",
      campaign: campaign.id,
      limit,
      actual: planned.eligible,
      outcome: blocks ? "block" : "pass",
      source: sourceOf(campaign.at),
      accept: blocks ? `max_recipients: ${planned.eligible}` : null,
    },
  ];
}

/**
 * Against the last completed occurrence; not for the first one, nor for `on`. An occurrence is sent
 * in parts (zones, waves, a run that was cut off), so what was tried of it counts too.
 */
function maxGrowth(
  { campaign, standings }: Sending,
  { workspace, document, today }: Guarded,
): Guard[] {
  const guard = workspace.guards.maxGrowth;
  const base = ownValue(document?.campaigns, campaign.rootId)?.lastEligible ?? null;
  if (guard === undefined || base === null || campaign.send.kind === "on") return [];
  const limitAt = (percent: number) =>
    Math.max(Math.floor(base * (1 + percent / 100)), guard.atLeast);
  const accepted = percentages(acknowledgements(campaign, "max_growth", today)).map(limitAt);
  const sizes = standings.map(({ counts: waves, people }) => triedOf(waves) + people);
  const actual = Math.max(0, ...sizes);
  const grownPercent = base === 0 ? 100 * actual : (actual / base - 1) * 100;
  return [
    judge({
      rule: "max_growth",
      campaign: campaign.id,
      limit: limitAt(guard.percent),
      acceptedLimit: Math.max(0, ...accepted),
      actual,
      at: guard.at,
      acceptAs: `${Math.ceil(grownPercent)}%`,
    }),
  ];
}

/** A due occurrence that nobody gets; people who had it or whose hour comes later are somebody. */
function emptyAudience({ campaign, planned }: Sending, { workspace, today }: Guarded): Guard[] {
  const setting = workspace.guards.emptyAudience;
  if (setting === "ignore" || campaign.send.kind === "on") return [];
  const others = planned.left_out;
  const reached = ["already_sent", "already_failed", "unresolved", "not_due", "quiet_hours"];
  const isEmpty = planned.eligible === 0 && reached.every((reason) => !(reason in others));
  const isAccepted = acknowledgements(campaign, "empty_audience", today).length > 0;
  const fault = isAccepted ? "accepted" : setting;
  return [
    {
      rule: "empty_audience",
      campaign: campaign.id,
      limit: 1,
      actual: planned.eligible,
      outcome: isEmpty ? fault : "pass",
      source: sourceOf(campaign.at),
      accept: isEmpty && !isAccepted ? acceptLines("empty_audience", null) : null,
    },
  ];
}

function judge(of: {
  readonly rule: Guard["rule"];
  readonly campaign: string | null;
  readonly limit: number;
  readonly acceptedLimit: number;
  readonly actual: number;
  readonly at: Place;
  /** The limit that an acknowledgement would have to name. */
  readonly acceptAs: string;
}): Guard {
  const { rule, campaign, limit, actual } = of;
  const over = actual > limit;
  const outcome = !over ? "pass" : actual <= of.acceptedLimit ? "accepted" : "block";
  const accept = outcome === "block" ? acceptLines(rule, of.acceptAs) : null;
  return { rule, campaign, limit, actual, outcome, source: sourceOf(of.at), accept };
}

function acceptLines(rule: string, limit: string | null): string {
  const bound = limit === null ? "" : `limit: ${limit}, `;
  return `acknowledge:\n  - { rule: ${rule}, ${bound}until: YYYY-MM-DD, because: "…" }`;
}

/** The campaign's acknowledgements of a rule that hold today. */
function acknowledgements(
  campaign: Campaign,
  rule: Acknowledgement["rule"],
  today: string,
): Acknowledgement[] {
  return campaign.acknowledge.filter(
    (one) => one.rule === rule && (one.until === undefined || today <= one.until),
  );
}

function counts(accepted: readonly Acknowledgement[]): number[] {
  return accepted.flatMap(({ limit }) => (typeof limit === "number" ? [limit] : []));
}

function percentages(accepted: readonly Acknowledgement[]): number[] {
  return accepted.flatMap(({ limit }) => (typeof limit === "object" ? [limit.percent] : []));
}

export function sourceOf(at: Place): { file: string; line: number } {
  return { file: at.file, line: at.line };
}
