import type { Bubble, BubblePart } from "./bubble.ts";
import { buttonsHtml, type Look, repliesHtml } from "./button-html.ts";
import { cardChildren, fileHtml, framed } from "./card-html.ts";
import { type HtmlNode, node, textNode } from "./html-node.ts";
import {
  couponHtml,
  feedbackHtml,
  gridHtml,
  productsHtml,
  receiptHtml,
  utilityHtml,
} from "./template-html.ts";

/**
 * A bubble as HTML, to be shown with `BUBBLE_CSS`. Files are drawn as places with their names:
 * nothing is fetched from anywhere.
 */
export function bubbleHtml(bubble: Bubble, look: Look): HtmlNode {
  const parts = bubble.parts.map((part) => partHtml(part, look));
  return node("div", "bubble", [...parts, repliesHtml(bubble.quickReplies, look)]);
}

function partHtml(part: BubblePart, look: Look): HtmlNode {
  switch (part.kind) {
    case "text":
      return node("div", "bubble-part bubble-text", [
        textNode("p", "bubble-words", part.text),
        buttonsHtml(part.buttons, look),
      ]);
    case "file":
      return framed("file", [fileHtml(part.file), buttonsHtml(part.buttons, look)]);
    case "images":
      return node("div", "bubble-part bubble-images", part.images.map(fileHtml));
    case "cards":
      return cardsHtml(part, look);
    case "grid":
      return gridHtml(part, look);
    case "receipt":
      return receiptHtml(part, look);
    case "coupon":
      return couponHtml(part, look);
    case "products":
      return productsHtml(part.ids);
    case "feedback":
      return feedbackHtml(part, look);
    case "utility":
      return utilityHtml(part, look);
    case "sticker":
      return node("div", "bubble-part bubble-sticker", [`Sticker ${part.id}`]);
    case "other":
      return node("pre", "bubble-part bubble-other", [part.json]);
  }
}

/** Beside each other; with several one can scroll, also by keyboard. */
function cardsHtml({ cards, isSquare }: CardsPart, look: Look): HtmlNode {
  const shape = isSquare ? " bubble-square" : "";
  const shown = cards.map((card) => framed("card", cardChildren(card, look)));
  if (shown.length === 1) return node("div", `bubble-part${shape}`, shown);
  const name = { role: "group", "aria-label": `${shown.length} cards` };
  const scroll = look.live ? { tabindex: "0" } : {};
  return node("div", { class: `bubble-part bubble-cards${shape}`, ...name, ...scroll }, shown);
}

type CardsPart = Extract<BubblePart, { kind: "cards" }>;
