import { escapeLine } from "./escape.ts";
import { count } from "./reason-words.ts";
import { wrap } from "./wrap.ts";

/** What `users forget` did. */
export interface ForgottenDocument {
  readonly format: "posthorn.forgotten-person/1";
  readonly workspace: string;
  readonly user: string;
  /** Deliveries that named the person and do not any more. */
  readonly deliveries: number;
  /** What they told the page. */
  readonly facts: number;
  /** Rows of a users.json that lost PSID, last message and consent. */
  readonly emptied_rows: number;
  /** Anonymous rows of it that are gone. */
  readonly removed_rows: number;
  /** Files of the ledger that a run which lost its lease may still write to. */
  readonly waiting_files: number;
  /** Segments of the log of what people told that somebody writes to. */
  readonly busy_segments: number;
  /** Whether the user data, which Posthorn does not change, has them. */
  readonly in_user_data: boolean;
}

export function showForgotten(of: ForgottenDocument, width: number): string {
  const sentences = [
    `${of.user} is forgotten: nobody writes to them any more, ` +
      "also when they come back in an export.",
    deliveriesText(of.deliveries),
    factsText(of.facts),
    of.removed_rows > 0 ? "Their anonymous row in the user data is gone." : "",
    of.emptied_rows > 0
      ? "Their row in the user data has no PSID, last message and consent any more."
      : "",
    of.in_user_data
      ? "The user data has them still. It is yours: take them out where it comes from."
      : "",
    of.waiting_files === 0
      ? ""
      : `${of.waiting_files} of the ledger's files may still be written to by a run that lost ` +
        "its lease, so they name the person yet. Run this again in ten minutes.",
    of.busy_segments === 0
      ? ""
      : `Files of what people told are being written to (${of.busy_segments}), so what the ` +
        "person told is there yet. Stop `posthorn webhook` and run this again.",
  ];
  const told = sentences.filter((sentence) => sentence !== "");
  return `${told
    .flatMap((one) => wrap(one, width))
    .map(escapeLine)
    .join("\n")}\n`;
}

function deliveriesText(deliveries: number): string {
  if (deliveries === 0) return "No delivery of the ledger names them.";
  const stand = deliveries === 1 ? "1 delivery stands" : `${count(deliveries)} deliveries stand`;
  return `${stand} under a keyed hash now; what was sent, failed or is unknown counts as before.`;
}

function factsText(facts: number): string {
  if (facts === 0) return "";
  return facts === 1
    ? "1 thing that they told the page is gone."
    : `${count(facts)} things that they told the page are gone.`;
}
