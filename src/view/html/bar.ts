import type { HtmlNode } from "../../bubble/html-node.ts";
import { element } from "./element.ts";

/**
 * How a stretch of a bar is drawn: `matched`, `reached` and `failed` are filled, each in its own
 * colour, `unknown` is hatched, `left` and `open` have a full and a broken outline.
 */
export type Ink = "matched" | "reached" | "failed" | "unknown" | "left" | "open";

export interface Stretch {
  readonly ink: Ink;
  /** In the unit of the bar's whole. */
  readonly length: number;
}

interface Drawn {
  /** What the full width stands for. */
  readonly whole: number;
  /** Where the first stretch begins. */
  readonly from?: number;
  /** Where a limit stands. */
  readonly limit?: number;
}

/** What is there at all can be seen. */
const LEAST_PERCENT = 0.5;

/** Stretches one after the other, as SVG. Its numbers must stand beside it: nobody hears it. */
export function barHtml(stretches: readonly Stretch[], { whole, from = 0, limit }: Drawn) {
  const percent = (value: number) => (whole === 0 ? 0 : (100 * value) / whole);
  let at = percent(from);
  const drawn = stretches.flatMap(({ ink, length }): HtmlNode[] => {
    if (length === 0) return [];
    const width = Math.max(LEAST_PERCENT, percent(length));
    const x = Math.min(at, 100 - width);
    at = x + width;
    return [element("rect", { class: ink, x: text(x), width: text(width), y: "1", height: "12" })];
  });
  const mark = limit === undefined ? [] : [limitHtml(text(percent(limit)))];
  return element("svg", { class: "bar", "aria-hidden": "true" }, [...drawn, ...mark]);
}

function limitHtml(x: string): HtmlNode {
  return element("line", { class: "limit", x1: x, x2: x, y1: "-1", y2: "15" });
}

function text(percent: number): string {
  return `${Math.round(percent * 100) / 100}%`;
}

/** What bars are hatched with; once a page, before the first of them. */
export function barDefinitions(): HtmlNode {
  const size = { width: "5", height: "5", patternUnits: "userSpaceOnUse" };
  const turned = { patternTransform: "rotate(45)" };
  const pattern = element("pattern", { id: "hatched", ...size, ...turned }, [
    element("path", { d: "M0 0V5" }),
  ]);
  return element("svg", { class: "defs", "aria-hidden": "true" }, [element("defs", "", [pattern])]);
}
