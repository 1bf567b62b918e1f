import { describe, expect, test } from "vitest";
import { objectAt, objectsAt } from "../../src/bubble/fields.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { FULL_MESSAGES } from "../message/full-messages.ts";
import { codeOf, openSandbox, send } from "./graph.ts";

type Fields = Record<string, unknown>;

const long = (length: number) => "x".repeat(length);
const times = <One>(count: number, one: One): One[] => Array.from({ length: count }, () => one);
const template = (payload: object) => ({ attachment: { type: "template", payload } });
const reply = (over: Fields = {}) => ({
  content_type: "text",
  title: "Yes",
  payload: "Y",
  ...over,
});
const replies = (list: unknown) => ({ text: "Hi", quick_replies: list });
const button = (over: Fields = {}) => ({ type: "postback", title: "Yes", payload: "Y", ...over });
const buttons = (list: unknown, text = "Hi") => {
  return template({ template_type: "button", text, buttons: list });
};
const card = (over: Fields = {}) => ({ title: "Mug", subtitle: "Blue", ...over });
const cards = (elements: unknown) => template({ template_type: "generic", elements });
const files = (count: number, type = "image") => {
  return { attachments: times(count, { type, payload: { url: "https://a.example/1.jpg" } }) };
};
const payloadOf = (message: JsonObject) => objectAt(objectAt(message, "attachment"), "payload");
const changed = (message: JsonObject, over: Fields) => {
  return template({ ...payloadOf(message), ...over });
};

const { receipt, coupon, product, customer_feedback: feedback } = FULL_MESSAGES;
const grid = objectsAt(payloadOf(FULL_MESSAGES.image_grid), "elements")[0];
const gridWith = (over: Fields) => {
  return template({ template_type: "image_grid", elements: [{ ...grid, ...over }] });
};

describe("messages that Meta takes", () => {
  test.each(Object.entries(FULL_MESSAGES))("every field of %s", async (kind, message) => {
    const type = kind === "utility" ? "UTILITY" : "UPDATE";
    const answered = await send(await openSandbox(), { messaging_type: type, message });
    expect(answered.text).toContain("message_id");
  });

  test.each<[string, object]>([
    ["text of 2,000", { text: long(2000) }],
    ["metadata of 1,000", { text: "Hi", metadata: long(1000) }],
    ["13 quick replies", replies(times(13, reply()))],
    ["a quick reply with a number as payload", replies([reply({ payload: 7 })])],
    ["a quick reply with an image and no title", replies([reply({ title: "", image_url: "x" })])],
    ["quick reply title of 20, payload of 1,000", replies([reply({ title: long(20) })])],
    ["3 buttons under a text of 640", buttons(times(3, button()), long(640))],
    ["10 cards", cards(times(10, card()))],
    ["a card with title and subtitle of 80", cards([{ title: long(80), subtitle: long(80) }])],
    ["30 images", files(30)],
    ["6 images in a grid", gridWith({ images: times(6, { url: "https://a.example/1.jpg" }) })],
  ])("%s", async (_, message) => {
    expect(codeOf(await send(await openSandbox(), { message }))).toBe("taken");
  });
});

