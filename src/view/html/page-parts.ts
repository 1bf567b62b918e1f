import type { HtmlChild, HtmlNode } from "../../bubble/html-node.ts";
import type { Warning } from "../../model/plan.ts";
import type { NextStep } from "../../model/report.ts";
import { count } from "../reason-words.ts";
import { element, linesHtml, placeHtml } from "./element.ts";

/** More of them are counted. */
const MOST = 500;

/** The document's few plain facts. */
export function factsHtml(facts: readonly (readonly [string, readonly HtmlChild[] | string])[]) {
  const rows = facts.flatMap(([name, value]) => [
    element("dt", "", name),
    element("dd", "", value),
  ]);
  return element("dl", "facts", rows);
}

export function verdictHtml(words: string, kind: "good" | "warn" | "bad" | "quiet"): HtmlNode {
  return element("p", `verdict ${kind}`, words);
}

export function warningsHtml(warnings: readonly Warning[]): HtmlNode[] {
  if (warnings.length === 0) return [];
  const shown = warnings
    .slice(0, MOST)
    .map(({ code, summary, detail, source }) =>
      element("li", "", [
        element("strong", "", summary),
        ` ${detail} `,
        element("span", "dim", [
          element("code", "", code),
          ...(source === null ? [] : [" at ", placeHtml(source)]),
        ]),
      ]),
    );
  const more = warnings.length - shown.length;
  return [
    element("h2", { id: "warnings" }, `Warnings (${count(warnings.length)})`),
    element("ul", "", shown),
    ...(more > 0 ? [element("p", "", `And ${count(more)} more.`)] : []),
  ];
}

/** What to do next, the most urgent first. */
export function nextHtml(next: readonly NextStep[]): HtmlNode[] {
  if (next.length === 0) return [];
  const steps = next.map(({ text, command }) =>
    element("li", "", [element("p", "", text), ...(command === null ? [] : [linesHtml(command)])]),
  );
  return [element("h2", { id: "next" }, "What to do next"), element("ol", "next", steps)];
}
