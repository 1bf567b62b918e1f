import type { WaveVerdict } from "../model/rollout.ts";

const BAD_WORDS: Readonly<Record<WaveVerdict["rule"], string>> = {
  failed: "failed or have an unknown outcome",
  unavailable: "cannot be reached",
};

/** `wave 1 of 3: 5 of 25 cannot be reached (20%), above unavailable: 10%`. */
export function stopWords(
  of: Pick<WaveVerdict, "wave" | "waves" | "rule" | "bad" | "tried" | "limit">,
): string {
  const { wave, waves, rule, bad, tried, limit } = of;
  return (
    `wave ${wave} of ${waves}: ${count(bad)} of ${count(tried)} ${BAD_WORDS[rule]} ` +
    `(${percent(bad / tried)}), above ${rule}: ${percent(limit)}`
  );
}

/** A share as people write it: `2%`, `0.25%`. */
export function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))}%`;
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
