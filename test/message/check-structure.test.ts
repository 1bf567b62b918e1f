import { describe, expect, test } from "vitest";
import { checkTag } from "../../src/message/check-tag.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { button, codesOf, faultsOf, generic, image, media, template } from "./content.ts";

const FINE = { text: "Hi" };

describe("structure", () => {
  const cases: readonly (readonly [string, JsonObject, readonly string[]])[] = [
    ["an empty message", {}, ["message MESSAGE_EMPTY"]],
    [
      "quick replies alone",
      { quick_replies: [{ content_type: "user_email" }] },
      ["message MESSAGE_EMPTY"],
    ],
    [
      "text and attachment",
      { ...FINE, ...image("https://a.example") },
      ["message.attachment MESSAGE_CLASH"],
    ],
    ["a misspelt key", { txt: "Hi" }, ["message.txt MESSAGE_KEY_UNKNOWN"]],
    ["a number for a text", { text: 5 }, ["message.text MESSAGE_TYPE"]],
    ["a tag for a number", { sticker_id: "{{ltv}}" }, ["message.sticker_id MESSAGE_TYPE"]],
    ["metadata", { ...FINE, metadata: "mine" }, ["message.metadata MESSAGE_METADATA"]],
    [
      "metadata too long is still one finding",
      { ...FINE, metadata: "x".repeat(1001) },
      ["message.metadata MESSAGE_METADATA"],
    ],
    ["a dead tag", { ...FINE, tag: "ACCOUNT_UPDATE" }, ["message.tag MESSAGE_TAG"]],
    [
      "an attachment without type",
      { attachment: { payload: {} } },
      ["message.attachment MESSAGE_KEY_MISSING"],
    ],
    [
      "an unknown type",
      { attachment: { type: "imgae", payload: {} } },
      ["message.attachment.type MESSAGE_VALUE"],
    ],
    [
      "a tag for a type",
      { attachment: { type: "{{shop}}", payload: {} } },
      ["message.attachment.type MESSAGE_VALUE"],
    ],
    [
      "a file from nowhere",
      { attachment: { type: "image", payload: {} } },
      ["message.attachment.payload MESSAGE_EMPTY"],
    ],
    [
      "a file from two places",
      { attachment: { type: "image", payload: { url: "https://a.example", attachment_id: "1" } } },
      ["message.attachment.payload.attachment_id MESSAGE_CLASH"],
    ],
    [
      "a gone template",
      template({ template_type: "list" }),
      ["message.attachment.payload.template_type MESSAGE_VALUE"],
    ],
    [
      "a card with a title only",
      generic({ title: "a" }),
      ["message.attachment.payload.elements.0 MESSAGE_KEY_MISSING"],
    ],
    [
      "a card without title",
      generic({ subtitle: "a", image_url: "https://a.example" }),
      ["message.attachment.payload.elements.0 MESSAGE_KEY_MISSING"],
    ],
    [
      "a fallback address without extensions",
      generic({
        title: "a",
        default_action: {
          type: "web_url",
          url: "https://a.example",
          fallback_url: "https://a.example",
        },
      }),
      ["message.attachment.payload.elements.0.default_action MESSAGE_KEY_MISSING"],
    ],
    [
      "http with extensions",
      generic({
        title: "a",
        default_action: { type: "web_url", url: "http://a.example", messenger_extensions: true },
      }),
      ["message.attachment.payload.elements.0.default_action.url MESSAGE_VALUE"],
    ],
    [
      "a telephone number with blanks",
      button({ type: "phone_number", title: "a", payload: "+49 30" }),
      ["message.attachment.payload.buttons.0.payload MESSAGE_VALUE"],
    ],
    [
      "a button title on a login",
      button({ type: "account_link", title: "a", url: "https://a.example" }),
      ["message.attachment.payload.buttons.0.title MESSAGE_KEY_UNKNOWN"],
    ],
    [
      "a coupon without code",
      template({ template_type: "coupon", title: "a" }),
      ["message.attachment.payload MESSAGE_EMPTY"],
    ],
    [
      "a coupon code with a blank",
      template({ template_type: "coupon", title: "a", coupon_code: "A B" }),
      ["message.attachment.payload.coupon_code MESSAGE_VALUE"],
    ],
    [
      "a foreign address in a media template",
      media("https://shop.example/a"),
      ["message.attachment.payload.elements.0.url MESSAGE_VALUE"],
    ],
    [
      "a look-alike of Facebook's host",
      media("https://notfacebook.com/a"),
      ["message.attachment.payload.elements.0.url MESSAGE_VALUE"],
    ],
    [
      "a quick reply without title",
      { ...FINE, quick_replies: [{ content_type: "text", payload: "A" }] },
      ["message.quick_replies.0 MESSAGE_KEY_MISSING"],
    ],
    [
      "a quick reply with a blank title",
      { ...FINE, quick_replies: [{ content_type: "text", title: " ", payload: "A" }] },
      ["message.quick_replies.0.title MESSAGE_BLANK"],
    ],
    [
      "a quick reply with an image for a title",
      {
        ...FINE,
        quick_replies: [
          { content_type: "text", payload: "A", title: "", image_url: "https://a.example" },
        ],
      },
      [],
    ],
    [
      "two heroes",
      template({
        template_type: "image_grid",
        elements: [
          { images: [1, 2].map((n) => ({ url: `https://a.example/${n}`, is_hero_image: true })) },
        ],
      }),
      ["message.attachment.payload.elements.0.images.1.is_hero_image MESSAGE_CLASH"],
    ],
    [
      "a template without UTILITY",
      { template: { name: "a", language: { code: "en" } } },
      ["message.template MESSAGE_TEMPLATE_REFUSED"],
    ],
  ];
  for (const [name, message, codes] of cases) {
    test(name, () => expect(codesOf({ message })).toEqual(codes));
  }

  test("UTILITY without a template", () => {
    expect(codesOf({ message: FINE }, { messaging: "UTILITY" })).toEqual([
      "message MESSAGE_TEMPLATE_MISSING",
    ]);
  });

  test("keys of the campaign in the message are sent to their place", () => {
    const [fault] = faultsOf({ message: { ...FINE, notification_type: "NO_PUSH" } });
    expect(fault).toContain("A campaign writes notification: beside the message.");
  });
});

describe("a tag is refused with what to use instead", () => {
  for (const [tag, why] of [
    ["CONFIRMED_EVENT_UPDATE", "Meta removed the tag CONFIRMED_EVENT_UPDATE"],
    ["ACCOUNT_UPDATE", "Meta removed the tag ACCOUNT_UPDATE"],
    ["POST_PURCHASE_UPDATE", "Meta removed the tag POST_PURCHASE_UPDATE"],
    ["HUMAN_AGENT", "HUMAN_AGENT is for messages that a person writes by hand."],
    ["CUSTOMER_FEEDBACK", "A campaign's message carries no tag."],
  ] as const) {
    test(tag, () => {
      const { path, detail } = checkTag(tag, ["tag"]);
      expect(path).toEqual(["tag"]);
      expect(detail).toContain(why);
      expect(detail).toContain("messaging: UTILITY");
    });
  }
});
