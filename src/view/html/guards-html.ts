import type { HtmlChild, HtmlNode } from "../../bubble/html-node.ts";
import type { Guard } from "../../model/plan.ts";
import { count } from "../reason-words.ts";
import { barHtml } from "./bar.ts";
import { element, linesHtml, named, placeHtml } from "./element.ts";
import { tableHtml } from "./table.ts";

/** More of each kind are counted. */
const MOST = 100;

const WORDS = {
  block: ["blocks", "bad"],
  warn: ["warns", "warn"],
  accepted: ["accepted", "warn"],
  pass: ["passes", "good"],
} as const satisfies Readonly<Record<Guard["outcome"], readonly [string, string]>>;

/** The guards, those that block first, each with what to paste; those that pass are folded. */
export function guardsHtml(guards: readonly Guard[]): HtmlNode[] {
  if (guards.length === 0) return [element("p", "dim", "No guard had anything to judge.")];
  const held = guards.filter(({ outcome }) => outcome !== "pass").sort(byRank);
  const passed = guards.filter(({ outcome }) => outcome === "pass");
  const passing = passed.length === 1 ? "1 guard passes" : `${count(passed.length)} guards pass`;
  return [
    ...held.slice(0, MOST).map(guardAlert),
    ...more(held.length, "hold or warn"),
    ...(held.length === 0 ? [] : [guardTable(held, "Guards that hold or warn")]),
    ...(passed.length === 0
      ? []
      : [
          element("details", "", [
            element("summary", "", passing),
            guardTable(passed, "Guards that pass"),
            ...more(passed.length, "pass"),
          ]),
        ]),
  ];
}

function byRank(a: Guard, b: Guard): number {
  return rank(a) - rank(b);
}

function rank({ outcome, in_base }: Guard): number {
  if (outcome !== "block") return 2;
  return in_base ? 1 : 0;
}

function more(all: number, what: string): HtmlNode[] {
  return all > MOST ? [element("p", "", `And ${count(all - MOST)} more that ${what}.`)] : [];
}

function guardAlert(guard: Guard): HtmlNode {
  const { rule, campaign, outcome, in_base, actual, limit, source, accept } = guard;
  const whose = campaign === null ? [] : [" for ", named(campaign, "code")];
  const where = source === null ? [] : [", written at ", placeHtml(source)];
  const before = in_base ? " It holds without this change too." : "";
  const kind = outcome === "block" ? "alert" : outcome === "warn" ? "alert warn" : "alert quiet";
  return element("div", kind, [
    element("p", "", [
      wordHtml(outcome),
      " ",
      element("strong", "", rule),
      ...whose,
      `: ${count(actual)}, limit ${count(limit)}`,
      ...where,
      `. ${OUTCOMES[outcome]}${before}`,
    ]),
    ...acceptHtml(accept, campaign),
  ]);
}

const OUTCOMES: Readonly<Record<Guard["outcome"], string>> = {
  pass: "It passes.",
  block: "Nothing is sent while it holds.",
  accepted: "Accepted in the campaign's file.",
  warn: "It stops nothing.",
};

function acceptHtml(accept: string | null, campaign: string | null): HtmlNode[] {
  if (accept === null) return [];
  const file =
    campaign === null ? "the campaign's file" : named(`campaigns/${campaign}.yaml`, "code");
  return [element("p", "", ["To accept it once, add to ", file, ":"]), linesHtml(accept)];
}

function wordHtml(outcome: Guard["outcome"]): HtmlNode {
  const [word, kind] = WORDS[outcome];
  return element("span", `word ${kind}`, word);
}

function guardTable(guards: readonly Guard[], caption: string): HtmlNode {
  return tableHtml({
    caption: `${caption}; the line marks the limit`,
    columns: [
      { title: "Guard" },
      { title: "Outcome", kind: "name" },
      { title: "Actual", kind: "number" },
      { title: "Limit", kind: "number" },
      { title: "Of the limit", kind: "bars" },
      { title: "Written at", kind: "name" },
    ],
    rows: guards.slice(0, MOST).map((guard) => ({ cells: guardCells(guard) })),
  });
}

function guardCells(guard: Guard): readonly (readonly HtmlChild[] | string | number)[] {
  const { rule, campaign, outcome, actual, limit, source } = guard;
  const ink = outcome === "block" ? "failed" : "reached";
  const whole = Math.max(actual, limit) * 1.05;
  const least = rule === "empty_audience" ? "at least " : "";
  return [
    campaign === null ? rule : [`${rule} `, named(campaign, "code")],
    [wordHtml(outcome)],
    actual,
    `${least}${count(limit)}`,
    [barHtml([{ ink, length: actual }], { whole, limit })],
    source === null ? "a default" : [placeHtml(source)],
  ];
}
