import type { HtmlNode } from "../../bubble/html-node.ts";
import type { Guard, PlannedCampaign } from "../../model/plan.ts";
import { count } from "../reason-words.ts";
import { barHtml, type Ink } from "./bar.ts";
import { element } from "./element.ts";
import { type HtmlTable, tableHtml } from "./table.ts";

/**
 * How many a campaign reaches, beside its last completed occurrence and beside what a change of
 * files does to its audience. `growth`: the guard that holds the two sizes against each other.
 */
export function audienceHtml(campaign: PlannedCampaign, growth: Guard | undefined): HtmlNode[] {
  const { last_eligible: last, entering = 0, leaving = 0, eligible } = campaign;
  const now = growth?.actual ?? eligible;
  const rows: [string, number, Ink][] = [
    ...(last === undefined ? [] : [["last completed occurrence", last, "matched"] as const]),
    ...(last === undefined ? [] : [[`this one${grown(last, now)}`, now, "reached"] as const]),
    ...(entering === 0 ? [] : [["enter by this change of files", entering, "reached"] as const]),
    ...(leaving === 0 ? [] : [["leave by this change of files", leaving, "left"] as const]),
  ].map((row) => [...row]);
  if (rows.length === 0) return [];
  const whole = Math.max(...rows.map(([, people]) => people));
  return [
    element("h4", "", "Audience"),
    tableHtml({
      caption: last === undefined ? "What the change does" : "Against the last run",
      columns: COLUMNS,
      rows: rows.map(([label, people, ink]) => ({
        cells: [label, people, [barHtml([{ ink, length: people }], { whole })]],
      })),
    }),
  ];
}

const COLUMNS: HtmlTable["columns"] = [
  { title: "Whose" },
  { title: "People", kind: "number" },
  { title: "Share", kind: "bars" },
];

/** ` (+12%)`. */
export function grown(before: number, after: number): string {
  if (before === after) return " (as many)";
  if (before === 0) return "";
  const percent = Math.round((after / before - 1) * 100);
  return ` (${percent < 0 ? "−" : "+"}${count(Math.abs(percent))}%)`;
}
