import { count } from "./reason-words.ts";

/** What `ledger resolve` came to. */
export interface Resolved {
  readonly sent: number;
  readonly not_sent: number;
  readonly still_unknown: number;
  readonly echoes?: number;
  readonly unsettled?: Readonly<Record<string, number>>;
}

const WHY: Readonly<Record<string, string>> = {
  changed: "whose campaign is gone or says something else by now",
  nobody: "for people whom the user data does not have any more",
  no_text: "that are templates, which have no text to compare",
  not_found: "without such a message among the newest, which proves nothing",
  ambiguous: "for which several messages could be it",
};

/** In words, the settled first. */
export function showResolved(resolved: Resolved): string {
  const { sent, not_sent, still_unknown, echoes, unsettled = {} } = resolved;
  const from = echoes === undefined ? "" : `, from ${count(echoes)} echoes`;
  const released = not_sent > 0 ? `${count(not_sent)} as not sent, due again; ` : "";
  return [
    `Settled ${count(sent)} as sent${from}; ${released}${count(still_unknown)} still unknown.`,
    ...Object.entries(unsettled).map(([why, many]) => `  ${count(many)} ${WHY[why] ?? why}`),
    ...(still_unknown > 0 ? [STAY] : []),
    "",
  ].join("\n");
}

const STAY =
  "What is unknown may have arrived and is never sent again by itself. A person can decide: " +
  "posthorn ledger resolve ID --as sent|not_sent --note T";
