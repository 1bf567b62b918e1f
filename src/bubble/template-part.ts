import type { JsonObject } from "../model/json.ts";
import type { BubblePart, Card, FeedbackQuestion, GridImage } from "./bubble.ts";
import { buttonOf, buttonsOf } from "./buttons-of.ts";
import { objectAt, objectsAt, textAt, webUrlAt } from "./fields.ts";
import { fileOf, imageAt } from "./file-of.ts";
import { receiptPart } from "./receipt-part.ts";

type ToPart = (payload: JsonObject) => BubblePart;

/** By `template_type` (messenger-platform.md section 3). */
const TEMPLATES: Readonly<Record<string, ToPart>> = {
  button: (payload) => ({
    kind: "text",
    text: textAt(payload, "text"),
    buttons: buttonsOf(payload),
  }),
  generic: (payload) => ({
    kind: "cards",
    cards: objectsAt(payload, "elements").map(cardOf),
    isSquare: payload["image_aspect_ratio"] === "square",
  }),
  media: mediaPart,
  receipt: receiptPart,
  coupon: couponPart,
  product: (payload) => ({
    kind: "products",
    ids: objectsAt(payload, "elements").map((element) => textAt(element, "id")),
  }),
  customer_feedback: feedbackPart,
  image_grid: gridPart,
};

/** `undefined` for a template that is not known. */
export function templatePart(payload: JsonObject): BubblePart | undefined {
  const type = textAt(payload, "template_type");
  return Object.hasOwn(TEMPLATES, type) ? TEMPLATES[type]?.(payload) : undefined;
}

function cardOf(element: JsonObject): Card {
  return {
    title: textAt(element, "title"),
    subtitle: textAt(element, "subtitle"),
    image: imageAt(element, "image_url"),
    url: webUrlAt(objectAt(element, "default_action"), "url"),
    buttons: buttonsOf(element),
  };
}

function mediaPart(payload: JsonObject): BubblePart {
  const element = objectsAt(payload, "elements")[0] ?? {};
  const type = element["media_type"] === "video" ? "video" : "image";
  return { kind: "file", file: fileOf(type, element), buttons: buttonsOf(element) };
}

function couponPart(payload: JsonObject): BubblePart {
  const url = textAt(payload, "coupon_url");
  const title = textAt(payload, "coupon_url_button_title") || "View";
  const buttons = url === "" ? [] : [{ title, action: "url" as const, value: url }];
  return {
    kind: "coupon",
    preMessage: textAt(payload, "coupon_pre_message"),
    card: { ...cardOf(payload), buttons },
    code: textAt(payload, "coupon_code"),
  };
}

function gridPart(payload: JsonObject): BubblePart {
  const element = objectsAt(payload, "elements")[0] ?? {};
  return {
    kind: "grid",
    card: cardOf(element),
    images: objectsAt(element, "images").map(gridImageOf),
  };
}

function gridImageOf(image: JsonObject): GridImage {
  return {
    image: fileOf("image", image),
    isHero: image["is_hero_image"] === true,
    action: image["action"] === undefined ? null : buttonOf(objectAt(image, "action")),
  };
}

function feedbackPart(payload: JsonObject): BubblePart {
  const screens = objectsAt(payload, "feedback_screens");
  return {
    kind: "feedback",
    title: textAt(payload, "title"),
    subtitle: textAt(payload, "subtitle"),
    buttonTitle: textAt(payload, "button_title"),
    questions: screens.flatMap((screen) => objectsAt(screen, "questions").map(questionOf)),
    privacyUrl: webUrlAt(objectAt(payload, "business_privacy"), "url"),
  };
}

/** csat has five answers, nps eleven (0 to 10), ces seven; free_form has none. */
const SCORES: Readonly<Record<string, readonly [number, number]>> = {
  csat: [1, 5],
  nps: [0, 10],
  ces: [1, 7],
};

function questionOf(question: JsonObject): FeedbackQuestion {
  const [from, to] = SCORES[textAt(question, "type")] ?? [1, 0];
  return {
    title: textAt(question, "title"),
    scores: Array.from({ length: to - from + 1 }, (_, place) => String(from + place)),
    placeholder: textAt(objectAt(question, "follow_up"), "placeholder"),
  };
}
