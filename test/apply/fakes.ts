import type { Delivery, Outcome } from "../../src/model/delivery.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { MessageGateway } from "../../src/ports/message-gateway.ts";
import type { Settlement, StateWriter } from "../../src/ports/state-store.ts";

/** A clock that moves only when somebody sleeps. */
export class FakeClock implements Clock {
  #ms = 1_000_000;

  now = () => this.#ms;
  monotonicMs = () => this.#ms;
  sleep = async (ms: number) => {
    this.#ms += ms;
  };
}

export const SENT: Outcome = { status: "sent", messageId: "m_1" };

export function failed(
  errorClass: "rejected" | "message_invalid" | "denied" | "page_restricted" | "user_unavailable",
  stops: "person" | "campaign" | "page" | "run",
): Outcome {
  return { status: "failed", errorClass, stops, error: { code: 1, subcode: null, message: "no" } };
}

export const NOT_SENT: Outcome = {
  status: "not_sent",
  error: { code: null, subcode: null, message: "refused" },
  retryAfterMs: null,
  limited: null,
};

/** Answers with the script's outcomes in turn, the last one again and again. */
export class ScriptedGateway implements MessageGateway {
  readonly sent: string[] = [];
  readonly #script: Outcome[];

  constructor(...script: Outcome[]) {
    this.#script = script;
  }

  send: MessageGateway["send"] = async (body) => {
    this.sent.push(String(body["id"]));
    const outcome = this.#script.length > 1 ? this.#script.shift() : this.#script[0];
    return { outcome: outcome ?? SENT, usage: null };
  };

  close = async () => {};
}

/** Remembers claims and settlements, and what had been sent when each was claimed. */
export class RecordingWriter implements StateWriter {
  readonly run = { id: "run-1", startedAt: 0, commit: null, url: null };
  readonly takenOver = null;
  readonly claimed: string[] = [];
  readonly settled = new Map<string, Settlement[]>();
  readonly largestClaim: number[] = [];

  claim: StateWriter["claim"] = async (deliveries) => {
    this.largestClaim.push(deliveries.length);
    this.claimed.push(...deliveries.map(({ id }) => id));
  };
  settle: StateWriter["settle"] = ({ id }, settlement) => {
    this.settled.set(id, [...(this.settled.get(id) ?? []), settlement]);
  };
  flush = async () => {};
  remember = async () => {};
  close = async () => {};
}

export function deliveries(count: number): Delivery[] {
  return Array.from({ length: count }, (_, index) => delivery(`d${index}`));
}

function delivery(id: string): Delivery {
  return {
    id,
    rootId: "hello",
    occurrence: "once",
    userId: `user-${id}`,
    psid: "7100000000000001",
    variant: null,
    revision: "sha256:1",
    counts: true,
    body: { id },
  };
}
