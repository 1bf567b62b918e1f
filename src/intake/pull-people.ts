import { PortError } from "../diag/errors.ts";
import type { InboundFact } from "../model/inbound-fact.ts";
import { DAY_MS } from "../model/instant.ts";
import type { PeopleRules } from "../model/workspace.ts";
import { type ConsentJudge, consentJudge } from "../people/consent-signs.ts";
import type { Clock } from "../ports/clock.ts";
import type { Conversation, ConversationPages } from "../ports/conversation-pages.ts";
import type { InboundStore } from "../ports/inbound-store.ts";
import type { PullCounts, Pulled, PullPlace } from "../ports/pull-place.ts";

/** Meta does not promise to know a place in a list for long. */
const PLACE_KEEPS_MS = DAY_MS;

export interface Pulling {
  readonly pages: ConversationPages;
  readonly store: InboundStore;
  readonly place: PullPlace;
  readonly rules: PeopleRules;
  readonly clock: Clock;
  /** Ends it after the page that is being read. */
  readonly signal: AbortSignal;
  /** Is told what has come about: `begin` once, `page` after each of Meta's pages. */
  readonly tell: (news: PullNews) => void;
}

export type PullNews =
  | { readonly kind: "goes_on"; readonly pulled: Pulled }
  /** Meta no longer knows where the last pull was cut off. */
  | { readonly kind: "begins_anew" }
  | { readonly kind: "page"; readonly counts: PullCounts };

export interface PullEnd {
  readonly counts: PullCounts;
  /** False where the signal came: the next pull goes on there. */
  readonly isWhole: boolean;
}

const NOTHING: PullCounts = {
  conversations: 0,
  people: 0,
  news: 0,
  opt_ins: 0,
  opt_outs: 0,
  silent: 0,
};

/**
 * Takes in who wrote to the page, and when last, from Meta's conversations: those with the newest
 * messages first. What one page of Meta's tells is durable before the next one is asked for. Throws
 * Stop `denied` and PortError; the next pull goes on where this one was.
 */
export async function pullPeople(pulling: Pulling): Promise<PullEnd> {
  const { pages, place, clock, signal, tell } = pulling;
  const judge = consentJudge(pulling.rules);
  let { after, beganAt, counts } = startOf(pulling);
  while (!signal.aborted) {
    const page = await pages.read(after);
    if (page === "stale") {
      [after, beganAt, counts] = [null, clock.now(), NOTHING];
      tell({ kind: "begins_anew" });
      continue;
    }
    counts = await takeIn(page.conversations, { counts, judge, store: pulling.store });
    tell({ kind: "page", counts });
    if (page.after !== null && page.after === after) throw goesInCircles();
    after = page.after;
    place.write(after === null ? null : { after, beganAt, counts });
    if (after === null) return { counts, isWhole: true };
  }
  return { counts, isWhole: false };
}

function startOf({ place, clock, tell }: Pulling): Omit<Pulled, "after"> & {
  after: string | null;
} {
  const pulled = place.read();
  const isFresh = pulled !== undefined && clock.now() - pulled.beganAt < PLACE_KEEPS_MS;
  if (!isFresh) return { after: null, beganAt: clock.now(), counts: NOTHING };
  tell({ kind: "goes_on", pulled });
  return pulled;
}

interface TakingIn {
  readonly counts: PullCounts;
  readonly judge: ConsentJudge;
  readonly store: InboundStore;
}

async function takeIn(
  conversations: readonly Conversation[],
  { counts, judge, store }: TakingIn,
): Promise<PullCounts> {
  const facts = conversations.map((one) => factsOf(one, judge));
  const people = facts.filter((one) => one.length > 0).length;
  const all = facts.flat();
  const { added } = all.length === 0 ? { added: [] } : await store.append(all);
  const consents = added.map((fact) => ("consent" in fact ? fact.consent : null));
  return {
    conversations: counts.conversations + conversations.length,
    people: counts.people + people,
    news: counts.news + added.length,
    opt_ins: counts.opt_ins + consents.filter((consent) => consent === true).length,
    opt_outs: counts.opt_outs + consents.filter((consent) => consent === false).length,
    silent: counts.silent + conversations.length - people,
  };
}

/**
 * The newest message, which opens the window, and the newest one that gives or takes back consent.
 * Their keys are not those of webhooks, which know more of the same message: the payload of what
 * was tapped.
 */
function factsOf({ psid, inbound }: Conversation, judge: ConsentJudge): InboundFact[] {
  if (psid === null || !/^\d{5,20}$/.test(psid)) return [];
  const facts = inbound.map(({ id, text, at }): InboundFact => {
    const key = `conversation:${id}`;
    return { key, kind: "conversation", psid, at, opens: true, consent: judge({ text }) };
  });
  const [newest] = facts;
  const decisive = facts.find(({ consent }) => consent !== null);
  return [newest, decisive === newest ? undefined : decisive].filter((one) => one !== undefined);
}

function goesInCircles(): PortError {
  const message = "Meta's list of conversations leads back to itself. Pull again later.";
  return new PortError(message, { retryable: true });
}
