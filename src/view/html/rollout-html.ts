import type { HtmlNode } from "../../bubble/html-node.ts";
import type { Rollout, RolloutOccurrence } from "../../model/plan.ts";
import { stopWords } from "../../policy/rollout-words.ts";
import { count } from "../reason-words.ts";
import { rolloutLines } from "../rollout-lines.ts";
import { barHtml, type Stretch } from "./bar.ts";
import { element, linesHtml, named } from "./element.ts";
import { type HtmlTable, tableHtml } from "./table.ts";

/** The waves of a campaign, how far each has come, and what to paste where one stopped it. */
export function rolloutHtml(rollout: Rollout | null, file: string): HtmlNode[] {
  if (rollout === null) return [];
  const [summary = ""] = rolloutLines(rollout);
  return [
    element("h4", "", "Waves"),
    element("p", "", `Sent ${summary}.`),
    ...rollout.occurrences.flatMap((one) => occurrenceHtml(rollout, one, file)),
  ];
}

function occurrenceHtml(rollout: Rollout, one: RolloutOccurrence, file: string): HtmlNode[] {
  const { occurrence, stopped } = one;
  const table = tableHtml({
    caption: `Waves of occurrence ${occurrence}`,
    columns: WAVE_COLUMNS,
    rows: one.waves.map((wave, index) => waveRow(wave, rollout.waves[index] ?? null, index)),
  });
  if (stopped === null) return [table];
  const words = stopWords({ ...stopped, waves: rollout.waves.length });
  return [
    table,
    element("div", "alert", [
      element("p", "", [element("strong", "", "Stopped"), ` after ${words}.`]),
      element("p", "", ["To go on, add to ", named(file, "code"), ":"]),
      linesHtml(stopped.accept),
    ]),
  ];
}

const WAVE_COLUMNS: HtmlTable["columns"] = [
  { title: "Wave" },
  { title: "Not failed", kind: "number" },
  { title: "Failed", kind: "number" },
  { title: "Unknown", kind: "number" },
  { title: "To come", kind: "number" },
  { title: "Share", kind: "bars" },
];

function waveRow(
  wave: RolloutOccurrence["waves"][number],
  size: number | null,
  index: number,
): HtmlTable["rows"][number] {
  const { tried, failed, unknown, people } = wave;
  const fine = tried - failed - unknown;
  const stretches: Stretch[] = [
    { ink: "reached", length: fine },
    { ink: "failed", length: failed },
    { ink: "unknown", length: unknown },
    { ink: "open", length: people },
  ];
  const name = `${index + 1} (${size === null ? "the rest" : count(size)})`;
  return {
    cells: [name, fine, failed, unknown, people, [barHtml(stretches, { whole: tried + people })]],
  };
}