describe("messages that Meta refuses, in its words", () => {
  test.each<[string, object, string, string]>([
    ["nothing", {}, "100/2018034", "Message cannot be empty"],
    ["empty text", { text: "" }, "100/2018034", "Message cannot be empty"],
    ["text of 2,001", { text: long(2001) }, "100", "Length of param message[text] must be less"],
    ["an emoji over the end", { text: `${long(1999)}😀` }, "100", "equal to 2000"],
    ["text that is a number", { text: 7 }, "100", "message[text] must be a string"],
    ["metadata of 1,001", { text: "Hi", metadata: long(1001) }, "100", "message[metadata]"],
    ["unknown keys", { text: "Hi", type: 1, url: 2 }, "100", 'Invalid keys "type, url"'],
    ["text and attachment", { text: "Hi", ...buttons([button()]) }, "100", "both text and"],
    ["no quick replies", replies([]), "194", "message[quick_replies] has too few elements"],
    ["14 quick replies", replies(times(14, reply())), "105", "too many elements"],
    ["a quick reply title of 21", replies([reply({ title: long(21) })]), "100", "[0][title]"],
    ["a quick reply without title", replies([reply({ title: "" })]), "100", "non-empty"],
    ["a payload of 1,001", replies([reply({ payload: long(1001) })]), "100", "[0][payload]"],
    ["a quick reply that is a text", replies(["Yes"]), "100", "must be an object"],
    ["a list that is none", replies("Yes"), "100", "must be an array"],
    ["a file of unknown type", { attachment: { type: "gif", payload: {} } }, "100", "one of"],
    ["a file without address", { attachment: { type: "image", payload: {} } }, "100", "needs url"],
    ["a file without payload", { attachment: { type: "image" } }, "100", "[payload] is required"],
    ["31 images", files(31), "105", "too many elements"],
    ["several videos", files(2, "video"), "100", "must be image"],
    ["a template without type", template({}), "100", "[template_type] is required"],
    ["a template that is gone", template({ template_type: "list" }), "100", "must be one of"],
    ["button text of 641", buttons([button()], long(641)), "100", "equal to 640"],
    ["buttons without text", buttons([button()], ""), "100", "non-empty"],
    ["no buttons", buttons([]), "194", "[buttons] has too few"],
    ["4 buttons", buttons(times(4, button())), "105", "name_placeholder[buttons]"],
    ["a button title of 21", buttons([button({ title: long(21) })]), "100", "[buttons][0][title]"],
    ["a button without title", buttons([button({ title: "" })]), "100", "non-empty"],
    [
      "a button payload of 1,001",
      buttons([button({ payload: long(1001) })]),
      "100",
      "equal to 1000",
    ],
    ["no cards", cards([]), "194", "too few"],
    ["11 cards", cards(times(11, card())), "105", "too many"],
    ["a card without title", cards([card({ title: "" })]), "100", "[elements][0][title]"],
    ["a card title of 81", cards([card({ title: long(81) })]), "100", "equal to 80"],
    [
      "4 buttons on a card",
      cards([card({ buttons: times(4, button()) })]),
      "105",
      "[elements][0][buttons]",
    ],
    ["media of two", template({ template_type: "media", elements: [{}, {}] }), "105", "too many"],
    [
      "media by address and id",
      template({
        template_type: "media",
        elements: [{ media_type: "image", url: "x", attachment_id: "1" }],
      }),
      "100",
      "needs url or attachment_id",
    ],
    ["a receipt without number", changed(receipt, { order_number: "" }), "100", "[order_number]"],
    ["a receipt without total", changed(receipt, { summary: {} }), "100", "[total_cost]"],
    [
      "a receipt of 101 rows",
      changed(receipt, { elements: times(101, { title: "Mug", price: 1 }) }),
      "105",
      "too many",
    ],
    ["a coupon without code", changed(coupon, { coupon_code: "", coupon_url: "" }), "100", "code"],
    ["a coupon code with a space", changed(coupon, { coupon_code: "A B" }), "100", "spaces"],
    ["a coupon title of 81", changed(coupon, { title: long(81) }), "100", "equal to 80"],
    ["a product without id", changed(product, { elements: [{}] }), "100/2018320", "no product"],
    ["11 products", changed(product, { elements: times(11, { id: "1" }) }), "105", "too many"],
    ["feedback without privacy", changed(feedback, { business_privacy: {} }), "100", "privacy"],
    ["feedback title of 66", changed(feedback, { title: long(66) }), "100", "equal to 65"],
    ["feedback without question", changed(feedback, { feedback_screens: [] }), "194", "too few"],
    ["a grid of one", gridWith({ images: [{ url: "x" }] }), "194", "too few"],
    ["a grid of 7", gridWith({ images: times(7, { url: "x" }) }), "105", "too many"],
    ["a grid title of 46", gridWith({ title: long(46) }), "100", "equal to 45"],
  ])("%s", async (_, ...[message, code, words]) => {
    const answered = await send(await openSandbox(), { message });
    expect(codeOf(answered)).toBe(code);
    expect(answered.json.error?.message).toContain(words);
  });
});
