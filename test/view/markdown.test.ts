import fc from "fast-check";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { describe, expect, test } from "vitest";
import { mdCode, mdFence, mdText } from "../../src/view/markdown.ts";

/** As GitHub would read it, but for mentions and references. */
function html(markdown: string): string {
  return micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()] }).trim();
}

const hostile = fc.array(
  fc.oneof(
    fc.constantFrom(
      "|",
      "`",
      "```",
      "<script>",
      "</details>",
      "<!--",
      "**",
      "__",
      "~~~",
      "# ",
      "> ",
      "- ",
      "[x](http://e.vil)",
      "![i](x)",
      "https://e.vil",
      "www.e.vil",
      "a@e.vil",
      "\n\n",
      "\r",
      "::error::x",
      "\u202e",
      "&lt;",
      "\\",
      "$x$",
    ),
    fc.string(),
  ),
  { maxLength: 8 },
);

describe("text in Markdown", () => {
  test("becomes one paragraph of plain text, whatever stands in it", () => {
    fc.assert(
      fc.property(hostile, (parts) => {
        const shown = html(`x ${mdText(parts.join(""))} y`);
        expect(shown.slice(3, -4)).not.toMatch(/<(?!br)/);
        expect(shown).toMatch(/^<p>x[\s\S]*y<\/p>$/);
      }),
      { numRuns: 500 },
    );
  });

  test("becomes one span of code, in a table too", () => {
    fc.assert(
      fc.property(hostile, (parts) => {
        const table = html(`| a | b |\n|---|---|\n| ${mdCode(parts.join(""))} | z |`);
        expect(table.match(/<td>/g)).toHaveLength(2);
        expect(table.match(/<td><code>[^<]*<\/code><\/td>/g)).toHaveLength(1);
      }),
      { numRuns: 500 },
    );
  });

  test("becomes one block of code that nothing in it ends", () => {
    fc.assert(
      fc.property(hostile, (parts) => {
        const shown = html(`${mdFence(parts.join(""))}\n\nafter`);
        expect(shown).toMatch(/^<pre><code>[^<]*<\/code><\/pre>\n<p>after<\/p>$/);
      }),
      { numRuns: 500 },
    );
  });

  const cases = [
    { what: "a mention", text: "ask @team", never: /@team/ },
    { what: "an issue", text: "see #12", never: /#12/ },
    { what: "an issue by its prefix", text: "see GH-12", never: /GH-12/ },
    { what: "an address", text: "http://e.vil", never: /http:\/\// },
    { what: "an emoji", text: ":tada:", never: /:tada:/ },
    { what: "a turn of direction", text: "a\u202eb", never: /\u202e/ },
    { what: "a command of a log", text: "::error::x", never: /^::/ },
  ];
  for (const { what, text, never } of cases) {
    test(`does not become ${what}`, () => {
      expect(html(mdText(text)).slice("<p>".length)).not.toMatch(never);
    });
  }
});
