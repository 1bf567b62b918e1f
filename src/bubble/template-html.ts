import type {
  BubblePart,
  Coupon,
  Feedback,
  FeedbackQuestion,
  GridImage,
  Receipt,
  ReceiptRow,
  Utility,
  UtilityValue,
} from "./bubble.ts";
import { buttonsHtml, type Look, linkHtml, tapHtml } from "./button-html.ts";
import { cardChildren, fileHtml, framed } from "./card-html.ts";
import { type HtmlNode, node, textNode } from "./html-node.ts";

export function couponHtml({ preMessage, card, code }: Coupon, look: Look): HtmlNode {
  const { buttons, ...words } = card;
  return node("div", "bubble-part", [
    textNode("p", "bubble-words bubble-before", preMessage),
    framed("coupon", [
      ...cardChildren({ ...words, buttons: [] }, look),
      code === "" ? null : node("p", "bubble-code", ["Code ", node("code", {}, [code])]),
      buttonsHtml(buttons, look),
    ]),
  ]);
}

/** The catalog is Meta's: what a product looks like is not in the message. */
export function productsHtml(ids: readonly string[]): HtmlNode {
  return framed("products", [
    node("p", "bubble-title", [ids.length === 1 ? "A product" : `${ids.length} products`]),
    node("p", "bubble-subtitle", ["of the page's catalog"]),
    node(
      "ul",
      "bubble-ids",
      ids.map((id) => node("li", {}, [id])),
    ),
  ]);
}

export function gridHtml({ card, images }: GridPart, look: Look): HtmlNode {
  const cells = images.map((image) => cellHtml(image, look));
  return framed("grid", [node("div", "bubble-cells", cells), ...cardChildren(card, look)]);
}

type GridPart = Extract<BubblePart, { kind: "grid" }>;

function cellHtml({ image, isHero, action }: GridImage, look: Look): HtmlNode {
  const attributes = { class: isHero ? "bubble-cell bubble-hero" : "bubble-cell" };
  const drawn = { attributes, children: [fileHtml(image)] };
  const named = action && { ...action, title: image.name };
  return (named && tapHtml(named, look, drawn)) ?? node("div", attributes, drawn.children);
}

export function feedbackHtml(feedback: Feedback, look: Look): HtmlNode {
  const { title, subtitle, buttonTitle, questions, privacyUrl } = feedback;
  const privacy =
    privacyUrl === null
      ? null
      : node("p", "bubble-subtitle", [
          look.live ? linkHtml(privacyUrl, "Privacy policy") : `Privacy: ${privacyUrl}`,
        ]);
  return framed("feedback", [
    textNode("p", "bubble-title", title),
    textNode("p", "bubble-subtitle", subtitle),
    ...questions.map(questionHtml),
    privacy,
    textNode("span", "bubble-button", buttonTitle),
  ]);
}

function questionHtml({ title, scores, placeholder }: FeedbackQuestion): HtmlNode {
  const steps = scores.map((score) => node("li", {}, [score]));
  return node("div", "bubble-question", [
    textNode("p", "bubble-words", title),
    steps.length === 0 ? null : node("ol", "bubble-scores", steps),
    textNode("p", "bubble-placeholder", placeholder),
  ]);
}

/** Its fixed words lie with Meta, so the values stand in a list. */
export function utilityHtml({ name, language, header, body, buttons }: Utility, look: Look) {
  return framed("utility", [
    node("p", "bubble-title", [`Template ${name} (${language})`]),
    valuesHtml("Header", header),
    valuesHtml("Body", body),
    buttonsHtml(buttons, look),
  ]);
}

function valuesHtml(part: string, values: readonly UtilityValue[]): HtmlNode | null {
  if (values.length === 0) return null;
  const pairs = values.flatMap(({ name, text }) => [
    node("dt", {}, [`${part} {{${name}}}`]),
    node("dd", { dir: "auto" }, [text]),
  ]);
  return node("dl", "bubble-values", pairs);
}

export function receiptHtml(receipt: Receipt, look: Look): HtmlNode {
  const { merchant, orderNumber, orderUrl, orderedAt, rows, sums, address } = receipt;
  const order = `Order ${orderNumber}`;
  return framed("receipt", [
    node("p", "bubble-title", [look.live && orderUrl !== null ? linkHtml(orderUrl, order) : order]),
    textNode("p", "bubble-subtitle", [merchant, orderedAt].filter((one) => one !== "").join(" · ")),
    node("ul", "bubble-rows", rows.map(rowHtml)),
    node(
      "dl",
      "bubble-sums",
      sums.flatMap(({ label, amount }) => [
        node("dt", { dir: "auto" }, [label]),
        node("dd", {}, [amount]),
      ]),
    ),
    textNode("p", "bubble-subtitle", paidBy(receipt)),
    textNode("p", "bubble-subtitle", address.join(", ")),
  ]);
}

function paidBy({ paymentMethod, recipient }: Receipt): string {
  return [paymentMethod, recipient].filter((one) => one !== "").join(" · ");
}

function rowHtml({ title, subtitle, quantity, amount }: ReceiptRow): HtmlNode {
  const many = quantity === "" || quantity === "1" ? "" : `${quantity} × `;
  return node("li", {}, [
    node("span", { class: "bubble-row-title", dir: "auto" }, [`${many}${title}`]),
    textNode("span", "bubble-subtitle", subtitle),
    node("span", "bubble-amount", [amount]),
  ]);
}
