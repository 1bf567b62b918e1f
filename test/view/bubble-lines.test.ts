import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { bubbleOf } from "../../src/bubble/bubble-of.ts";
import type { JsonObject, JsonValue } from "../../src/model/json.ts";
import { bubbleLines } from "../../src/view/bubble-lines.ts";
import { FULL_MESSAGES } from "../message/full-messages.ts";
import { hostileText, UNSAFE } from "./hostile-text.ts";

const CARD = { title: "Mug", subtitle: "Holds 0.3 l", image_url: "https://shop.example/mug.jpg" };
const BUTTON = { type: "postback", title: "Buy", payload: "BUY" };
const CAROUSEL = {
  attachment: {
    type: "template",
    payload: {
      template_type: "generic",
      elements: [1, 2, 3].map((n) => ({ ...CARD, title: `Mug ${n}`, buttons: [BUTTON] })),
    },
  },
};
const WIDE = {
  text: "日本語のテキストは二倍の幅。\n\nمرحبا بالعالم\n👩‍👩‍👧‍👦 e\u0301e\u0301 ﬁn\tt",
  quick_replies: ["はい", "いいえ", "👍🏽"].map((title) => ({
    content_type: "text",
    title,
    payload: "X",
  })),
};
const MESSAGES: Readonly<Record<string, JsonObject>> = {
  ...FULL_MESSAGES,
  carousel: CAROUSEL,
  wide: WIDE,
};

function withTexts(value: JsonValue, change: (text: string) => string): JsonValue {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((one: JsonValue) => withTexts(one, change));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => {
    const isKind = key === "type" || key.endsWith("_type");
    return [key, isKind ? one : withTexts(one, change)];
  });
  return Object.fromEntries(entries);
}

/** Whatever of a message is there to be read. */
function wordsOf(value: JsonValue): string[] {
  if (Array.isArray(value)) return value.flatMap((one: JsonValue) => wordsOf(one));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    /^(text|title|subtitle)$/.test(key) && typeof one === "string" ? [one] : wordsOf(one),
  );
}

/** Every frame closes in the column in which it opened. */
function frames(lines: readonly string[]): string[] {
  return lines.filter((line) => /^[╭│├╰]/.test(line));
}

describe("a bubble in a terminal", () => {
  test.each([80, 120])(
    "of every kind of message is as it was agreed at %d columns",
    async (width) => {
      const all = Object.entries(MESSAGES).map(
        ([kind, message]) => `# ${kind}\n${bubbleLines(bubbleOf(message), width).join("\n")}\n`,
      );
      await expect(all.join("\n")).toMatchFileSnapshot(`./golden/bubbles-${width}.txt`);
    },
  );

  test.each(Object.entries(MESSAGES))("of %s shows every text", (_, message) => {
    const shown = bubbleLines(bubbleOf(message), 80)
      .map((line) => line.replace(/[│╭╮╰╯├┤─]/g, ""))
      .join("")
      .replace(/\s+/g, "");
    const words = wordsOf(message).flatMap((text) => text.split(/\s+/));
    for (const word of words.filter((one) => /^\p{L}+$/u.test(one))) expect(shown).toContain(word);
  });

  test("is never wider than the terminal, and its frames are straight", () => {
    const kinds = fc.constantFrom(...Object.values(MESSAGES));
    const text = fc.oneof(
      hostileText,
      fc.string({ unit: "grapheme", maxLength: 200 }),
      fc.constantFrom(
        "n".repeat(3000),
        "漢".repeat(99),
        "👩‍👩‍👧‍👦".repeat(40),
        "\u0301\u0302",
        "a\tb",
      ),
    );
    fc.assert(
      fc.property(kinds, text, fc.integer({ min: 40, max: 140 }), (message, value, width) => {
        const changed = withTexts(message, (own) => own + value) as JsonObject;
        const lines = bubbleLines(bubbleOf(changed), width);
        expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(width);
        expect(lines.join("\n")).not.toMatch(UNSAFE);
        expect(lines.filter((line) => line.includes("\n"))).toEqual([]);
        if (message !== CAROUSEL && message !== FULL_MESSAGES.generic) {
          const own = frames(lines).map((line) => stringWidth(line));
          expect(new Set(own).size).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("sets cards beside each other as far as there is room", () => {
    const tops = (width: number) =>
      bubbleLines(bubbleOf(CAROUSEL), width)
        .map((line) => line.split("╭").length - 1)
        .filter((count) => count > 0);
    expect(tops(33)).toEqual([1, 1, 1]);
    expect(tops(66)).toEqual([2, 1]);
    expect(tops(65)).toEqual([1, 1, 1]);
    expect(tops(100)).toEqual([3]);
  });
});
