import { describe, expect, test } from "vitest";
import { checkContent } from "../../src/message/check-content.ts";
import { checkTag } from "../../src/message/check-tag.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { codesOf, compiled, contentOf, faultsOf, VARIABLES } from "./content.ts";

const FINE = { text: "Hi" };

function image(url: string): JsonObject {
  return { attachment: { type: "image", payload: { url } } };
}

describe("a variable", () => {
  const cases = [
    ["{{frist_name}}", 'called "frist_name". Did you mean "first_name"?'],
    ["{{order_id}}", 'called "order_id". Did you mean "event.order_id"?'],
    ["{{#frist_name}}a{{/frist_name}}", 'Did you mean "first_name"?'],
    ["{{^vipp}}a{{/vipp}}", 'Did you mean "vip"?'],
    ["{{{zzzzzz}}}", "Declare it in posthorn.yaml under users, events or vars."],
    ["{{}}", "A tag names nothing."],
    ["{{.}}", "{{.}} is the value of the section around it."],
    ["{{#vip}}{{.}}{{/vip}}", "{{.}} is the value of the section around it."],
    ["{{^tags}}{{.}}{{/tags}}", "{{.}} is the value of the section around it."],
    ["{{#event}}{{order_id}}{{/event}}", 'called "event"'],
  ] as const;
  for (const [text, detail] of cases) {
    test(`${text} is unknown, with advice`, () => {
      const [fault] = faultsOf({ message: { text: `x${text}` } });
      expect(fault).toContain("message.text MESSAGE_VARIABLE");
      expect(fault).toContain(detail);
    });
  }

  test("of an event is refused where no event sets off the campaign", () => {
    const content = { message: { text: "{{event.order_id}}" } };
    expect(codesOf(content)).toEqual([]);
    expect(codesOf(content, { isEventCampaign: false })).toEqual(["message.text MESSAGE_EVENT"]);
  });

  test("that is unknown twice in one text is reported once", () => {
    expect(codesOf({ message: { text: "{{x1y2}} {{x1y2}}" } })).toHaveLength(1);
  });

  test("that is unknown is reported in every patch that names it", () => {
    const text = "{{x1y2}}";
    const content = {
      message: { text },
      locales: { de: { text } },
      variants: { a: {}, b: { message: { text }, locales: { de: { text } } } },
    };
    expect(codesOf(content)).toEqual([
      "message.text MESSAGE_VARIABLE",
      "locales.de.text MESSAGE_VARIABLE",
      "variants.b.message.text MESSAGE_VARIABLE",
      "variants.b.locales.de.text MESSAGE_VARIABLE",
    ]);
  });

  test("in a key is no variable: keys are not templates", () => {
    expect(codesOf({ message: { ...FINE, "{{first_name}}": "x" } })).toEqual([
      "message.{{first_name}} MESSAGE_KEY_UNKNOWN",
    ]);
  });
});

describe("a template that cannot be read says what is wrong", () => {
  const cases = [
    ["Hi {{first_name}", 'The tag that begins with "{{first_name}" is not closed by }}.'],
    ["Hi {{{first_name}}", 'The tag that begins with "{{{first_name}}" is not closed by }}}.'],
    ["{{#vip}}a", "The section {{#vip}} is not closed. Write {{/vip}} where it ends."],
    ["a{{/vip}}", "{{/vip}} closes a section that is not open. Write {{#vip}} where it begins."],
    ["{{> footer}}", "Partials such as {{> footer}} are not supported. Write the text out here."],
    ["{{=<% %>=}}", "Tags that change the delimiters, {{=…=}}, are not supported. Keep {{ and }}."],
  ] as const;
  for (const [text, detail] of cases) {
    test(text, () => {
      const want = `message.text MESSAGE_TEMPLATE ${detail}`;
      expect(faultsOf({ message: { text } })).toEqual([want]);
    });
  }
});

describe("an address", () => {
  const cases = [
    ["https://shop.example/a", []],
    ["http://shop.example", []],
    ["HTTPS://shop.example?x={{first_name}}", []],
    ["https://shop.example/{{event.order_id}}", []],
    ["{{{link}}}", []],
    ["{{{link}}}/a", []],
    ["{{first_name}}://x", []],
    ["http{{#vip}}s{{/vip}}://shop.example", []],
    ["{{link}}", ["MESSAGE_URL"]],
    ["{{link}}/a", ["MESSAGE_URL"]],
    ["ftp://shop.example", ["MESSAGE_URL"]],
    ["ftp://{{link}}", ["MESSAGE_URL"]],
    ["shop.example/{{link}}", ["MESSAGE_URL"]],
    ["javascript:alert(1)", ["MESSAGE_URL"]],
    ["https://", ["MESSAGE_URL"]],
    ["https:///a", ["MESSAGE_URL"]],
    ["https://shop.example/a b", ["MESSAGE_URL"]],
    [" https://shop.example", ["MESSAGE_URL"]],
    ["", ["MESSAGE_BLANK"]],
  ] as const;
  for (const [url, codes] of cases) {
    test(`"${url}" gives ${codes.join() || "no finding"}`, () => {
      const place = "message.attachment.payload.url";
      expect(codesOf({ message: image(url) })).toEqual(codes.map((code) => `${place} ${code}`));
    });
  }

  test("that is only an encoded tag is told of three braces", () => {
    expect(faultsOf({ message: image("{{link}}") }).join()).toContain("Write {{{link}}}.");
  });
});

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

