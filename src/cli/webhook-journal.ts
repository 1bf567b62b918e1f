import { PortError } from "../diag/errors.ts";
import { formatInstant, MINUTE_MS } from "../model/instant.ts";
import type { IngestCounts } from "../people/ingest.ts";
import type { Clock } from "../ports/clock.ts";
import type { EventQueue } from "../ports/event-queue.ts";
import type { WebhookCounts } from "../ports/webhook-server.ts";
import { escapeText } from "../view/escape.ts";
import { count } from "../view/reason-words.ts";
import type { Terminal } from "./surroundings.ts";

const TELL_EVERY_MS = MINUTE_MS;

type Words<Name> = readonly (readonly [Name, string])[];

const CALLS: Words<keyof WebhookCounts> = [
  ["accepted", "kept"],
  ["forged", "refused for their signature"],
  ["tooLong", "refused for their length"],
  ["deferred", "put off with 503"],
  ["subscribed", "subscribed"],
  ["unverified", "that know another verify token, or none"],
];

const EVENTS: Words<keyof IngestCounts> = [
  ["inbound", "of people"],
  ["opt_ins", "opt-ins"],
  ["opt_outs", "opt-outs"],
  ["echoes", "echoes"],
  ["policies", "of Meta about the page"],
  ["receipts", "receipts"],
  ["duplicates", "known already"],
  ["other_page", "of another page"],
  ["ignored", "that say nothing of people"],
  ["unreadable", "unreadable"],
];

/** Says on stderr what becomes of webhooks: counts and troubles, never what stands in them. */
export class WebhookJournal {
  readonly #terminal: Terminal;
  readonly #clock: Clock;
  readonly #queue: EventQueue;
  readonly #isQuiet: boolean;
  /** What has been told, and what was taken in since. */
  #calls: Partial<WebhookCounts> = {};
  #events: Partial<Record<keyof IngestCounts, number>> = {};
  /** Why the last body was not kept, and why the last batch was not taken in. */
  #keeping: string | undefined;
  #taking: string | undefined;
  /** Why the state could not be told. */
  #acting: string | undefined;

  constructor(of: {
    readonly terminal: Terminal;
    readonly clock: Clock;
    readonly queue: EventQueue;
    readonly isQuiet: boolean;
  }) {
    this.#terminal = of.terminal;
    this.#clock = of.clock;
    this.#queue = of.queue;
    this.#isQuiet = of.isQuiet;
  }

  /** What `/health` tells. */
  health(): Readonly<Record<string, number | string>> {
    const troubles = [this.#keeping, this.#taking, this.#acting];
    try {
      const waitingBytes = this.#queue.waitingBytes();
      const isWell = troubles.every((trouble) => trouble === undefined);
      return { status: isWell ? "ok" : "failing", waitingBytes };
    } catch (fault) {
      if (!(fault instanceof PortError)) throw fault;
      return { status: "failing" };
    }
  }

  /** `undefined` once all is well again. */
  keeping(trouble: string | undefined): void {
    if (trouble === this.#keeping) return;
    this.#keeping = trouble;
    this.#line(
      trouble === undefined
        ? "Webhooks are kept again."
        : `Webhooks cannot be kept and are answered with 503, so that Meta comes again. ${trouble}`,
    );
  }

  /** `undefined` once all is well again. */
  taking(trouble: string | undefined): void {
    if (trouble === this.#taking) return;
    this.#taking = trouble;
    this.#line(
      trouble === undefined
        ? "What waited is being taken in again."
        : `What came stays in the queue and is tried again. ${trouble}`,
    );
  }

  /** `undefined` once all is well again. */
  acting(trouble: string | undefined): void {
    if (trouble === this.#acting) return;
    this.#acting = trouble;
    const words =
      trouble === undefined
        ? "The state can be written again."
        : `The state cannot be told of what came, which is tried again. ${trouble}`;
    this.#line(words);
  }

  halted(because: string): void {
    this.#line(`Applies are halted: ${because}`);
  }

  settled(sent: number): void {
    if (sent === 1) this.#line("Settled 1 delivery as sent, by its echo.");
    if (sent > 1) this.#line(`Settled ${count(sent)} deliveries as sent, by their echoes.`);
  }

  /** A line a minute, where there is something new, until the signal comes. */
  async tellUntil(signal: AbortSignal, counts: WebhookCounts): Promise<void> {
    while (!signal.aborted) {
      await this.#clock.sleep(TELL_EVERY_MS, signal);
      this.tell(counts);
    }
  }

  /** What became of events that waited. */
  took(counts: Readonly<IngestCounts>): void {
    for (const [name] of EVENTS) this.#events[name] = (this.#events[name] ?? 0) + counts[name];
  }

  /** What has come since the last time, and what was taken in. */
  tell(calls: WebhookCounts): void {
    const before = this.#calls;
    const parts = [
      ...wordsOf("Calls", CALLS, (name) => calls[name] - (before[name] ?? 0)),
      ...wordsOf("Events", EVENTS, (name) => this.#events[name] ?? 0),
    ];
    this.#calls = { ...calls };
    this.#events = {};
    if (parts.length > 0 && !this.#isQuiet) this.#line(parts.join(" "));
  }

  #line(text: string): void {
    const at = formatInstant(Math.floor(this.#clock.now() / 1000) * 1000);
    this.#terminal.err(`${at}  ${escapeText(text)}\n`);
  }
}

function wordsOf<Name>(title: string, words: Words<Name>, of: (name: Name) => number): string[] {
  const counted = words.filter(([name]) => of(name) > 0);
  const parts = counted.map(([name, one]) => `${count(of(name))} ${one}`);
  return parts.length === 0 ? [] : [`${title}: ${parts.join(", ")}.`];
}
