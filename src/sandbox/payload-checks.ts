import { isRecord } from "./call.ts";
import {
  checkEach,
  checkText,
  checkWritten,
  emptyText,
  type Fields,
  invalid,
  isThere,
} from "./param-checks.ts";
import type { Refusal } from "./refusal.ts";

type Check = (payload: Fields) => Refusal | undefined;

/** By `template_type`, with the limits of messenger-platform.md section 3. */
const TEMPLATES: Readonly<Record<string, Check>> = {
  button: (payload) =>
    checkWritten(payload, "text", { at: "[text]", max: 640 }) ??
    checkButtons(payload["buttons"] ?? [], { at: "[buttons]", min: 1 }),
  generic: (payload) =>
    checkEach(payload["elements"] ?? [], { at: "[elements]", min: 1, max: 10 }, checkCard),
  media: (payload) =>
    checkEach(payload["elements"] ?? [], { at: "[elements]", min: 1, max: 1 }, checkMedia),
  receipt: checkReceipt,
  coupon: checkCoupon,
  product: (payload) =>
    checkEach(payload["elements"] ?? [], { at: "[elements]", min: 1, max: 10 }, ({ id }, at) =>
      isThere(id) ? undefined : { code: 100, subcode: 2018320, message: `${at}[id] is no product` },
    ),
  customer_feedback: checkFeedback,
  image_grid: (payload) =>
    checkEach(payload["elements"] ?? [], { at: "[elements]", min: 1, max: 1 }, checkGrid),
};

/** Judges the payload of a template attachment. */
export function checkPayload(payload: Fields): Refusal | undefined {
  const type = payload["template_type"];
  if (type === undefined) return invalid("Param [template_type] is required");
  const known = typeof type === "string" && Object.hasOwn(TEMPLATES, type);
  const check = known ? TEMPLATES[type] : undefined;
  if (check !== undefined) return check(payload);
  return invalid(`Param [template_type] must be one of {${Object.keys(TEMPLATES).join(", ")}}`);
}

function checkCard(card: Fields, at: string): Refusal | undefined {
  return (
    checkWritten(card, "title", { at: `${at}[title]`, max: 80 }) ??
    checkText(card, "subtitle", { at: `${at}[subtitle]`, max: 80 }) ??
    checkButtons(card["buttons"], { at: `${at}[buttons]`, min: 0 })
  );
}

function checkMedia(element: Fields, at: string): Refusal | undefined {
  const { media_type: type, url, attachment_id: id, buttons } = element;
  if (type !== "image" && type !== "video") {
    return invalid(`Param ${at}[media_type] must be one of {image, video}`);
  }
  if (isThere(url) === isThere(id)) return invalid(`Param ${at} needs url or attachment_id`);
  return checkButtons(buttons, { at: `${at}[buttons]`, min: 0 });
}

const RECEIPT_TEXTS = ["recipient_name", "order_number", "currency", "payment_method"];

function checkReceipt(payload: Fields): Refusal | undefined {
  const { summary } = payload;
  const missing = RECEIPT_TEXTS.find((key) => !isThere(payload[key]));
  if (missing !== undefined) return invalid(`Param [${missing}] is required`);
  if (!isRecord(summary) || !isThere(summary["total_cost"])) {
    return invalid("Param [summary][total_cost] is required");
  }
  return checkEach(payload["elements"], { at: "[elements]", min: 0, max: 100 }, (row, at) =>
    isThere(row["title"]) ? undefined : emptyText(`${at}[title]`),
  );
}

function checkCoupon(payload: Fields): Refusal | undefined {
  const { coupon_code: code, coupon_url: url } = payload;
  if (!isThere(code) && !isThere(url)) {
    return invalid("Param [coupon_code] or [coupon_url] is required");
  }
  if (typeof code === "string" && /\s/.test(code)) {
    return invalid("Param [coupon_code] must not contain spaces");
  }
  return (
    checkWritten(payload, "title", { at: "[title]", max: 80 }) ??
    checkText(payload, "subtitle", { at: "[subtitle]", max: 80 })
  );
}

function checkFeedback(payload: Fields): Refusal | undefined {
  const { business_privacy: privacy } = payload;
  if (!isRecord(privacy) || !isThere(privacy["url"])) {
    return invalid("Param [business_privacy][url] is required");
  }
  const screens = payload["feedback_screens"] ?? [];
  return (
    checkWritten(payload, "title", { at: "[title]", max: 65 }) ??
    checkText(payload, "subtitle", { at: "[subtitle]", max: 80 }) ??
    checkText(payload, "button_title", { at: "[button_title]", max: 20 }) ??
    checkEach(screens, { at: "[feedback_screens]", min: 1, max: 1 }, (screen, at) =>
      checkEach(
        screen["questions"] ?? [],
        { at: `${at}[questions]`, min: 1, max: 1 },
        checkQuestion,
      ),
    )
  );
}

function checkQuestion(question: Fields, at: string): Refusal | undefined {
  if (!/^[A-Za-z0-9_]{1,80}$/.test(String(question["id"] ?? ""))) {
    return invalid(`Param ${at}[id] must be of letters, digits and _`);
  }
  return checkText(question, "title", { at: `${at}[title]`, max: 85 });
}

function checkGrid(element: Fields, at: string): Refusal | undefined {
  const images = element["images"] ?? [];
  return (
    checkText(element, "title", { at: `${at}[title]`, max: 45 }) ??
    checkText(element, "subtitle", { at: `${at}[subtitle]`, max: 80 }) ??
    checkEach(images, { at: `${at}[images]`, min: 2, max: 6 }, () => undefined) ??
    checkButtons(element["buttons"], { at: `${at}[buttons]`, min: 0 })
  );
}

const TITLED = ["web_url", "postback", "phone_number"];

function checkButtons(buttons: unknown, of: { at: string; min: number }): Refusal | undefined {
  return checkEach(buttons, { ...of, max: 3 }, (button, at) => {
    const title = { at: `${at}[title]`, max: 20 };
    const isTitled = TITLED.some((type) => type === button["type"]);
    return (
      (isTitled ? checkWritten(button, "title", title) : checkText(button, "title", title)) ??
      checkText(button, "payload", { at: `${at}[payload]`, max: 1000 })
    );
  });
}
