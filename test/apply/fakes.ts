import { setMaxListeners } from "node:events";
import { PageLimits } from "../../src/apply/page-limits.ts";
import { RequestCount } from "../../src/apply/request-count.ts";
import { RunEnd } from "../../src/apply/run-end.ts";
import { CampaignSender } from "../../src/apply/send-campaign.ts";
import type { Delivery, FailureClass, Limited, Outcome } from "../../src/model/delivery.ts";
import type { Page } from "../../src/model/workspace.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { MessageGateway, Usage } from "../../src/ports/message-gateway.ts";
import type { Settlement, StateWriter } from "../../src/ports/state-store.ts";

/** A clock that moves only when somebody sleeps, and then at once. */
export class SkippingClock implements Clock {
  #ms = 1_000_000;

  now = () => Math.floor(this.#ms);
  monotonicMs = () => this.#ms;
  sleep = async (ms: number) => {
    this.#ms += ms;
  };
}

/** A clock that moves on to the next sleeper whenever nothing else can happen. */
export class FakeClock implements Clock {
  #ms = 1_000_000;
  #sleepers: { readonly atMs: number; readonly wake: () => void }[] = [];

  now = () => Math.floor(this.#ms);
  monotonicMs = () => this.#ms;

  sleep = (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      if (signal?.aborted || ms <= 0) return resolve();
      const sleeper = { atMs: this.#ms + ms, wake: resolve };
      this.#sleepers.push(sleeper);
      if (signal !== undefined) setMaxListeners(0, signal);
      signal?.addEventListener("abort", () => {
        this.#sleepers = this.#sleepers.filter((one) => one !== sleeper);
        resolve();
      });
    });

  /** Runs `work` to its end, however long it takes by this clock. */
  async run<Result>(work: Promise<Result>): Promise<Result> {
    let isDone = false;
    const end = () => {
      isDone = true;
    };
    work.then(end, end);
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (isDone) return work;
      this.#sleepers.sort((a, b) => a.atMs - b.atMs);
      const next = this.#sleepers.shift();
      if (next === undefined) throw new Error("Nothing sleeps and the work is not done.");
      this.#ms = Math.max(this.#ms, next.atMs);
      next.wake();
    }
  }
}

export const SENT: Outcome = { status: "sent", messageId: "m_1" };

export const UNKNOWN: Outcome = {
  status: "unknown",
  error: { code: null, subcode: null, message: "timeout" },
};

export const NOT_SENT: Outcome = {
  status: "not_sent",
  error: { code: null, subcode: null, message: "refused" },
  retryAfterMs: null,
  limited: null,
};

export function failed(
  errorClass: FailureClass,
  stops: "person" | "campaign" | "page" | "run",
  [code, subcode]: readonly [code: number, subcode?: number] = [1],
): Outcome {
  const error = { code, subcode: subcode ?? null, message: "no" };
  return { status: "failed", errorClass, stops, error };
}

export function limited(
  limit: Partial<Limited> & Pick<Limited, "scope">,
  retryAfterMs: number | null = null,
): Outcome {
  const waits = { firstWaitMs: 30_000, spreadMs: 0, maxWaitMs: 900_000 };
  const error = { code: 613, subcode: null, message: "limit" };
  return { status: "not_sent", error, retryAfterMs, limited: { ...waits, ...limit } };
}

/** What a platform says to the call of this number, from 1, for this delivery. */
export type Answering = (call: {
  readonly number: number;
  readonly id: string;
  readonly atMs: number;
}) => Outcome | { readonly outcome: Outcome; readonly usage: Usage | null };

/** A platform that answers after `latencyMs`, and remembers what it was asked and when. */
export class FakePlatform implements MessageGateway {
  readonly calls: { readonly id: string; readonly psid: string; readonly atMs: number }[] = [];
  readonly #clock: FakeClock;
  readonly #answering: Answering;
  readonly #latencyMs: number;

  constructor(clock: FakeClock, answering: Answering, latencyMs = 0) {
    this.#clock = clock;
    this.#answering = answering;
    this.#latencyMs = latencyMs;
  }

