import type { Diagnostic } from "../diag/diagnostic.ts";
import type { PageFact, PolicyFact } from "../model/inbound-fact.ts";
import { parseJson } from "../model/json.ts";
import type { PeopleRules } from "../model/workspace.ts";
import type { Appended, InboundStore } from "../ports/inbound-store.ts";
import { consentJudge } from "./consent-signs.ts";
import { eventsIn } from "./events-in.ts";
import { type Fault, factOf, type Ignored, type Reader } from "./fact-of.ts";

/** How many facts are made durable at once: more of them live long enough to burden the memory. */
const FACTS_PER_APPEND = 2_048;
/** Bad lines that are told one by one; the others are counted. */
const MOST_TOLD = 20;

/** Events to take in, one JSON text a line: a whole webhook body, or one event by itself. */
export interface EventLines {
  readonly lines: AsyncIterable<string>;
  /** What to call them in diagnostics. */
  readonly name: string;
}

export interface IngestInto {
  readonly pageId: string;
  readonly rules: PeopleRules;
  readonly store: InboundStore;
}

/** What became of the events; each counts once, in `events` and in one of the others. */
export interface IngestCounts {
  events: number;
  /** What people did, new. */
  inbound: number;
  /** Who did something for the first time. */
  new_people: number;
  opt_ins: number;
  opt_outs: number;
  /** Echoes of deliveries, new. */
  echoes: number;
  policies: number;
  duplicates: number;
  /** Deliveries, reads, echoes of messages that are no deliveries. */
  receipts: number;
  other_page: number;
  /** Without a PSID, or of a kind that says nothing of people. */
  ignored: number;
  /** Lines that are no JSON or no event, and events without a time or an id. */
  unreadable: number;
}

export interface Ingested {
  readonly counts: Readonly<IngestCounts>;
  /** Of what is unreadable. It stops nothing else. */
  readonly diagnostics: readonly Diagnostic[];
  /** New ones: the page was warned, blocked or unblocked. */
  readonly policies: readonly PolicyFact[];
}

/**
 * Takes webhook events in. Once it resolves all that could be read is durable; if it is cut off
 * before, taking the same lines in again loses and repeats nothing. Rejects with PortError.
 */
export async function ingest(from: EventLines, into: IngestInto): Promise<Ingested> {
  const taking = new Taking(from.name, into);
  let line = 0;
  for await (const text of from.lines) {
    line++;
    if (text.length === 0) continue;
    taking.take(text, line);
    if (taking.isFull) await taking.append();
  }
  return taking.end();
}

class Taking {
  readonly #name: string;
  readonly #store: InboundStore;
  readonly #reader: Reader;
  readonly #counts: IngestCounts = {
    events: 0,
    inbound: 0,
    new_people: 0,
    opt_ins: 0,
    opt_outs: 0,
    echoes: 0,
    policies: 0,
    duplicates: 0,
    receipts: 0,
    other_page: 0,
    ignored: 0,
    unreadable: 0,
  };
  readonly #diagnostics: Diagnostic[] = [];
  readonly #policies: PolicyFact[] = [];
  #facts: PageFact[] = [];
  /** The append under way: lines are read on meanwhile. */
  #appending: Promise<void> = Promise.resolve();

  constructor(name: string, { pageId, rules, store }: IngestInto) {
    this.#name = name;
    this.#store = store;
    this.#reader = { pageId, judge: consentJudge(rules) };
  }

  get isFull(): boolean {
    return this.#facts.length >= FACTS_PER_APPEND;
  }

  take(text: string, line: number): void {
    const body = parseJson(text);
    if (body === undefined) {
      if (text.trim() !== "") this.#tell(line, "it is no JSON");
      return;
    }
    const events = eventsIn(body);
    if (events === undefined) {
      this.#tell(line, "it is no webhook body of a page, and no event with a timestamp");
      return;
    }
    for (const event of events) this.#sort(factOf(event, this.#reader), line);
  }

  #sort(fact: PageFact | Ignored | Fault, line: number): void {
    if (typeof fact === "object" && "fault" in fact) {
      this.#tell(line, fact.fault);
      return;
    }
    this.#counts.events++;
    if (typeof fact === "object") this.#facts.push(fact);
    else if (fact === "receipt") this.#counts.receipts++;
    else if (fact === "other_page") this.#counts.other_page++;
    else this.#counts.ignored++;
  }

  async append(): Promise<void> {
    const facts = this.#facts;
    this.#facts = [];
    await this.#appending;
    this.#appending = this.#store.append(facts).then((done) => this.#count(facts, done));
    // Awaited before the next one; a fault must not count as unheard of until then.
    this.#appending.catch(() => undefined);
  }

  #count(facts: readonly PageFact[], { added, newPeople }: Appended): void {
    this.#counts.new_people += newPeople;
    this.#counts.duplicates += facts.length - added.length;
    for (const fact of added) this.#countOne(fact);
  }

  #countOne(fact: PageFact): void {
    const counts = this.#counts;
    if (fact.kind === "echo") counts.echoes++;
    else if (fact.kind === "policy") {
      counts.policies++;
      this.#policies.push(fact);
    } else {
      counts.inbound++;
      if (fact.consent === true) counts.opt_ins++;
      if (fact.consent === false) counts.opt_outs++;
    }
  }

  async end(): Promise<Ingested> {
    if (this.#facts.length > 0) await this.append();
    await this.#appending;
    const { unreadable } = this.#counts;
    if (unreadable > MOST_TOLD) this.#diagnostics.push(more(this.#diagnostics, unreadable));
    return {
      counts: this.#counts,
      diagnostics: this.#diagnostics,
      policies: this.#policies,
    };
  }

  /** The text itself is never shown: it holds what people wrote. */
  #tell(line: number, why: string): void {
    this.#counts.unreadable++;
    if (this.#diagnostics.length >= MOST_TOLD) return;
    this.#diagnostics.push({
      code: "EVENT_UNREADABLE",
      severity: "error",
      at: { file: this.#name, line, column: 1 },
      summary: "Event that cannot be read",
      detail:
        `Line ${line} was left out: ${why}. Give webhook bodies, or single events of their ` +
        "messaging list, one a line, each as Meta sent it.",
    });
  }
}

function more(told: readonly Diagnostic[], count: number): Diagnostic {
  return {
    code: "EVENT_UNREADABLE",
    severity: "error",
    at: told.at(-1)?.at ?? { file: "", line: 1, column: 1 },
    summary: "More events that cannot be read",
    detail: `${count} could not be read; the first are named above. All others were taken in.`,
  };
}
