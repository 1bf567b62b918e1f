import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bubbleOf } from "../../src/bubble/bubble-of.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { FULL_MESSAGES } from "../message/full-messages.ts";

const [TRACK, HELP, CALL] = [
  { title: "Track parcel", action: "url", value: "https://shop.example/orders/A17" },
  { title: "Help", action: "postback", value: "HELP" },
  { title: "Call us", action: "call", value: "+4930901820" },
];

/** What each kind of message becomes; quick replies stand apart. */
const PARTS: Readonly<Record<keyof typeof FULL_MESSAGES, object>> = {
  text: { kind: "text", text: "Your parcel is on its way.", buttons: [] },
  image: { kind: "file", file: image("a.jpg"), buttons: [] },
  video: { kind: "file", file: stored("video"), buttons: [] },
  audio: { kind: "file", file: stored("audio"), buttons: [] },
  file: {
    kind: "file",
    file: { type: "file", url: "https://shop.example/a.pdf", name: "a.pdf" },
    buttons: [],
  },
  attachments: { kind: "images", images: [image("a.jpg"), stored("image")] },
  sticker: { kind: "sticker", id: "369239263222822" },
  button: { kind: "text", text: "What next?", buttons: [TRACK, HELP, CALL] },
  login: {
    kind: "text",
    text: "Your account",
    buttons: [
      { title: "Log In", action: "log_in", value: "https://shop.example/login" },
      { title: "Log Out", action: "log_out", value: "" },
      { title: "Play", action: "play", value: "L2" },
    ],
  },
  generic: {
    kind: "cards",
    isSquare: true,
    cards: [
      {
        title: "Blue mug",
        subtitle: "Back in stock",
        image: image("mug.jpg"),
        url: "https://shop.example/mug",
        buttons: [TRACK, HELP, CALL],
      },
      { title: "Red mug", subtitle: "New", image: null, url: null, buttons: [] },
    ],
  },
  media: {
    kind: "file",
    file: { type: "video", url: "https://www.facebook.com/acme/videos/1", name: "1" },
    buttons: [HELP],
  },
  receipt: {
    kind: "receipt",
    merchant: "Acme",
    recipient: "Ana Weber",
    orderNumber: "A17",
    orderUrl: "https://shop.example/orders/A17",
    paymentMethod: "Visa 1234",
    orderedAt: "2026-11-30T00:53:20Z",
    rows: [
      {
        title: "Blue mug",
        subtitle: "0.3 l",
        quantity: "2",
        amount: "12.5 EUR",
        image: image("mug.jpg"),
      },
    ],
    sums: [
      { label: "Subtotal", amount: "25 EUR" },
      { label: "Shipping", amount: "4.95 EUR" },
      { label: "Tax", amount: "4.75 EUR" },
      { label: "New customer", amount: "-5 EUR" },
      { label: "Total", amount: "29.95 EUR" },
    ],
    address: ["Hauptstr. 1", "10115", "Berlin", "BE", "DE"],
  },
  coupon: {
    kind: "coupon",
    preMessage: "A gift for you",
    code: "TENOFF",
    card: {
      title: "10% off everything",
      subtitle: "Until Sunday",
      image: image("sale.png"),
      url: null,
      buttons: [{ title: "Shop now", action: "url", value: "https://shop.example/" }],
    },
  },
  product: { kind: "products", ids: ["4000000000000001"] },
  customer_feedback: {
    kind: "feedback",
    title: "How was it?",
    subtitle: "Tell us in one tap",
    buttonTitle: "Rate us",
    questions: [
      {
        title: "How do you like your mug?",
        scores: ["1", "2", "3", "4", "5"],
        placeholder: "Tell us more",
      },
    ],
    privacyUrl: "https://shop.example/privacy",
  },
  image_grid: {
    kind: "grid",
    card: {
      title: "New this week",
      subtitle: "Tap what you like",
      image: null,
      url: null,
      buttons: [{ title: "Shop", action: "url", value: "https://shop.example/" }, HELP],
    },
    images: [
      {
        image: image("1.jpg"),
        isHero: false,
        action: { title: "Open", action: "url", value: "https://shop.example/1" },
      },
      {
        image: image("2.jpg"),
        isHero: true,
        action: { title: "", action: "postback", value: "IMAGE_2" },
      },
    ],
  },
  utility: {
    kind: "utility",
    name: "order_update_v2",
    language: "en",
    header: [{ name: "1", text: "Order" }],
    body: [{ name: "order_id", text: "A17" }],
    buttons: [
      { title: "Button 1", action: "postback", value: "12345" },
      { title: "Button 2", action: "url", value: "1234" },
    ],
  },
};

function image(name: string) {
  return { type: "image", url: `https://shop.example/${name}`, name };
}

function stored(type: string) {
  return { type, url: null, name: "attachment 1857777774821032" };
}

describe("a message of every kind becomes one part", () => {
  test.each(Object.entries(PARTS))("%s", (kind, part) => {
    const message: JsonObject = FULL_MESSAGES[kind as keyof typeof FULL_MESSAGES];
    expect(bubbleOf(message).parts).toEqual([part]);
  });

  test("and none of them is only shown as JSON", () => {
    const parts = Object.values(FULL_MESSAGES).flatMap((message) => bubbleOf(message).parts);
    expect(parts.length).toBe(Object.keys(FULL_MESSAGES).length);
    expect(parts.filter(({ kind }) => kind === "other")).toEqual([]);
  });
});

test("quick replies keep their order; those without a title say what Messenger offers", () => {
  expect(bubbleOf(FULL_MESSAGES.text).quickReplies).toEqual([
    {
      type: "text",
      title: "Track it",
      payload: "TRACK",
      image: { type: "image", url: "https://shop.example/i.png", name: "i.png" },
    },
    { type: "user_phone_number", title: "Your phone number", payload: "", image: null },
    { type: "user_email", title: "Your email address", payload: "", image: null },
  ]);
});

test("a template that is not known is shown as JSON", () => {
  const message = { attachment: { type: "template", payload: { template_type: "list" } } };
  expect(bubbleOf(message).parts).toEqual([
    { kind: "other", json: JSON.stringify(message.attachment, null, 2) },
  ]);
});

test("a template type that every object inherits is not known", () => {
  const payload = { template_type: "constructor" };
  const message = { attachment: { type: "template", payload } };
  expect(bubbleOf(message).parts[0]?.kind).toBe("other");
});

test("an address that is not http or https is none", () => {
  const payload = { url: "javascript:alert(1)" };
  const message = { attachment: { type: "image", payload } };
  expect(bubbleOf(message).parts[0]).toMatchObject({ file: { url: null } });
});

test("any JSON object at all gives a bubble with at least one part", () => {
  const broken = fc.object({
    key: fc.constantFrom(
      ...["text", "attachment", "attachments", "payload", "type", "template_type", "elements"],
      ...["buttons", "quick_replies", "template", "components", "parameters", "summary"],
    ),
    values: [fc.string(), fc.integer(), fc.constant(null), fc.constantFrom("generic", "template")],
    maxDepth: 5,
  });
  fc.assert(
    fc.property(broken, (message) => {
      expect(bubbleOf(message as JsonObject).parts.length).toBeGreaterThan(0);
    }),
  );
});
