import type { Instant } from "../model/instant.ts";

/** How far the page's conversations were read. */
export interface Pulled {
  /** Leads to the next of Meta's pages. */
  readonly after: string;
  /** When the first of them was asked for. */
  readonly beganAt: Instant;
  readonly counts: PullCounts;
}

/** What became of the conversations so far. */
export interface PullCounts {
  readonly conversations: number;
  /** People whose newest message is known now. */
  readonly people: number;
  /** Messages that were not known before. */
  readonly news: number;
  readonly opt_ins: number;
  readonly opt_outs: number;
  /** Conversations in whose newest 20 messages the person wrote none. */
  readonly silent: number;
}

/** Remembers how far a pull has come, so that one that was cut off can go on. */
export interface PullPlace {
  /** Undefined where none was cut off, or what is remembered cannot be read. */
  read(): Pulled | undefined;
  /** Survives a power cut; `null` forgets. Throws PortError. */
  write(pulled: Pulled | null): void;
}
