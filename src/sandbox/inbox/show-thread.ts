import { personName } from "../conversation-fields.ts";
import { type Entry, reachedId, type SentEntry, type SentRequest } from "../entry.ts";
import { isWindowOpen } from "../people.ts";
import type { World } from "../world.ts";
import type { ShownEntry, ShownPerson, ShownSend, ShownThread } from "./shapes.ts";

const MAX_ENTRIES = 100;

/** Which part of a conversation: its newest entries, or those next to an entry. */
export interface Part {
  readonly before: number | undefined;
  readonly after: number | undefined;
  readonly count: number;
}

export function showThread(psid: string, part: Part, world: World): ShownThread {
  const all = world.threads.of(psid);
  const [from, to] = rangeOf(all, part);
  return {
    psid,
    name: personName(psid),
    person: personOf(psid, world),
    entries: all.slice(from, to).map(shownEntry),
    hasOlder: from > 0,
    hasNewer: to < all.length,
  };
}

function rangeOf(all: readonly Entry[], { before, after, count }: Part): [number, number] {
  const size = Math.min(count, MAX_ENTRIES);
  if (after !== undefined) {
    const from = all.findLastIndex(({ number }) => number <= after) + 1;
    return [from, Math.min(all.length, from + size)];
  }
  const end = before === undefined ? -1 : all.findIndex(({ number }) => number >= before);
  const to = end < 0 ? all.length : end;
  return [Math.max(0, to - size), to];
}

function shownEntry(entry: Entry): ShownEntry {
  const { number, at } = entry;
  if (entry.kind === "received") {
    return { number, at, content: { kind: "received", inbound: entry.inbound } };
  }
  return { number, at, content: { kind: "sent", message: entry.message, sent: shownSend(entry) } };
}

function shownSend(entry: SentEntry): ShownSend {
  const { result, deliveryId, tries, about } = entry;
  return {
    outcome: result.outcome,
    answer: "answer" in result ? result.answer : null,
    messageId: reachedId(entry),
    deliveryId,
    tries,
    about,
  };
}

function personOf(psid: string, { people, now }: World): ShownPerson {
  const person = people.find(psid);
  return {
    isBlocked: person.blocked === true,
    isWindowOpen: isWindowOpen(person, now()),
    isOwnedByOtherApp: person.ownedByOtherApp === true,
  };
}

/** The call as it came, without its secrets; undefined when it is not kept any more. */
export function requestOf(psid: string, number: number, world: World): SentRequest | undefined {
  const entry = world.threads.of(psid).find((one) => one.number === number);
  return entry?.kind === "sent" ? entry.request : undefined;
}
