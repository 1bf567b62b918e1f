import type { PersonBefore } from "../audience/explain-person.ts";
import type { PastDelivery, PersonFacts } from "../audience/person-facts.ts";
import { MESSAGING_WINDOW_MS } from "../audience/verdict-sql.ts";
import type { Campaign } from "../model/campaign.ts";
import type { Reason } from "../model/delivery.ts";
import type { ExplainedRule } from "../model/explanation.ts";
import { formatDuration, formatInstant, type Instant } from "../model/instant.ts";
import type { Workspace } from "../model/workspace.ts";

/** A campaign that goes first, with the messages it is about to send to the person. */
export interface Ahead {
  readonly campaign: string;
  readonly messages: number;
}

/** What the rules were judged by, for one person. */
export interface RuleContext {
  readonly workspace: Workspace;
  readonly campaign: Campaign;
  /** The next occurrence, as if it were due. */
  readonly asIfDue: boolean;
  readonly before: PersonBefore;
  readonly facts: PersonFacts;
  readonly ahead: readonly Ahead[];
}

type Told = Pick<ExplainedRule, "words" | "looked_at">;

/** What each rule looked at, in words and as values. */
export const TOLD_BY_RULE: Readonly<Record<Reason, (context: RuleContext) => Told>> = {
  no_psid: ({ facts: { psid } }) =>
    told(psid === null ? "has no PSID" : "has a PSID", { psid: psid !== null }),
  no_consent: consent,
  not_tester: ({ workspace: { page }, facts: { isTester } }) =>
    page.mode === "live"
      ? told("the page is live", { mode: page.mode })
      : told(`${isTester ? "a tester" : "no tester"}; the page is in development mode`, {
          mode: page.mode,
          tester: isTester,
        }),
  holdout: ({ campaign: { holdout }, facts: { holdoutChance } }) =>
    holdout === 0
      ? told("nobody is held out", { share: 0 })
      : told(`chance ${holdoutChance.toFixed(4)}; held out below ${holdout}`, {
          chance: holdoutChance,
          share: holdout,
        }),
  already_sent: alreadySent,
  already_failed: alreadyFailed,
  unresolved: (context) => {
    const open = inScope(context).filter(({ status }) => status !== "sent" && isOpen(status));
    const words = open.length === 0 ? "no outcome is unknown" : open.map(deliveryText).join(", ");
    return told(words, { deliveries: open.map(deliveryText) });
  },
  unreachable: ({ facts: { refusedAt, lastInboundAt } }) =>
    refusedAt === null
      ? told("Meta never said so", { refused_at: null })
      : told(`Meta said so ${iso(refusedAt)}; ${wrote(lastInboundAt)}`, {
          refused_at: iso(refusedAt),
          last_inbound_at: iso(lastInboundAt),
        }),
  late,
  not_due: ({ facts: { dueAt, zone }, asIfDue }) =>
    asIfDue
      ? told("judged as if it were due", { due_at: iso(dueAt) })
      : told(dueAt === null ? "never due" : `due ${iso(dueAt)} (${zone})`, { due_at: iso(dueAt) }),
  quiet_hours: quietHours,
  outside_window: outsideWindow,
  frequency_cap: frequencyCap,
  missing_value: ({ campaign, before: { inspection } }) => {
    const rendered = inspection?.rendered;
    const missing = rendered?.kind === "missing" ? [...rendered.variables] : [];
    if (campaign.content.onMissing === "blank") return told("missing ones stay blank", { missing });
    return told(missing.length === 0 ? "no value is missing" : missing.join(", "), { missing });
  },
  invalid_message: ({ before: { inspection } }) => {
    const rendered = inspection?.rendered;
    if (rendered?.kind === "missing") return told("no message to check", { faults: [] });
    const faults = rendered?.kind === "invalid" ? rendered.findings.map((one) => one.detail) : [];
    return told(faults.length === 0 ? "within Meta's limits" : faults.join(" "), { faults });
  },
};

function told(words: string, lookedAt: Told["looked_at"]): Told {
  return { words, looked_at: lookedAt };
}

function consent({ workspace: { users }, facts }: RuleContext): Told {
  if (facts.isForgotten) return told("asked to be forgotten", { forgotten: true });
  if (users.consent === "assumed") return told("consent is assumed", { consent: "assumed" });
  const { column } = users.consent;
  return told(`${column} is ${facts.consent ?? "missing"}`, { consent: facts.consent });
}

function alreadySent(context: RuleContext): Told {
  const { before } = context;
  const sent = inScope(context).filter(({ status }) => status === "sent");
  const isRival = before.reason === "already_sent" && sent.length === 0;
  const looked = { deliveries: sent.map(deliveryText), repeat: repeatText(context.campaign) };
  if (isRival) {
    const goesFirst = before.firstEligible ?? "";
    return told(`another event of the person goes first: ${goesFirst}`, { ...looked, goesFirst });
  }
  if (sent.length > 0) return told(looked.deliveries.join(", "), looked);
  return told(`no delivery that counts (repeat: ${looked.repeat})`, looked);
}

