import fc from "fast-check";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { describe, expect, test } from "vitest";
import { showReportMarkdown } from "../../src/view/report-markdown.ts";
import { badReport, campaignReport, reportWith } from "./report-fixtures.ts";

function htmlOf(markdown: string): string {
  const htmlExtensions = [gfmHtml()];
  return micromark(markdown, { extensions: [gfm()], htmlExtensions, allowDangerousHtml: true });
}

describe("a report as Markdown", () => {
  test("of a bad day says the verdict and what to do first", async () => {
    await expect(showReportMarkdown(badReport())).toMatchFileSnapshot("golden/report-bad-day.md");
  });

  test("has tables that GitHub reads as tables", () => {
    const html = htmlOf(showReportMarkdown(badReport()));
    expect(html.match(/<table>/g)).toHaveLength(3);
    expect(html).toContain("<td><code>offers/advent-lights</code></td>");
    expect(html).toContain('<td align="right">12,480</td>');
  });

  test("whatever Meta, YAML or a name says, nothing breaks out of its place", () => {
    const nasty = fc.array(
      fc.constantFrom(
        "|",
        "`",
        "```",
        "\n",
        "<b>",
        "</details>",
        "@team",
        "#12",
        "::error::",
        "](",
      ),
    );
    fc.assert(
      fc.property(nasty, (parts) => {
        const words = parts.join("x");
        const stopped = { scope: "campaign", because: words } as const;
        const errors = [
          { class: "rejected", code: 1, subcode: null, message: words, count: 1 } as const,
        ];
        const html = htmlOf(
          showReportMarkdown(
            reportWith({
              campaigns: [campaignReport({ id: words, errors, stopped, failed: 1 })],
              next: [{ kind: "stop", text: words, command: null }],
            }),
          ),
        );
        expect(html.match(/<table>/g)).toHaveLength(2);
        // GitHub links nothing inside of code.
        const read = html.replace(/<code>.*?<\/code>/g, "");
        expect(read).not.toMatch(/<b>|<a |@team|#12/);
        expect(html.match(/<\/details>/g)).toHaveLength(1);
      }),
      { numRuns: 200 },
    );
  });
});
