import { append, type Case, edit, HELLO, MAIN, SHIPPED } from "./base-files.ts";

const message = (name: string, written: string, ...found: string[]): Case => ({
  name,
  files: edit(HELLO, "{ text: Hello }", written),
  found: found.map((one) => `${HELLO}:${one}`),
});
const add = (name: string, lines: string, ...found: string[]): Case => ({
  name,
  files: append(HELLO, lines),
  found: found.map((one) => `${HELLO}:${one}`),
});
const image = (url: string) => `{ attachment: { type: image, payload: { url: "${url}" } } }`;

/** What is wrong with a message, one case for each kind of fault. */
export const MESSAGE_CASES: readonly Case[] = [
  message("a text of blanks", '{ text: " " }', "5:18 MESSAGE_BLANK"),
  message("nothing to send", "{ quick_replies: [] }", "5:10 MESSAGE_EMPTY", "5:27 MESSAGE_LIMIT"),
  message("a text and a sticker", "{ text: a, sticker_id: 5 }", "5:21 MESSAGE_CLASH"),
  message("a key that Meta wants", "{ attachment: { type: image } }", "5:12 MESSAGE_KEY_MISSING"),
  message("a misspelt key", "{ txet: a }", "5:12 MESSAGE_KEY_UNKNOWN"),
  message("a key of the campaign", "{ text: a, persona_id: 5 }", "5:21 MESSAGE_KEY_UNKNOWN"),
  message("a text of 2001 characters", `{ text: ${"x".repeat(2001)} }`, "5:18 MESSAGE_LIMIT"),
  message("the key of the delivery id", "{ text: a, metadata: b }", "5:21 MESSAGE_METADATA"),
  message("a tag of Meta's", "{ text: a, tag: ACCOUNT_UPDATE }", "5:26 MESSAGE_TAG"),
  message("a section that is not closed", '{ text: "{{#shop}}" }', "5:18 MESSAGE_TEMPLATE"),
  message("a number as a text", "{ text: 0049 }", "5:18 NUMBER_INEXACT"),
  message("a boolean as a text", "{ text: true }", "5:18 MESSAGE_TYPE"),
  message("an address of no kind", image("shop.example"), "5:55 MESSAGE_URL"),
  message(
    "a kind that Meta has not",
    "{ attachment: { type: gif, payload: {} } }",
    "5:32 MESSAGE_VALUE",
  ),
  message("a variable nobody declares", '{ text: "{{shpo}}" }', "5:18 MESSAGE_VARIABLE"),
  message("an event where there is none", '{ text: "{{event.amount}}" }', "5:18 MESSAGE_EVENT"),
  message(
    "a template not as UTILITY",
    "{ template: { name: a, language: { code: en } } }",
    "5:12 MESSAGE_TEMPLATE_REFUSED",
  ),
  {
    name: "UTILITY without a template",
    files: append(SHIPPED, "messaging: UTILITY"),
    found: [`${SHIPPED}:5:10 MESSAGE_TEMPLATE_MISSING`],
  },
  {
    name: "promotion as UTILITY",
    files: {
      [HELLO]:
        "status: active\nsegment: buyers\nsend: { at: now }\npurpose: promotion\n" +
        "messaging: UTILITY\nmessage: { template: { name: a, language: { code: en } } }\n",
    },
    found: [`${HELLO}:4:10 UTILITY_PROMOTION`],
  },
  {
    name: "promotion under another purpose, in two of four texts",
    files: {
      ...edit(MAIN, "vars:", "policy: { promotional_words: { de: [nur heute] } }\nvars:"),
      ...append(
        SHIPPED,
        [
          "locales:",
          '  de: { text: "Nur heute, {{event.order_id}}" }',
          '  fr: { text: "coupon" }',
          '  de_CH: { text: "{{#shop}}heute{{/shop}}, coupon" }',
          "variants:",
          "  a: { weight: 1 }",
          "  b:",
          "    weight: 1",
          "    message: { text: A coupon for you }",
          "    locales: { de: { text: a }, fr: { text: b }, de_CH: { text: c } }",
        ].join("\n"),
      ),
    },
    found: [`${SHIPPED}:7:15 PROMOTIONAL_WORDS`, `${SHIPPED}:14:22 PROMOTIONAL_WORDS`],
  },
  {
    name: "promotion in the values of a template",
    files: {
      [HELLO]: [
        "status: active",
        "segment: buyers",
        "send: { at: now }",
        "purpose: support",
        "messaging: UTILITY",
        "message:",
        "  template:",
        "    name: promo_code",
        "    language: { code: en }",
        "    components:",
        "      - { type: body, parameters: [{ type: text, text: '20% OFF for {{country}}' }] }",
        "      - { type: buttons, parameters: [{ type: URL, url: 'https://a.example/sale' }] }",
        "",
      ].join("\n"),
    },
    found: [`${HELLO}:8:11 PROMOTIONAL_WORDS`, `${HELLO}:11:56 PROMOTIONAL_WORDS`],
  },
  add("a fallback of blanks", 'fallbacks: { country: " " }', "6:23 FALLBACK_VALUE"),
  add("a locale twice", "locales: { de_DE: { text: a }, de-de: { text: b } }", "6:32 LOCALE_TWICE"),
  add(
    "a variant without the locales",
    "locales: { de: { text: a } }\nvariants: { a: { weight: 1, message: { text: b } } }",
    "7:13 VARIANT_LOCALES",
  ),
];