function alreadyFailed({ facts }: RuleContext): Told {
  const failed = facts.history.filter((one) => one.isOwn && one.isSame && one.status === "failed");
  const deliveries = failed.map((one) => {
    const again = one.isReopened ? ", due again" : ", final";
    return `${deliveryText(one)}: ${one.errorClass ?? "failed"}${again}`;
  });
  return told(deliveries.join("; ") || "this occurrence did not fail", { deliveries });
}

function late({ facts, asIfDue }: RuleContext): Told {
  const { lateAt, sendAt, isClosed, zone } = facts;
  const looked = { late_at: iso(lateAt), closed: isClosed };
  if (sendAt === null) return told(`the schedule has nothing for ${zone}`, looked);
  if (asIfDue) return told("judged as if it were due", looked);
  if (isClosed) return told("an apply has tried everyone of this occurrence", looked);
  return told(`due until ${iso(lateAt)}`, looked);
}

function quietHours({ workspace, campaign, facts }: RuleContext): Told {
  const hours = workspace.guards.quietHours;
  if (hours === undefined) return told("no quiet hours", {});
  if (campaign.quietHours === "ignore") return told("the campaign ignores quiet hours", {});
  const from = timeOfDay(hours.fromMinute);
  const to = timeOfDay(hours.toMinute);
  const { zone, sendAt, isQuietNow } = facts;
  const now = isQuietNow ? "quiet now" : `sent from ${iso(sendAt) ?? "never"}`;
  return told(`${from} to ${to} in ${zone}; ${now}`, {
    from,
    to,
    zone,
    send_at: iso(sendAt),
    quiet_now: isQuietNow,
  });
}

/** Open while now <= last_inbound + 24 h − margin. */
function outsideWindow({ workspace, campaign, facts, before }: RuleContext): Told {
  const { lastInboundAt } = facts;
  if (campaign.messaging === "UTILITY") return told("utility messages need no window", {});
  if (lastInboundAt === null) return told("never wrote", { last_inbound_at: null });
  const openUntil = lastInboundAt + MESSAGING_WINDOW_MS - workspace.page.windowMarginMs;
  const isClosed = facts.holds.get("outside_window") ?? before.reason === "outside_window";
  return told(
    `${wrote(lastInboundAt)}; window ${isClosed ? "closed" : "open until"} ${iso(openUntil)}`,
    {
      last_inbound_at: iso(lastInboundAt),
      open_until: iso(openUntil),
    },
  );
}

function frequencyCap({ workspace, campaign, facts, ahead, before }: RuleContext): Told {
  const cap = workspace.guards.frequencyCap;
  if (cap === undefined) return told("no frequency cap", {});
  if (!campaign.frequencyCap.obey) return told("the campaign does not obey the cap", {});
  const sent = facts.recent.map((one) => `${one.campaign} ${one.occurrence} ${iso(one.claimedAt)}`);
  const planned = ahead.flatMap(({ campaign: id, messages }) => Array<string>(messages).fill(id));
  const period = formatDuration(cap.periodMs);
  const count = sent.length + planned.length;
  const isRival = before.reason === "frequency_cap" && count < cap.max;
  const words = [
    `${count} of ${cap.max} in ${period}`,
    ...(sent.length > 0 ? [`sent: ${sent.join(", ")}`] : []),
    ...(planned.length > 0 ? [`goes first: ${planned.join(", ")}`] : []),
    ...(isRival ? ["earlier events of the person use up the rest"] : []),
  ];
  return told(words.join("; "), { count, max: cap.max, per: period, sent, planned });
}

function inScope({ facts }: RuleContext): readonly PastDelivery[] {
  return facts.history.filter(({ isInScope }) => isInScope);
}

function isOpen(status: string): boolean {
  return status === "unknown" || status === "claimed";
}

function deliveryText({ occurrence, status, claimedAt, isOwn }: PastDelivery): string {
  const whose = isOwn ? "" : " to the same PSID under another user id";
  return `${occurrence} ${status} ${iso(claimedAt)}${whose}`;
}

function repeatText({ repeat }: Campaign): string {
  return repeat.kind === "after" ? `after ${formatDuration(repeat.periodMs)}` : repeat.kind;
}

function wrote(at: Instant | null): string {
  return at === null ? "never wrote" : `last wrote ${iso(at)}`;
}

function iso<At extends Instant | null>(at: At): At extends null ? null : string;
function iso(at: Instant | null): string | null {
  return at === null ? null : formatInstant(at);
}

function timeOfDay(minute: number): string {
  return formatInstant(minute * 60_000).slice(11, 16);
}
