import type { DeliveryStatus } from "../model/delivery.ts";
import type {
  CampaignSummary,
  LedgerSummary,
  OccurrenceSummary,
  OutcomeSummary,
  PersonDelivery,
  StatusCounts,
} from "../model/ledger-summary.ts";
import { type Column, columnLines } from "./columns.ts";
import { escapeLine } from "./escape.ts";
import { count } from "./reason-words.ts";
import { wrap } from "./wrap.ts";

const INDENT = "    ";
/** Kinds of bad outcomes of a campaign that are told one by one. */
const TOLD_OUTCOMES = 6;

export const STATUS_WORDS: Readonly<Record<DeliveryStatus, string>> = {
  sent: "sent",
  failed: "failed",
  unknown: "unknown",
  claimed: "in flight",
  released: "due again",
};
export const STATUSES = Object.keys(STATUS_WORDS) as DeliveryStatus[];

/**
 * What was sent, campaign by campaign, its newest occurrences first, and what went wrong. `asked`:
 * what of it, for where there is nothing.
 */
export function showLedgerText(
  { campaigns, totals }: LedgerSummary,
  width: number,
  asked = "yet",
): string {
  if (campaigns.length === 0) return textOf([wrap(`Nothing was sent ${asked}.`, width)]);
  const all = STATUSES.reduce((sum, status) => sum + totals[status], 0);
  const blocks = [
    wrap(`${deliveriesText(all)}: ${statusParts(totals)}`, width),
    ...campaigns.map((one) => campaignLines(one, width)),
  ];
  return textOf(blocks);
}

/** Every delivery to one person. */
export function showPersonText(
  deliveries: readonly PersonDelivery[],
  { user, width }: { readonly user: string; readonly width: number },
): string {
  if (deliveries.length === 0) return `Nothing was sent to ${escapeLine(user)}.\n`;
  const head = [`${user}: ${deliveriesText(deliveries.length)}`];
  return textOf([head, ...deliveries.map((one) => deliveryLines(one, width))]);
}

function campaignLines(campaign: CampaignSummary, width: number): string[] {
  const { id, campaign: rootId, occurrences, outcomes } = campaign;
  const whose =
    id === rootId ? rootId : `${id ?? rootId} (${id === null ? "file is gone" : `was ${rootId}`})`;
  const told = outcomes.slice(0, TOLD_OUTCOMES);
  const rest = outcomes.slice(TOLD_OUTCOMES);
  const restCount = rest.reduce((sum, one) => sum + one.deliveries, 0);
  const digits = Math.max(...[...told.map((one) => one.deliveries), restCount].map(lengthOf));
  return [
    whose,
    ...columnLines(occurrenceColumns(occurrences), width - INDENT.length).map(indented),
    ...told.flatMap((one) => outcomeLines(one, digits, width)),
    ...(rest.length === 0
      ? []
      : [indented(`${count(restCount).padStart(digits)} of ${rest.length} other kinds`)]),
  ];
}

/** A status that no delivery has gets no column. */
function occurrenceColumns(occurrences: readonly OccurrenceSummary[]): Column[] {
  const shown = STATUSES.filter(
    (status) => status === "sent" || occurrences.some((one) => one[status] > 0),
  );
  return [
    {
      title: "occurrence",
      cells: occurrences.map(
        (one) => one.occurrence ?? `${count(one.occurrences)} earlier occurrences`,
      ),
      side: "left",
      shrinks: true,
    },
    ...shown.map((status): Column => {
      const cells = occurrences.map((one) => count(one[status]));
      return { title: STATUS_WORDS[status], cells, side: "right" };
    }),
    {
      title: "last",
      cells: occurrences.map((one) => minutes(one.last_claimed_at)),
      side: "left",
    },
  ];
}

/** One kind of bad outcome with its number, which stands in so many `digits`. */
export function outcomeLines(outcome: OutcomeSummary, digits: number, width: number): string[] {
  const head = `${INDENT}${count(outcome.deliveries).padStart(digits)} × `;
  return wrap(outcomeWords(outcome), width, head);
}

/** `user_unavailable 551/1545041: This person isn't available right now.` */
export function outcomeWords(
  one: Omit<OutcomeSummary, "deliveries"> | (PersonDelivery & { status: OutcomeSummary["status"] }),
): string {
  const { status, error_class, error_code, error_subcode, words } = one;
  const subcode = error_subcode === null ? "" : `/${error_subcode}`;
  const code = error_code === null ? "" : ` ${error_code}${subcode}`;
  const why = words ?? NOTHING_RECORDED[status] ?? "";
  return `${error_class ?? STATUS_WORDS[status]}${code}${why === "" ? "" : `: ${why}`}`;
}

/** Why there are no words of Meta's. */
export const NOTHING_RECORDED: Readonly<Partial<Record<DeliveryStatus, string>>> = {
  unknown: "the run ended before an outcome was recorded",
  claimed: "an apply is sending it",
};

function deliveryLines(delivery: PersonDelivery, width: number): string[] {
  const { campaign, occurrence, status, variant, attempts, claimed_at: claimedAt } = delivery;
  const times = attempts === 1 ? "" : `, claimed ${attempts} times`;
  const sent = `${STATUS_WORDS[status]}  ${campaign} · ${occurrence}`;
  const details = [
    ...(variant === null ? [] : [`variant ${variant}`]),
    ...(delivery.message_id === null ? [] : [`message ${delivery.message_id}`]),
    `run ${delivery.run_id}${times}`,
    ...(delivery.commit === null ? [] : [`commit ${delivery.commit}`]),
    `delivery ${delivery.delivery_id}`,
  ];
  return [
    ...wrap([sent], width, `${minutes(claimedAt)}  `),
    ...(status === "sent" ? [] : wrap(outcomeWords({ ...delivery, status }), width, INDENT)),
    ...details.flatMap((detail) => wrap([detail], width, INDENT)),
  ];
}

export function deliveriesText(deliveries: number): string {
  return deliveries === 1 ? "1 delivery" : `${count(deliveries)} deliveries`;
}

/** `1,204 sent · 12 failed`. */
export function statusParts(counts: StatusCounts): string {
  const parts = STATUSES.filter((status) => counts[status] > 0);
  return parts.map((status) => `${count(counts[status])} ${STATUS_WORDS[status]}`).join(" · ");
}

/** `2026-12-01T09:30Z`. */
export function minutes(instant: string): string {
  return `${instant.slice(0, 16)}Z`;
}

function indented(line: string): string {
  return INDENT + line;
}

function lengthOf(value: number): number {
  return count(value).length;
}

export function textOf(blocks: readonly (readonly string[])[]): string {
  return `${blocks.map((lines) => lines.map(escapeLine).join("\n")).join("\n\n")}\n`;
}
