import type { HtmlNode } from "../../bubble/html-node.ts";
import { count } from "../reason-words.ts";
import { element } from "./element.ts";

/** So many campaigns are told in full; the others are rows of a table. */
export const MOST_FOLDS = 300;
/** With more, none is open from the start, and none is unfolded in print. */
export const FEW = 20;

/** Campaigns whose rows are seen at once, and those that would only slow the page down. */
export function partedRows<Campaign>(
  campaigns: readonly Campaign[],
  folds: ReadonlyMap<Campaign, string>,
): { readonly rows: readonly Campaign[]; readonly more: readonly Campaign[] } {
  if (campaigns.length <= MOST_FOLDS) return { rows: campaigns, more: [] };
  const isMore = (one: Campaign) => !folds.has(one);
  return { rows: campaigns.filter((one) => folds.has(one)), more: campaigns.filter(isMore) };
}

/** The rows of more campaigns, folded. */
export function moreRows(many: number, table: () => HtmlNode): HtmlNode[] {
  if (many === 0) return [];
  const summary = many === 1 ? "1 more campaign" : `${count(many)} more campaigns`;
  return [element("details", "", [element("summary", "", `${summary}, a row each`), table()])];
}
