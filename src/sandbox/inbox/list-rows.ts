import type { JsonValue } from "../../model/json.ts";
import { messageText } from "../../view/message-text.ts";
import { personName } from "../conversation-fields.ts";
import { type Entry, inboundText } from "../entry.ts";
import type { World } from "../world.ts";
import type { ConversationList, ConversationRow, EntryOutcome } from "./shapes.ts";

export interface Filters {
  /** Part of a text, a PSID, a delivery id or a campaign; whatever the case. Empty: all. */
  readonly search: string;
  readonly campaign: string | undefined;
  readonly outcome: string | undefined;
}

const MAX_ROWS = 200;
const MAX_TEXT = 120;

/** Conversations with an entry that passes every filter, the one that changed last first. */
export function listRows(
  world: World,
  filters: Filters,
  page: { readonly from: number; readonly count: number },
): ConversationList {
  const passing = world.threads.psids().flatMap((psid) => {
    const entry = newestPassing(world.threads.of(psid), filters);
    return entry === undefined ? [] : [entry];
  });
  const count = Math.min(page.count, MAX_ROWS);
  const shown = passing.slice(page.from, page.from + count);
  return { total: passing.length, from: page.from, rows: shown.map(rowOf) };
}

function newestPassing(thread: readonly Entry[], filters: Filters): Entry | undefined {
  return thread.findLast((entry) => passes(entry, filters));
}

function passes(entry: Entry, { search, campaign, outcome }: Filters): boolean {
  if (campaign !== undefined && campaignOf(entry) !== campaign) return false;
  if (outcome !== undefined && outcomeOf(entry) !== outcome) return false;
  return search === "" || textsOf(entry).some((text) => text.toLowerCase().includes(search));
}

function rowOf(entry: Entry): ConversationRow {
  return {
    psid: entry.psid,
    name: personName(entry.psid),
    at: entry.at,
    text: lineOf(entry).slice(0, MAX_TEXT),
    outcome: outcomeOf(entry),
    campaign: campaignOf(entry),
  };
}

function outcomeOf(entry: Entry): EntryOutcome {
  return entry.kind === "sent" ? entry.result.outcome : "answer";
}

function campaignOf(entry: Entry): string | null {
  return entry.kind === "sent" ? (entry.about?.campaign ?? null) : null;
}

function lineOf(entry: Entry): string {
  return entry.kind === "sent" ? messageText(entry.message) : inboundText(entry.inbound);
}

/** What can be searched: the words a person sees, and the ids. */
function textsOf(entry: Entry): readonly string[] {
  if (entry.kind === "received") return [entry.psid, inboundText(entry.inbound)];
  const { psid, deliveryId, message } = entry;
  return [psid, deliveryId ?? "", campaignOf(entry) ?? "", ...leaves(message)];
}

function leaves(value: JsonValue): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(leaves);
}
