import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/model/json.ts";
import { showPreviewHtml } from "../../../src/view/html/preview-html.ts";
import { FULL_MESSAGES } from "../../message/full-messages.ts";
import { hostileText } from "../hostile-text.ts";
import { BUSY, previewWith, sight } from "../preview-fixtures.ts";

const NASTY = [
  '"><script>alert(1)</script>',
  "' onmouseover='alert(1)",
  "</style><img src=x onerror=alert(1)>",
  "<!--",
  "]]>",
  "\u202egnp.exe\u2066",
  "javascript:alert(1)",
  "\u0000\u0008",
  "n".repeat(10_000),
];

function pageOf(value: string): string {
  const values = [{ name: value, value, from: "person" as const }];
  const message: JsonObject = {
    text: value,
    quick_replies: [{ content_type: "text", title: value }],
  };
  const one = sight(message, {
    person: value,
    because: [value],
    outcome: "invalid_message",
    values,
  });
  return showPreviewHtml({ ...previewWith(one), description: value, campaign: value });
}

function tagsOf(html: string): string[] {
  return [...html.matchAll(/<[^>]*>/g)]
    .map(([tag]) => tag.replace(/"[^"]*"/g, '""'))
    .filter((tag) => tag !== "<wbr>");
}

describe("a preview as HTML", () => {
  test("is one file that may load and run nothing", () => {
    const html = showPreviewHtml(BUSY);
    expect(html).toMatch(/^<!doctype html>/);
    expect(html).toContain("default-src 'none'; style-src 'sha256-");
    expect(html).not.toMatch(
      /<(script|img|iframe|link|object|svg|a|button|form)\b|url\((?!#)|@import/,
    );
  });

  test.each(Object.keys(FULL_MESSAGES))("shows a bubble of %s", (kind) => {
    const message = FULL_MESSAGES[kind as keyof typeof FULL_MESSAGES];
    expect(showPreviewHtml(previewWith(sight(message)))).toContain('<div class="bubble">');
  });

  test("tells limits, fallbacks, what is missing and who is left out", () => {
    const html = showPreviewHtml(BUSY);
    expect(html).toContain("<bdi>first_name</bdi> is missing</dt>");
    expect(html).toContain("<bdi>there</bdi>");
    expect(html).toContain("76 / 20, 56 too many");
    expect(html).toContain("left out: missing_value. event.order_id is missing");
    expect(html).toContain("would get this version");
  });

  test.each(NASTY)("has the same elements whatever a value is: %s", (value) => {
    expect(tagsOf(pageOf(value))).toEqual(tagsOf(pageOf("Ana")));
  });

  test("holds no command of a log, and no control character", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const body = pageOf(text).split("<body>")[1] ?? "";
        expect(body).not.toMatch(/^\s*::|##\[/m);
        expect(body).not.toMatch(/(?![\t\n\r])\p{Cc}/u);
      }),
    );
  });
});
