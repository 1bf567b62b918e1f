import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { metersOf } from "../../src/message/meters.ts";
import { meterLines } from "../../src/view/meter-lines.ts";
import { showPreviewText } from "../../src/view/preview-text.ts";
import { FULL_MESSAGES } from "../message/full-messages.ts";
import { hostileText, UNSAFE } from "./hostile-text.ts";
import { BUSY, previewWith, sight } from "./preview-fixtures.ts";

const plain = { width: 80, color: false };

describe("a preview in a terminal", () => {
  test.each([80, 120])("is as it was agreed at %d columns, without colour", async (width) => {
    const text = showPreviewText(BUSY, { width, color: false });
    await expect(text).toMatchFileSnapshot(`./golden/preview-${width}.txt`);
    const widths = text.split("\n").map((line) => stringWidth(line));
    expect(Math.max(...widths)).toBeLessThanOrEqual(width);
  });

  test("says the same with colour", () => {
    const colored = showPreviewText(BUSY, { ...plain, color: true });
    expect(colored).toContain("\u001b[31m");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours are.
    expect(colored.replace(/\u001b\[\d+m/g, "")).toBe(showPreviewText(BUSY, plain));
  });

  test("takes nothing from a value that a terminal or a log could obey", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const message = { text, quick_replies: [{ content_type: "text", title: text }] };
        const bad = sight(message, {
          person: text,
          outcome: "invalid_message",
          because: [text],
          values: [{ name: "first_name", value: text, from: "person" }],
        });
        const shown = showPreviewText({ ...previewWith(bad), description: text }, plain);
        expect(shown).not.toMatch(UNSAFE);
        expect(shown).not.toMatch(/^\s*::|##\[/m);
      }),
    );
  });

  test("names a value of 10,000 characters by its length", () => {
    const value = "n".repeat(10_000);
    const long = sight({ text: "Hi" }, { values: [{ name: "note", value, from: "person" }] });
    const shown = showPreviewText(previewWith(long), plain);
    expect(shown).toContain("… (10000 characters)".replace("… ", "…” "));
    expect(shown.length).toBeLessThan(2000);
  });
});

describe("meters", () => {
  const lines = (used: number, limit: number) =>
    meterLines([{ path: "text", used, limit, counts: "characters" }]);

  test.each([
    [0, "text  0 / 20  ░░░░░░░░░░░░░░░░░░░░"],
    [1, "text  1 / 20  █░░░░░░░░░░░░░░░░░░░"],
    [19, "text  19 / 20  ███████████████████░"],
    [20, "text  20 / 20  ████████████████████"],
    [21, "text  21 / 20  ████████████████████  1 too many"],
  ])("with %d of 20 used", (used, line) => {
    expect(lines(used, 20)).toEqual([line]);
  });

  test("look full only where they are", () => {
    expect(lines(1999, 2000)[0]).toMatch(/░$/);
    expect(lines(1, 2000)[0]).toContain("█░");
  });

  test("of many parts show the fullest, and what the others are below", () => {
    const meters = Array.from({ length: 12 }, (_, at) => ({
      path: `elements[${at}].title`,
      used: at + 1,
      limit: 20,
      counts: "characters" as const,
    }));
    const shown = meterLines(meters);
    expect(shown).toHaveLength(9);
    expect(shown[0]).toMatch(/^elements\[4\]\.title/);
    expect(shown.at(-1)).toBe("and 4 more, none above 20 %");
  });

  test("are there for every kind of message that has limits", () => {
    const paths = (kind: keyof typeof FULL_MESSAGES) =>
      metersOf(FULL_MESSAGES[kind]).map(({ path, limit }) => `${path} ${limit}`);
    expect(paths("text").slice(0, 3)).toEqual([
      "text 2000",
      "quick_replies 13",
      "quick_replies[0].title 20",
    ]);
    expect(paths("button")).toContain("attachment.payload.text 640");
    expect(paths("button")).toContain("attachment.payload.buttons 3");
    expect(paths("generic")).toContain("attachment.payload.elements[0].title 80");
    expect(paths("attachments")).toContain("attachments 30");
    expect(metersOf({ text: "🎉" })).toMatchObject([{ used: 2, limit: 2000 }]);
  });
});
