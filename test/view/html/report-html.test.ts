import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { REASONS } from "../../../src/model/delivery.ts";
import { showReportHtml } from "../../../src/view/html/report-html.ts";
import { hostileText } from "../hostile-text.ts";
import { badReport, campaignReport, reportWith } from "../report-fixtures.ts";
import { bodyOf, captionsOf, funnelsOf, SCRIPTS, tagsOf, withWords } from "./read-html.ts";

const people = fc.integer({ min: 1, max: 2_000_000 });
const anyCampaign = fc
  .record({
    left_out: fc.dictionary(fc.constantFrom(...REASONS), people),
    tried: fc.array(fc.oneof(fc.constant(0), people), { minLength: 5, maxLength: 5 }),
  })
  .map(({ left_out, tried }) => {
    const [sent = 0, failed = 0, unknown = 0, released = 0, untried = 0] = tried;
    const all = [...Object.values(left_out), ...tried];
    const matched = all.reduce((sum, many) => sum + many, 0);
    const outcomes = { sent, failed, unknown, released, untried };
    return campaignReport({ left_out: { ...left_out }, matched, ...outcomes });
  });

describe("a report as HTML", () => {
  test("of a bad day says what happened, then what to do, in Meta's words", async () => {
    const html = showReportHtml(badReport());
    await expect(bodyOf(html)).toMatchFileSnapshot("../golden/report-page.txt");
    const order = ["some due ones are left", 'id="next"', 'id="campaigns"', 'id="pace"'];
    const at = order.map((text) => html.indexOf(text));
    expect(at).toEqual([...at].sort((a, b) => a - b));
    expect(at).not.toContain(-1);
    expect(html).toContain("This person isn&#39;t available right now.");
    expect(html).toContain("<td>551/1545041</td>");
  });

  test("every funnel adds up: left out, sent, failed, unknown, due again and not tried", () => {
    fc.assert(
      fc.property(fc.array(anyCampaign, { minLength: 1, maxLength: 4 }), (campaigns) => {
        const html = showReportHtml(reportWith({ campaigns }));
        const funnels = funnelsOf(html);
        expect(funnels.map(([matched]) => matched)).toEqual(campaigns.map((one) => one.matched));
        for (const [matched = -1, ...steps] of funnels) {
          expect(steps.reduce((sum, one) => sum + one, 0)).toBe(matched);
        }
        expect(captionsOf(html)).toEqual(funnels);
      }),
      { numRuns: 60 },
    );
  });

  test("Meta's words, ids and lines to paste stay text", () => {
    const plain = tagsOf(showReportHtml(withWords(badReport(), "x")));
    const piece = fc.oneof(fc.constantFrom(...SCRIPTS), hostileText);
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 4 }), (pieces) => {
        const html = showReportHtml(withWords(badReport(), `x${pieces.join("")}`));
        expect(tagsOf(html)).toEqual(plain);
        expect(html).not.toMatch(/^\s*::/m);
        expect(html).not.toContain("##[");
      }),
      { numRuns: 100 },
    );
  });

  test("of 5,000 campaigns tells those with most trouble", () => {
    const campaigns = Array.from({ length: 5000 }, (_, n) =>
      campaignReport({ id: `c${n}`, failed: n % 1000 === 0 ? 1 : 0, sent: n, matched: n + 56 }),
    );
    const html = showReportHtml(reportWith({ campaigns }));
    expect(html.match(/<details id="campaign-\d+"/g)).toHaveLength(300);
    expect(html).toContain("4,700 more campaigns, a row each");
    for (const id of ["c0", "c1000", "c4000", "c4999"]) {
      expect(html).toContain(`<h3><bdi>${id}</bdi></h3>`);
    }
    expect(html).not.toContain("<h3><bdi>c2001</bdi></h3>");
    expect(html).toContain("<bdi>c2001</bdi>");
  });

  test("of a run that had nothing to send says so", () => {
    const totals = { matched: 0, left_out: 0, sent: 0, failed: 0, unknown: 0, released: 0 };
    const idle = reportWith({ campaigns: [], pace: null, totals: { ...totals, untried: 0 } });
    const html = showReportHtml(idle);
    expect(html).toContain("Nothing was due; nothing was sent.");
    expect(html).toContain("No campaign was due.");
    expect(html).not.toContain('id="pace"');
  });
});
