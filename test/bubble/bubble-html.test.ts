import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bubbleHtml } from "../../src/bubble/bubble-html.ts";
import { bubbleOf } from "../../src/bubble/bubble-of.ts";
import { htmlText } from "../../src/bubble/html-text.ts";
import type { JsonObject, JsonValue } from "../../src/model/json.ts";
import { FULL_MESSAGES } from "../message/full-messages.ts";

function html(message: JsonObject, live = false): string {
  return htmlText([bubbleHtml(bubbleOf(message), { live })]);
}

describe("a document's bubble", () => {
  test.each(Object.entries(FULL_MESSAGES))(
    "of %s shows every text of the message",
    (_, message) => {
      const shown = html(message);
      for (const text of textsOf(message)) expect(shown).toContain(text);
    },
  );

  test.each(Object.entries(FULL_MESSAGES))("of %s has nothing that can be tapped", (_, message) => {
    expect(html(message)).not.toMatch(/<(a|button|img|script|iframe|object|svg)\b/);
  });
});

describe("a live bubble", () => {
  test("has a button for a postback and a link for an address", () => {
    const shown = html(FULL_MESSAGES.button, true);
    expect(shown).toContain('data-tap="postback" data-title="Help" data-payload="HELP"');
    expect(shown).toContain('href="https://shop.example/orders/A17" target="_blank"');
    expect(shown).toContain('rel="noopener noreferrer nofollow"');
  });

  test("has no link for an address that is a script", () => {
    const buttons = [{ type: "web_url", title: "Tap", url: "javascript:alert(1)" }];
    const payload = { template_type: "button", text: "Hi", buttons };
    expect(html({ attachment: { type: "template", payload } }, true)).not.toContain("<a ");
  });
});

test("whatever the values are, the elements stay the same", () => {
  const nasty = fc.constantFrom(
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    "<img src=x onerror=alert(1)>",
    "\u202egnp.exe",
    "&lt;b&gt;",
    "\u0000\u0008",
    "n".repeat(10_000),
  );
  const kinds = fc.constantFrom(...Object.values(FULL_MESSAGES));
  fc.assert(
    fc.property(kinds, nasty, fc.boolean(), (message, value, live) => {
      const plain = html(message, live);
      const changed = html(
        withTexts(message, (text) => text + value),
        live,
      );
      expect(tagsOf(changed)).toEqual(tagsOf(plain));
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
      expect(changed).not.toMatch(/[\u0000-\u0008]/);
    }),
  );
});

/** Names of elements and of their attributes, in order. */
function tagsOf(source: string): string[] {
  return [...source.matchAll(/<(\/?\w+)((?: [\w-]+="[^"]*")*)>/g)].map(([, tag, written = ""]) => {
    const attributes = [...written.matchAll(/ ([\w-]+)="[^"]*"/g)].map(([, name]) => name);
    return `${tag} ${attributes.join()}`;
  });
}

/** Texts that a person reads; types, addresses, ids and the like stay what they are. */
const READ = new Set(["text", "title", "subtitle", "coupon_pre_message", "placeholder"]);

function textsOf(value: JsonValue): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    READ.has(key) && typeof one === "string" ? [one] : textsOf(one),
  );
}

function withTexts(value: JsonObject, change: (text: string) => string): JsonObject {
  const changed = (one: JsonValue, key: string): JsonValue => {
    if (Array.isArray(one)) return one.map((entry) => changed(entry, key));
    if (typeof one === "object" && one !== null) return withTexts(one as JsonObject, change);
    return typeof one === "string" && READ.has(key) ? change(one) : one;
  };
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, changed(one, key)]));
}
