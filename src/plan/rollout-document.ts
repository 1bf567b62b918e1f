import type { Campaign } from "../model/campaign.ts";
import type { RolloutOccurrence, Rollout as WrittenRollout } from "../model/plan.ts";
import type { WaveCount, WaveVerdict } from "../model/rollout.ts";
import { NOTHING_TRIED, waveEnds } from "../policy/rollout.ts";
import type { Standing } from "./standing.ts";

/** One occurrence with those who would still be sent to. */
export interface Peopled extends Standing {
  readonly people: number;
}

/** A campaign's rollout as plans and reports show it; null where it has none and none stopped. */
export function rolloutDocument(
  { rollout }: Campaign,
  standings: readonly Peopled[],
): WrittenRollout | null {
  const isStopped = standings.some(({ held }) => held !== null);
  if (rollout === undefined && !isStopped) return null;
  const ends = waveEnds(rollout);
  const shown = standings.filter(({ people, counts }) => people > 0 || counts.some(isTried));
  return {
    waves: (rollout?.waves ?? ["rest"]).map((size) => (size === "rest" ? null : size)),
    stop_if: {
      failed: rollout?.stopIf.failed ?? null,
      unavailable: rollout?.stopIf.unavailable ?? null,
    },
    held: shown.reduce((sum, { held, people }) => sum + (held === null ? 0 : people), 0),
    occurrences: shown.map((standing) => occurrenceOf(standing, ends)),
  };
}

function isTried({ tried }: WaveCount): boolean {
  return tried > 0;
}

function occurrenceOf(standing: Peopled, ends: readonly number[]): RolloutOccurrence {
  const { occurrence, counts, held, acknowledged } = standing;
  const people = peopleByWave(standing, ends);
  return {
    occurrence,
    waves: ends.map((_, wave) => waveOf(counts[wave] ?? NOTHING_TRIED, people[wave] ?? 0)),
    stopped: held && stopOf(held, { occurrence, acknowledged }),
  };
}

function waveOf({ tried, failed, unknown, unavailable }: WaveCount, people: number) {
  return { tried, failed, unknown, unavailable, people };
}

/** Fills the waves up with those who are to come. */
function peopleByWave({ counts, people }: Peopled, ends: readonly number[]): number[] {
  let left = people;
  let start = 0;
  return ends.map((end, wave) => {
    const room = end - start - (counts[wave]?.tried ?? 0);
    const here = Math.max(0, Math.min(room, left));
    left -= here;
    start = end;
    return here;
  });
}

function stopOf(
  { wave, rule, limit, bad, tried }: WaveVerdict,
  { occurrence, acknowledged }: Pick<Peopled, "occurrence" | "acknowledged">,
): NonNullable<RolloutOccurrence["stopped"]> {
  const row = `  - { rule: rollout, occurrence: ${occurrence}, because: "…" }`;
  // Each stop takes a row of its own, beside those for earlier ones.
  const accept = acknowledged > 0 ? row : `acknowledge:\n${row}`;
  return { wave, rule, limit, bad, tried, accept };
}
