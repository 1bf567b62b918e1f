import { randomBytes } from "node:crypto";
import { closeSync, openSync, writeSync } from "node:fs";
import type { Instant } from "../model/instant.ts";

/** A message that truly reached a person. */
export interface DeliveredMessage {
  readonly psid: string;
  /** `message.metadata`, which carries the delivery id; null when there was none. */
  readonly deliveryId: string | null;
  /** The Send API's message object as it came. */
  readonly message: Readonly<Record<string, unknown>>;
  readonly messageId: string;
  readonly at: Instant;
}

/**
 * What truly reached whom, oldest first. With a log file every message is one line of JSON there,
 * written before the call is answered, so that it can be counted after any process was killed.
 */
export class Outbox {
  readonly #newest: DeliveredMessage[] = [];
  readonly #keep: number;
  readonly #log: number | undefined;
  readonly #idPrefix = `m_${randomBytes(54).toString("base64url")}`;
  #count = 0;

  /** `keep`: how many of the newest stay in memory; older ones are in the log file alone. */
  constructor(keep: number, logFile: string | undefined) {
    this.#keep = keep;
    this.#log = logFile === undefined ? undefined : openSync(logFile, "a");
  }

  /** How many were delivered in all. */
  get count(): number {
    return this.#count;
  }

  /** The newest ones, up to `keep`. */
  get newest(): readonly DeliveredMessage[] {
    if (this.#newest.length > this.#keep) this.#dropOldest();
    return this.#newest;
  }

  deliver(message: Omit<DeliveredMessage, "messageId">): DeliveredMessage {
    this.#count += 1;
    const messageId = this.#idPrefix + this.#count.toString(36).padStart(10, "0");
    const delivered = { ...message, messageId };
    if (this.#log !== undefined) writeSync(this.#log, `${JSON.stringify(delivered)}\n`);
    this.#newest.push(delivered);
    // Twice as many may pile up, so that the cost of dropping is spread over many messages.
    if (this.#newest.length >= 2 * this.#keep) this.#dropOldest();
    return delivered;
  }

  close(): void {
    if (this.#log !== undefined) closeSync(this.#log);
  }

  #dropOldest(): void {
    this.#newest.splice(0, this.#newest.length - this.#keep);
  }
}
