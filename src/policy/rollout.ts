import type { Acknowledgement, Campaign, Rollout } from "../model/campaign.ts";
import type { OccurrenceId } from "../model/delivery.ts";
import type { RolloutStop, WaveCount, WaveVerdict } from "../model/rollout.ts";

/*
 * A rollout sends one occurrence in waves. Its states, all of them seen from the ledger:
 *   filling wave n   fewer were tried than waves 1 to n hold: people go on being sent to
 *   wave n is full   nobody of wave n + 1 was tried: it is judged before the next one begins
 *   stopped          too much of it went wrong: nobody is sent to
 *   filling wave n+1 it passed, or the campaign acknowledged its stop
 * The last wave is not judged: nobody comes after it.
 */

/** How many people the waves up to each one hold; the last has no end. */
export function waveEnds(rollout: Rollout | undefined): number[] {
  let end = 0;
  return (rollout?.waves ?? ["rest"]).map((size) => {
    end = size === "rest" ? Number.POSITIVE_INFINITY : end + size;
    return end;
  });
}

export const NOTHING_TRIED: WaveCount = { tried: 0, failed: 0, unknown: 0, unavailable: 0 };

/** Index of the wave that the next person belongs to. */
export function waveToFill(ends: readonly number[], counts: readonly WaveCount[]): number {
  const tried = triedOf(counts);
  return ends.findIndex((end) => tried < end);
}

export function triedOf(counts: readonly WaveCount[]): number {
  return counts.reduce((sum, { tried }) => sum + tried, 0);
}

/** What is known of one occurrence's rollout when somebody would be sent to. */
export interface RolloutState {
  readonly rollout: Rollout | undefined;
  /** Wave by wave. */
  readonly counts: readonly WaveCount[];
  /** The recorded stops of this occurrence. */
  readonly stops: readonly RolloutStop[];
  /** How many stops of it the campaign has acknowledged. */
  readonly acknowledged: number;
}

/**
 * Why nobody else of the occurrence may be sent to; null: go on. A recorded stop holds until there
 * is an acknowledgement for it, whatever has become of the wave since.
 */
export function holdOf({ rollout, counts, stops, acknowledged }: RolloutState): WaveVerdict | null {
  const last = stops.at(-1);
  if (last !== undefined && stops.length > acknowledged) return last;
  if (rollout === undefined) return null;
  const next = waveToFill(waveEnds(rollout), counts);
  const full = counts[next - 1];
  const isBegun = (counts[next] ?? NOTHING_TRIED).tried > 0;
  const wasStopped = stops.some(({ wave }) => wave === next);
  return full === undefined || isBegun || wasStopped ? null : judgeWave(full, rollout, next);
}

/** Whether too much of a wave went wrong; `wave` counts from 1. */
function judgeWave(count: WaveCount, rollout: Rollout, wave: number): WaveVerdict | null {
  const { stopIf, waves } = rollout;
  for (const rule of ["failed", "unavailable"] as const) {
    const limit = stopIf[rule];
    const bad = badOf(count, rule, rollout);
    if (limit !== undefined && isAbove(bad, count.tried, limit)) {
      return { ...count, wave, waves: waves.length, rule, bad, limit };
    }
  }
  return null;
}

/**
 * The deliveries that a rule counts. An unknown outcome counts as failed. People who cannot be
 * reached count as failed only where `unavailable` has no limit of its own: they are many on every
 * page, and say little about the message.
 */
function badOf(
  { failed, unknown, unavailable }: WaveCount,
  rule: WaveVerdict["rule"],
  { stopIf }: Rollout,
): number {
  if (rule === "unavailable") return unavailable;
  const isApart = stopIf.unavailable !== undefined;
  return failed + unknown - (isApart ? unavailable : 0);
}

/** Strictly; the shares of whole numbers that are equal to the limit must not be above it. */
function isAbove(bad: number, tried: number, limit: number): boolean {
  return bad / tried - limit > 1e-9;
}

/** What a rollout runs through: an occurrence, or all events of one revision for `on:`. */
export function rolloutScope({ send, revision }: Campaign, occurrence: OccurrenceId): OccurrenceId {
  return send.kind === "on" ? revision : occurrence;
}

/** How many stops of an occurrence the campaign acknowledges on a local day: one row, one stop. */
export function acknowledgedStops(
  acknowledge: readonly Acknowledgement[],
  of: { readonly occurrence: OccurrenceId; readonly today: string },
): number {
  return acknowledge.filter(
    ({ rule, occurrence, until }) =>
      rule === "rollout" &&
      occurrence === of.occurrence &&
      (until === undefined || of.today <= until),
  ).length;
}
