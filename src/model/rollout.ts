import type { OccurrenceId } from "./delivery.ts";
import type { Instant } from "./instant.ts";

/** How the tried deliveries of one wave came out. */
export interface WaveCount {
  readonly tried: number;
  /** People who cannot be reached among them. */
  readonly failed: number;
  readonly unknown: number;
  /** The failed of the class `user_unavailable`. */
  readonly unavailable: number;
}

/** A wave in which too much went wrong. */
export interface WaveVerdict extends WaveCount {
  /** Counted from 1. */
  readonly wave: number;
  readonly waves: number;
  readonly rule: "failed" | "unavailable";
  /** The deliveries that the rule counted. */
  readonly bad: number;
  /** The limit that was passed, from 0 to 1. */
  readonly limit: number;
}

/** A stop as the state keeps it, until the campaign acknowledges it. */
export interface RolloutStop extends WaveVerdict {
  /** For `on:`, the campaign's revision. */
  readonly occurrence: OccurrenceId;
  readonly stoppedAt: Instant;
  readonly runId: string;
}
