import { randomBytes } from "node:crypto";
import { closeSync, openSync, writeSync } from "node:fs";
import type { Instant } from "../model/instant.ts";
import type { JsonObject } from "../model/json.ts";
import { DeliveryCounts, type Repeat } from "./delivery-counts.ts";

/** A message that truly reached a person. */
export interface DeliveredMessage {
  readonly psid: string;
  /** `message.metadata`, which carries the delivery id; null when there was none. */
  readonly deliveryId: string | null;
  /** The Send API's message object as it came. */
  readonly message: JsonObject;
  readonly messageId: string;
  readonly at: Instant;
}

/**
 * Counts what truly reached whom. With a log file every message is one line of JSON there, written
 * before the call is answered, so that it can be counted after any process was killed.
 */
export class Outbox {
  readonly #log: number | undefined;
  readonly #idPrefix = `m_${randomBytes(54).toString("base64url")}`;
  readonly #deliveries = new DeliveryCounts();
  #count = 0;
  #ids = 0;

  constructor(logFile: string | undefined) {
    this.#log = logFile === undefined ? undefined : openSync(logFile, "a");
  }

  /** How many messages reached somebody. */
  get count(): number {
    return this.#count;
  }

  /** Deliveries that reached their person more than once: there must be none. */
  get repeats(): readonly Repeat[] {
    return this.#deliveries.repeats;
  }

  /** An id for a message, in the shape of Meta's (messenger-platform.md section 1.5). */
  newMessageId(): string {
    this.#ids += 1;
    return this.#idPrefix + this.#ids.toString(36).padStart(10, "0");
  }

  /** Counts a message as delivered; gives its id. */
  deliver(message: Omit<DeliveredMessage, "messageId">): string {
    const messageId = this.newMessageId();
    this.#count += 1;
    if (message.deliveryId !== null) this.#deliveries.add(message.deliveryId);
    if (this.#log !== undefined) {
      writeSync(this.#log, `${JSON.stringify({ ...message, messageId })}\n`);
    }
    return messageId;
  }

  close(): void {
    if (this.#log !== undefined) closeSync(this.#log);
  }
}