describe("a fault is reported once, where it was brought in", () => {
  const LONG = { text: "x".repeat(2001) };

  test("the message's own, not again for each locale and variant", () => {
    const content = {
      message: { ...FINE, quick_replies: [] },
      locales: { de: { text: "Hallo" }, fr: { text: "Salut" } },
      variants: { a: {}, b: {} },
    };
    expect(codesOf(content)).toEqual(["message.quick_replies MESSAGE_LIMIT"]);
  });

  test("a locale's", () => {
    expect(codesOf({ message: FINE, locales: { de: LONG, fr: FINE } })).toEqual([
      "locales.de.text MESSAGE_LIMIT",
    ]);
  });

  test("a variant's, and its locale's", () => {
    const variants = { a: {}, b: { message: LONG, locales: { de: LONG } } };
    expect(codesOf({ message: FINE, variants, locales: { de: FINE } })).toEqual([
      "variants.b.message.text MESSAGE_LIMIT",
      "variants.b.locales.de.text MESSAGE_LIMIT",
    ]);
  });

  test("a patch that removes what is needed", () => {
    const locales = { de: { attachment: { type: null } } };
    expect(codesOf({ message: image("https://a.example"), locales })).toEqual([
      "locales.de.attachment.type MESSAGE_KEY_MISSING",
    ]);
  });

  test("a patch that adds what does not go together", () => {
    expect(codesOf({ message: FINE, locales: { de: image("https://a.example") } })).toEqual([
      "locales.de.attachment MESSAGE_CLASH",
    ]);
  });

  test("a message that only its variants complete is fine", () => {
    const quick_replies = [{ content_type: "user_email" }];
    const variants = { a: { message: { text: "a" } }, b: { message: { text: "b" } } };
    expect(codesOf({ message: { quick_replies }, variants })).toEqual([]);
  });

  test("a variant that does not complete it is not", () => {
    const quick_replies = [{ content_type: "user_email" }];
    const variants = { a: { message: { text: "a" } }, b: {} };
    expect(codesOf({ message: { quick_replies }, variants })).toEqual(["message MESSAGE_EMPTY"]);
  });
});

describe("locales", () => {
  test("written twice are refused", () => {
    expect(codesOf({ message: FINE, locales: { de_DE: FINE, "de-de": FINE } })).toEqual([
      "locales.de-de LOCALE_TWICE",
    ]);
  });

  test("are needed by a variant with a message of its own", () => {
    const content = { message: FINE, locales: { de: FINE }, variants: { b: { message: FINE } } };
    expect(codesOf(content)).toEqual(["variants.b.message VARIANT_LOCALES"]);
    expect(() => compiled(content)).toThrow("none for de");
  });

  test("of which a variant has only some are a warning", () => {
    const content = contentOf({
      message: FINE,
      locales: { de: FINE, fr: FINE },
      variants: { b: { message: FINE, locales: { DE: FINE } } },
    });
    const findings = checkContent(content, {
      messaging: "UPDATE",
      purpose: "support",
      variables: VARIABLES,
      isEventCampaign: false,
    });
    expect(findings).toMatchObject([{ code: "VARIANT_LOCALES", severity: "warning" }]);
    expect(findings[0]?.detail).toContain("none for fr");
  });

  test("are not needed by a variant without a message", () => {
    expect(codesOf({ message: FINE, locales: { de: FINE }, variants: { a: {} } })).toEqual([]);
  });
});

describe("a fallback", () => {
  for (const value of ["there", 0, false]) {
    test(`may be ${JSON.stringify(value)}`, () => {
      expect(codesOf({ message: FINE, fallbacks: { first_name: value } })).toEqual([]);
    });
  }
  for (const value of ["", " ", null, ["a"], { a: "b" }]) {
    test(`may not be ${JSON.stringify(value)}`, () => {
      const want = ["fallbacks.first_name FALLBACK_VALUE"];
      expect(codesOf({ message: FINE, fallbacks: { first_name: value } })).toEqual(want);
    });
  }
  test("must name something declared", () => {
    expect(faultsOf({ message: FINE, fallbacks: { frist_name: "x" } }).join()).toMatch(
      /^fallbacks.frist_name MESSAGE_VARIABLE .*Did you mean "first_name"\?$/,
    );
  });
  test("of an event's property needs an event", () => {
    const content = { message: FINE, fallbacks: { "event.order_id": "x" } };
    expect(codesOf(content, { isEventCampaign: false })).toEqual([
      "fallbacks.event.order_id MESSAGE_EVENT",
    ]);
  });
});

function template(payload: JsonObject): JsonObject {
  return { attachment: { type: "template", payload } };
}

function generic(element: JsonObject): JsonObject {
  return template({ template_type: "generic", elements: [element] });
}

function button(entry: JsonObject): JsonObject {
  return template({ template_type: "button", text: "a", buttons: [entry] });
}

function media(url: string): JsonObject {
  return template({ template_type: "media", elements: [{ media_type: "image", url }] });
}
