import fc from "fast-check";
import { expect, test } from "vitest";
import { showStatsHtml } from "../../../src/view/html/stats-html.ts";
import { hostileText } from "../hostile-text.ts";
import { daysWith, NOTHING, statsWith } from "../ledger-stats.ts";
import { bodyOf, SCRIPTS, tagsOf, withWords } from "./read-html.ts";

test("stats as HTML tell days, campaigns and what went wrong", async () => {
  const html = showStatsHtml(statsWith());
  await expect(bodyOf(html)).toMatchFileSnapshot("../golden/stats-page.txt");
  expect(html.match(/<time datetime="2026-1[12]-\d\d">/g)).toHaveLength(14);
});

test("of days on which nothing was sent say when the last was", () => {
  const idle = { totals: NOTHING, days: daysWith({}), campaigns: [], outcomes: [] };
  const html = showStatsHtml(statsWith({ ...idle, newest: "2026-10-11" }));
  expect(html).toContain("Nothing was sent. The last was on 2026-10-11.");
  expect(html).not.toContain('id="outcomes"');
});

test("names and Meta's words stay text", () => {
  const plain = tagsOf(showStatsHtml(withWords(statsWith(), "x")));
  const piece = fc.oneof(fc.constantFrom(...SCRIPTS), hostileText);
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 4 }), (pieces) => {
      const html = showStatsHtml(withWords(statsWith(), `x${pieces.join("")}`));
      expect(tagsOf(html)).toEqual(plain);
      expect(html).not.toMatch(/^\s*::/m);
    }),
  );
});
