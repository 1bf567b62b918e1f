import type { PlannedCampaign, Rollout, RolloutOccurrence } from "../model/plan.ts";
import { percent, stopWords } from "../policy/rollout-words.ts";
import { count, countPeople } from "./reason-words.ts";
import { wrap } from "./wrap.ts";

/** A rollout in a few lines: its waves, and where each occurrence stands. */
export function rolloutLines(rollout: Rollout | null): string[] {
  if (rollout === null) return [];
  const isOne = rollout.occurrences.length === 1;
  return [
    `in ${rollout.waves.length === 1 ? "one wave" : "waves"}: ${sizes(rollout)}${limits(rollout)}`,
    ...rollout.occurrences.flatMap((one) => [
      ...(isOne ? [] : [`${one.occurrence}:`]),
      ...waveLines(rollout, one),
    ]),
  ];
}

/** Whether the stop of a wave keeps all of a due campaign back. */
export function isHeld({ action, rollout }: PlannedCampaign): boolean {
  return action === "none" && rollout !== null && rollout.held > 0;
}

/** A campaign that the stop of a wave keeps back, and how to go on. `width` in columns. */
export function heldLines({ id, rollout, source }: PlannedCampaign, width: number): string[] {
  if (rollout === null) return [];
  const whom = `${countPeople(rollout.held)} ${rollout.held === 1 ? "waits" : "wait"}`;
  const stops = rollout.occurrences.flatMap(({ stopped }) => (stopped === null ? [] : [stopped]));
  return [
    `! ${id}  stopped, ${whom}  ${source.file}:${source.line}`,
    ...rolloutLines(rollout).flatMap((line) => wrap(line, width, "    ")),
    `    To go on, add to ${source.file}:`,
    ...stops.flatMap(({ accept }) => accept.split("\n").map((line) => `      ${line}`)),
  ];
}

function sizes({ waves }: Rollout): string {
  const words = waves.map((size) => (size === null ? "the rest" : count(size)));
  return words.length === 1
    ? (words[0] ?? "")
    : `${words.slice(0, -1).join(", ")}, then ${words.at(-1)}`;
}

function limits({ stop_if: { failed, unavailable } }: Rollout): string {
  const named = [
    ...(failed === null ? [] : [`failed ${percent(failed)}`]),
    ...(unavailable === null ? [] : [`unavailable ${percent(unavailable)}`]),
  ];
  return named.length === 0 ? "" : ` (stops above ${named.join(" or ")})`;
}

function waveLines({ waves }: Rollout, { waves: counts, stopped }: RolloutOccurrence): string[] {
  const lines = counts.flatMap((wave, index) => {
    if (wave.tried === 0 && wave.people === 0) return [];
    return [`wave ${index + 1} of ${waves.length}: ${waveWords(wave, waves[index] ?? null)}`];
  });
  const stop = stopped && `stopped after ${stopWords({ ...stopped, waves: waves.length })}`;
  return stop === null ? lines : [...lines, stop];
}

/** `380 people (500, of which 120 already tried)`. */
function waveWords({ tried, people }: RolloutOccurrence["waves"][number], size: number | null) {
  if (tried === 0) return countPeople(people);
  if (people === 0) return `${count(tried)} tried`;
  const whole = size === null ? "" : `${count(size)}, of which `;
  return `${countPeople(people)} (${whole}${count(tried)} already tried)`;
}
