import fc from "fast-check";
import { expect, test } from "vitest";
import { messageValidator } from "../../src/message/check-structure.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { compiled } from "./content.ts";

/** A tag in every kind of text: plain, limited, with a form of its own, and an address. */
const MESSAGES: readonly JsonObject[] = [
  {
    text: "Hi {{first_name}} {{{link}}} {{#tags}}{{.}}{{/tags}}",
    quick_replies: [
      {
        content_type: "text",
        title: "{{first_name}}",
        payload: "{{link}}",
        image_url: "{{{link}}}",
      },
      { content_type: "text", title: "{{link}}", payload: "P{{first_name}}" },
    ],
  },
  {
    attachment: {
      type: "template",
      payload: {
        template_type: "generic",
        elements: [
          {
            title: "{{first_name}}",
            subtitle: "{{link}}{{first_name}}",
            default_action: { type: "web_url", url: "http{{{link}}}", messenger_extensions: true },
            buttons: [
              { type: "phone_number", title: "Call", payload: "+{{link}}" },
              { type: "web_url", title: "{{link}}", url: "https://a.example/{{first_name}}" },
            ],
          },
        ],
      },
    },
  },
  {
    attachment: {
      type: "template",
      payload: {
        template_type: "coupon",
        title: "x{{first_name}}",
        coupon_code: "{{link}}",
        coupon_url: "https://{{{link}}}",
      },
    },
  },
];

const NASTY = [
  '"',
  "\\",
  '","x":"',
  "\n",
  "\u0000",
  "\u2028",
  "\uD83D",
  "\uDE42",
  "🙂",
  "</script>",
  "{{ltv}}",
  "}}",
  "{{",
  "%",
  "%zz",
  "&amp;",
  "'",
  "`",
  "$&",
  "$1",
  "__proto__",
  "constructor",
  "\u202Egnp",
  "https://a.example",
  "s://a.example/x",
  "javascript:x",
  "49301234",
  "a.example/x",
  " ",
  "\u00A0",
];

const value = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.string({ unit: "binary" }),
  fc.array(fc.constantFrom(...NASTY), { maxLength: 4 }).map((parts) => parts.join("")),
  fc.integer({ min: 0, max: 2100 }).map((length) => "x".repeat(length)),
  fc.constantFrom("x".repeat(20), "x".repeat(21), "🙂".repeat(10), "🙂".repeat(11)),
);

const people = fc.record({
  first_name: value,
  link: value,
  tags: fc.array(fc.option(fc.constantFrom(...NASTY)), { maxLength: 3 }),
});

test("no value breaks the JSON or throws, and the quick check is the whole schema's", () => {
  const contents = MESSAGES.map((message) => compiled({ message, onMissing: "blank" }));
  const seen = { message: 0, invalid: 0, missing: 0 };
  fc.assert(
    fc.property(fc.nat({ max: MESSAGES.length - 1 }), people, (index, values) => {
      const content = contents[index];
      const message = MESSAGES[index];
      if (content === undefined || message === undefined) throw new Error("no such message");
      const rendered = content.render({ variant: null, locale: null, zone: "UTC", values });
      seen[rendered.kind] += 1;
      const validate = messageValidator();
      if (rendered.kind === "message") {
        expect(JSON.parse(JSON.stringify(rendered.message))).toEqual(rendered.message);
        expect(shapeOf(rendered.message)).toEqual(shapeOf(message));
        expect(validate(rendered.message), JSON.stringify(validate.errors)).toBe(true);
      } else {
        expect(validate(builtAnyway(message, values))).toBe(false);
      }
    }),
    { numRuns: 20_000 },
  );
  expect(seen.message).toBeGreaterThan(1000);
  expect(seen.invalid).toBeGreaterThan(1000);
  expect(seen.missing).toBe(0);
});

test("a message without people in it is the same object for everyone", () => {
  const content = compiled({
    message: { text: "Hi", quick_replies: [{ content_type: "user_email" }] },
  });
  const person = { variant: null, locale: null, zone: "UTC", values: {} };
  expect(content.render(person)).toEqual(content.render(person));
});

/** Keys and lists, texts left out: what no value may change. */
function shapeOf(message: unknown): unknown {
  if (typeof message === "string") return "text";
  if (Array.isArray(message)) return message.map(shapeOf);
  if (typeof message !== "object" || message === null) return message;
  return Object.fromEntries(Object.entries(message).map(([key, inner]) => [key, shapeOf(inner)]));
}

/** The message by plain replacement, without any check of ours. */
function builtAnyway(
  message: JsonObject,
  values: {
    readonly first_name: string;
    readonly link: string;
    readonly tags: readonly (string | null)[];
  },
): unknown {
  const blankIfMissing = (text: string) => (text.trim() === "" ? "" : text);
  const encode = (text: string) => encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\uFFFD"));
  const build = (node: unknown, key: string): unknown => {
    if (Array.isArray(node)) return node.map((inner) => build(inner, key));
    if (typeof node === "object" && node !== null) {
      return Object.fromEntries(
        Object.entries(node).map(([name, inner]) => [name, build(inner, name)]),
      );
    }
    if (typeof node !== "string") return node;
    const escaped = key.endsWith("url") ? encode : (text: string) => text;
    const first = blankIfMissing(values.first_name);
    const link = blankIfMissing(values.link);
    return node.replace(/\{\{#tags\}\}.*\{\{\/tags\}\}|\{\{\{link\}\}\}|\{\{\w+\}\}/g, (tag) => {
      if (tag.startsWith("{{#")) return values.tags.map((entry) => entry ?? "").join("");
      if (tag === "{{{link}}}") return link;
      return escaped(tag === "{{link}}" ? link : first);
    });
  };
  return build(message, "");
}
