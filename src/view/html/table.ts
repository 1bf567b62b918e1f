import type { HtmlChild, HtmlNode } from "../../bubble/html-node.ts";
import { escapeLine } from "../escape.ts";
import { count } from "../reason-words.ts";
import { element } from "./element.ts";

export interface HtmlTable {
  /** What it shows; read first by a screen reader. */
  readonly caption: string;
  readonly columns: readonly HtmlColumn[];
  readonly rows: readonly HtmlRow[];
}

interface HtmlColumn {
  readonly title: string;
  /** The first column names its row; `bars` are drawn and skipped by screen readers. */
  readonly kind?: "number" | "bars" | "name" | "words";
}

interface HtmlRow {
  readonly cells: readonly (readonly HtmlChild[] | string | number)[];
  /** Whether it is a sum of the others. */
  readonly isSum?: boolean;
}

/** A table that says what it is, which cells are headings, and scrolls where it is too wide. */
export function tableHtml({ caption, columns, rows }: HtmlTable): HtmlNode {
  const titles = columns.map(({ title, kind }) =>
    title === "" || kind === "bars"
      ? element("td", kind ?? "")
      : element("th", { scope: "col", ...(kind === "number" && { class: kind }) }, title),
  );
  const table = element("table", "", [
    element("caption", "", caption),
    element("thead", "", [element("tr", "", titles)]),
    element(
      "tbody",
      "",
      rows.map((row) => rowHtml(row, columns)),
    ),
  ]);
  const label = { "aria-label": escapeLine(caption) };
  const region = { class: "wide", role: "region", ...label, tabindex: "0" };
  return element("div", region, [table]);
}

function rowHtml({ cells, isSum }: HtmlRow, columns: readonly HtmlColumn[]): HtmlNode {
  const shown = cells.map((cell, index) => {
    const content = typeof cell === "number" ? [count(cell)] : cell;
    if (index === 0) return element("th", { scope: "row", class: "name" }, content);
    return element("td", columns[index]?.kind ?? "", content);
  });
  return element("tr", isSum ? "sum" : "", shown);
}
