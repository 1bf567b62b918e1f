import { type HtmlNode, node } from "../../bubble/html-node.ts";
import type { ConversationRow } from "../inbox/shapes.ts";
import { OUTCOME_WORDS, timeText } from "./words.ts";

export interface RowPlace {
  readonly index: number;
  readonly total: number;
  readonly isActive: boolean;
  readonly isChosen: boolean;
}

/** One line of the list. */
export function rowNode(row: ConversationRow, place: RowPlace): HtmlNode {
  const { psid, name, at, text, outcome, campaign } = row;
  const attributes = {
    class: place.isActive ? "row active" : "row",
    id: `row-${place.index}`,
    role: "option",
    "aria-selected": String(place.isChosen),
    "aria-posinset": String(place.index + 1),
    "aria-setsize": String(place.total),
    "data-index": String(place.index),
    "data-psid": psid,
  };
  const mark = outcome === "delivered" || outcome === "answer" ? null : outcomeNode(outcome);
  return node("div", attributes, [
    node("span", { class: `face face-${hueOf(psid)}`, "aria-hidden": "true" }, [name.slice(-2)]),
    node("span", { class: "row-name", dir: "auto" }, [name]),
    node("time", { class: "row-time", datetime: new Date(at).toISOString() }, [timeText(at)]),
    node("span", { class: "row-text", dir: "auto" }, [outcome === "answer" ? `“${text}”` : text]),
    node("span", "row-marks", [
      mark,
      campaign === null ? null : node("span", { class: "tag", dir: "auto" }, [campaign]),
    ]),
  ]);
}

export function outcomeNode(outcome: keyof typeof OUTCOME_WORDS): HtmlNode {
  return node("span", `mark ${outcome}`, [OUTCOME_WORDS[outcome]]);
}

/** One of six colours, always the same for a person. */
function hueOf(psid: string): number {
  let sum = 0;
  for (const char of psid) sum = (sum * 31 + char.charCodeAt(0)) % 9973;
  return sum % 6;
}
