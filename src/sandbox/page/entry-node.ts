import { bubbleHtml } from "../../bubble/bubble-html.ts";
import { bubbleOf } from "../../bubble/bubble-of.ts";
import { type HtmlNode, node } from "../../bubble/html-node.ts";
import type { Inbound } from "../entry.ts";
import type { ShownEntry, ShownSend } from "../inbox/shapes.ts";
import { outcomeNode } from "./row-node.ts";
import { timeText } from "./words.ts";

/** One entry of a conversation: a message of the page on the left, an answer on the right. */
export function entryNode(entry: ShownEntry): HtmlNode {
  const { content, number, at } = entry;
  const attributes = { class: `entry ${content.kind}`, "data-number": String(number) };
  if (content.kind === "received") {
    return node("li", attributes, [inboundNode(content.inbound), metaNode(at, [])]);
  }
  const { message, sent } = content;
  const isThere = sent.messageId !== null;
  const bubble = bubbleHtml(bubbleOf(message), { live: isThere });
  return node("li", { ...attributes, class: `entry sent ${sent.outcome}` }, [
    bubble,
    metaNode(at, marksOf(sent)),
    node("details", { class: "why", "data-number": String(number) }, [
      node("summary", {}, ["Why and how"]),
    ]),
  ]);
}

function inboundNode(inbound: Inbound): HtmlNode {
  const isTap = inbound.type !== "text";
  const words = isTap ? inbound.title : inbound.text;
  const tapped = isTap ? `tapped, payload ${inbound.payload}` : null;
  return node("div", "own", [
    node("p", { class: "own-words", dir: "auto" }, [words]),
    tapped === null ? null : node("p", { class: "own-tap", dir: "auto" }, [tapped]),
  ]);
}

function metaNode(at: number, marks: readonly (HtmlNode | string)[]): HtmlNode {
  const time = node("time", { datetime: new Date(at).toISOString() }, [timeText(at)]);
  return node("p", "meta", [time, ...marks.flatMap((mark) => [" · ", mark])]);
}

function marksOf({ outcome, answer, tries, about }: ShownSend): readonly (HtmlNode | string)[] {
  return [
    ...(outcome === "delivered" ? [] : [outcomeNode(outcome)]),
    ...(answer === null ? [] : [answer]),
    ...(tries === 1 ? [] : [`tried ${tries} times`]),
    ...(about?.campaign === undefined ? [] : [about.campaign]),
  ];
}