  send: MessageGateway["send"] = async (body) => {
    const atMs = this.#clock.monotonicMs();
    const id = String(body["id"]);
    this.calls.push({ id, psid: String(body["psid"]), atMs });
    const answer = this.#answering({ number: this.calls.length, id, atMs });
    if (this.#latencyMs > 0) await this.#clock.sleep(this.#latencyMs);
    return "outcome" in answer ? answer : { outcome: answer, usage: null };
  };

  readonly otherVersion = null;
  close = async () => {};
}

/** Answers with the script's outcomes in turn, the last one again and again. */
export function scripted(...script: Outcome[]): Answering {
  return ({ number }) => script[Math.min(number, script.length) - 1] ?? SENT;
}

/** Remembers claims and settlements. */
export class RecordingWriter implements StateWriter {
  readonly run = { id: "run-1", startedAt: 0, commit: null, url: null };
  readonly takenOver = null;
  readonly claimed: string[] = [];
  readonly settled = new Map<string, Settlement[]>();
  /** The greatest number of claims that had no settlement at one time. */
  mostOpen = 0;

  resolve(): void {
    throw new Error("an apply resolves nothing");
  }

  claimsAhead(perSecond: number): number {
    return Math.min(500, Math.max(50, perSecond));
  }

  claim: StateWriter["claim"] = async (deliveries) => {
    this.claimed.push(...deliveries.map(({ id }) => id));
    this.mostOpen = Math.max(this.mostOpen, this.claimed.length - this.settled.size);
  };
  settle: StateWriter["settle"] = ({ id }, settlement) => {
    this.settled.set(id, [...(this.settled.get(id) ?? []), settlement]);
  };
  /** Why applies are halted by now. */
  haltedBecause: string | null = null;

  halted = async () => this.haltedBecause;
  flush = async () => {};
  remember = async () => {};
  close = async () => {};
}

export function deliveries(count: number, over: Partial<Delivery> = {}): Delivery[] {
  return Array.from({ length: count }, (_, index) => ({ ...delivery(index), ...over }));
}

function delivery(index: number): Delivery {
  const psid = String(7_100_000_000_000_000 + index);
  return {
    id: `d${index}`,
    rootId: "hello",
    occurrence: "once",
    userId: `user-${index}`,
    psid,
    variant: null,
    revision: "sha256:1",
    counts: true,
    body: { id: `d${index}`, psid },
  };
}

export async function* batches(all: readonly Delivery[], size = 1_000) {
  for (let start = 0; start < all.length; start += size) yield all.slice(start, start + size);
}

export interface SetUp {
  readonly signal?: AbortSignal;
  readonly rate?: Page["rate"];
  readonly maxRuntimeMs?: number;
  readonly latencyMs?: number;
}

/** A campaign sender over a fake platform, and all that it works with. */
export function setUp(answering: Answering, over: SetUp = {}) {
  const clock = new FakeClock();
  const writer = new RecordingWriter();
  const gateway = new FakePlatform(clock, answering, over.latencyMs);
  const interruption = over.signal ?? new AbortController().signal;
  const end = new RunEnd({ clock, interruption, maxRuntimeMs: over.maxRuntimeMs });
  const notices: string[] = [];
  const random = () => 0.5;
  const limits = new PageLimits({
    clock,
    rate: over.rate ?? "unlimited",
    end,
    random,
    notice: (text) => notices.push(text),
  });
  const requests = new RequestCount(clock);
  const deps = { writer, gateway, clock, limits, end, requests, random, progress: () => {} };
  const sender = new CampaignSender(deps);
  const send = (
    what: number | readonly Delivery[],
    stillAllowed: (delivery: Delivery, now: number) => "outside_window" | null = () => null,
  ) => {
    const all = typeof what === "number" ? deliveries(what) : what;
    const see = () => {};
    return clock.run(sender.send({ deliveries: batches(all), stillAllowed, see }));
  };
  return { clock, writer, gateway, end, notices, limits, deps, sender, send };
}

/** When requests began, in milliseconds from the first one. */
export function begun({ gateway }: ReturnType<typeof setUp>): number[] {
  const firstMs = gateway.calls[0]?.atMs ?? 0;
  return gateway.calls.map(({ atMs }) => atMs - firstMs);
}

/** Answers with `outcome` to the calls of these numbers, and takes the others. */
export function striking(outcome: Outcome, ...calls: number[]): Answering {
  return ({ number }) => (calls.includes(number) ? outcome : SENT);
}
