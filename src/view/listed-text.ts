import type { ListedDelivery } from "../model/ledger-summary.ts";
import { deliveriesText, minutes, outcomeWords, STATUS_WORDS, textOf } from "./ledger-text.ts";
import { count } from "./reason-words.ts";
import { wrap } from "./wrap.ts";

/** Deliveries of some outcomes: to whom, why, and the id by which each can be resolved. */
export function showListedText(
  { total, deliveries }: { readonly total: number; readonly deliveries: readonly ListedDelivery[] },
  { asked, width }: { readonly asked: string; readonly width: number },
): string {
  if (total === 0) return textOf([wrap(`0 deliveries ${asked}.`, width)]);
  const more = total - deliveries.length;
  const rest = `${count(more)} older ones; \`posthorn ledger export\` has them all.`;
  return textOf([
    wrap(`${deliveriesText(total)} ${asked}, the newest first`, width),
    ...deliveries.map((one) => listedLines(one, width)),
    ...(more > 0 ? [wrap(rest, width)] : []),
  ]);
}

function listedLines(delivery: ListedDelivery, width: number): string[] {
  const { status, campaign, occurrence, claimed_at: claimedAt, user_id: user } = delivery;
  const head = [`${STATUS_WORDS[status]}  ${campaign} · ${occurrence}`, ` to ${user}`];
  return [
    ...wrap(head, width, `${minutes(claimedAt)}  `),
    ...(status === "sent" ? [] : wrap(outcomeWords({ ...delivery, status }), width, "    ")),
    `    delivery ${delivery.delivery_id}`,
  ];
}
