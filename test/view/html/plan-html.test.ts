import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { REASONS } from "../../../src/model/delivery.ts";
import { showPlanHtml } from "../../../src/view/html/plan-html.ts";
import { plannedWith, planWith } from "../../plan/fixtures.ts";
import { hostileText, UNSAFE } from "../hostile-text.ts";
import { fullPlan, SALE } from "./full-plan.ts";
import { bodyOf, captionsOf, funnelsOf, SCRIPTS, tagsOf, withWords } from "./read-html.ts";

const hostile = fc
  .array(fc.oneof(fc.constantFrom(...SCRIPTS), hostileText), { minLength: 1, maxLength: 4 })
  .map((pieces) => `x${pieces.join("")}`);

const people = fc.integer({ min: 1, max: 2_000_000 });
const anyCampaign = fc
  .record({
    eligible: fc.nat(2_000_000),
    left_out: fc.dictionary(fc.constantFrom(...REASONS), people),
    action: fc.constantFrom("send" as const, "upcoming" as const),
  })
  .map(({ eligible, left_out, action }) => {
    const left = Object.values(left_out).reduce((sum, many) => sum + many, 0);
    return plannedWith(eligible, { action, left_out: { ...left_out }, matched: eligible + left });
  });

describe("a plan as HTML", () => {
  test("says the verdict first, then guards, campaigns, and what lies ahead", async () => {
    const html = showPlanHtml(fullPlan());
    await expect(bodyOf(html)).toMatchFileSnapshot("../golden/plan-page.txt");
    const at = (text: string) => html.indexOf(text);
    const order = ["BLOCKED: 1 guard holds", 'id="guards"', 'id="campaigns"', 'id="calendar"'];
    expect(order.map(at)).toEqual(order.map(at).sort((a, b) => a - b));
    expect(order.map(at)).not.toContain(-1);
    expect(showPlanHtml(fullPlan())).toBe(html);
  });

  test("loads nothing, runs nothing and has one style sheet, named by its hash", () => {
    const html = showPlanHtml(fullPlan());
    expect(html).toContain("default-src &#39;none&#39;".replaceAll("&#39;", "'"));
    expect(html).toMatch(/style-src 'sha256-[\w+/]{43}='/);
    expect(html).not.toMatch(/<(script|img|link|iframe|object|form)\b|\bstyle=|\son\w+=/);
    expect(html).not.toMatch(/(?:src|href)="(?!#)|@import|url\((?!#)/);
  });

  test("every funnel adds up, in its rows and in its caption", () => {
    fc.assert(
      fc.property(fc.array(anyCampaign, { minLength: 1, maxLength: 4 }), (campaigns) => {
        const html = showPlanHtml(planWith(campaigns));
        const funnels = funnelsOf(html);
        expect(funnels.map(([matched]) => matched)).toEqual(campaigns.map((one) => one.matched));
        for (const [matched = -1, ...steps] of [...funnels, ...captionsOf(html)]) {
          expect(steps.reduce((sum, one) => sum + one, 0)).toBe(matched);
        }
        expect(captionsOf(html)).toEqual(funnels);
      }),
      { numRuns: 60 },
    );
  });

  test("whatever stands in files or data stays text, for a browser and for a log", () => {
    const plain = tagsOf(showPlanHtml(withWords(fullPlan(), "x")));
    expect(plain.length).toBeGreaterThan(300);
    fc.assert(
      fc.property(hostile, (words) => {
        const html = showPlanHtml(withWords(fullPlan(), words));
        expect(tagsOf(html)).toEqual(plain);
        expect(html).not.toMatch(/^\s*::/m);
        expect(html).not.toContain("##[");
      }),
      { numRuns: 100 },
    );
  });

  test("marks that turn the direction of writing are gone but from the messages", () => {
    const html = showPlanHtml(withWords(fullPlan(), "a\u202eb\u2066c"));
    const outside = html.replace(/<p class="bubble-words"[^>]*>[^<]*<\/p>/g, "");
    const inside = html.match(/<p class="bubble-words" dir="auto">a\u202eb\u2066c<\/p>/g);
    expect(inside).not.toBeNull();
    expect(outside.replace(/<span class="bubble-reply"[^>]*>[^<]*<\/span>/g, "")).not.toMatch(
      UNSAFE,
    );
  });

  test("a name of 10,000 characters is cut, a message is not", () => {
    const html = showPlanHtml(withWords(fullPlan(), "n".repeat(10_000)));
    const long = [...html.matchAll(/n{200,}/g)].length;
    const words = [...html.matchAll(/<(?:p class="bubble-words"|ins|del|span|code)[^>]*>n{9000}/g)];
    expect(html).toContain(`${"n".repeat(159)}…</bdi>`);
    expect(words.length).toBeGreaterThan(2);
    expect(long).toBeLessThan(40);
  });

  test("of 5,000 campaigns tells those that change, then those to most people", () => {
    const many = Array.from({ length: 5000 }, (_, n) =>
      plannedWith(n, { ...SALE, id: `offers/number-${n}`, change: "none", matched: n + 2422 }),
    ).map((one, n) => ({ ...one, eligible: n, changes: [] }));
    const [first, ...others] = many;
    if (first === undefined) throw new Error("there are 5,000");
    const html = showPlanHtml(fullPlan([{ ...first, change: "changed" }, ...others]));
    expect(html.match(/<details id="campaign-\d+"/g)).toHaveLength(300);
    expect(html).not.toMatch(/<details[^>]* open=/);
    expect(html).toContain("4,700 more campaigns, a row each");
    for (const id of ["number-0", "number-1", "number-2500", "number-4999"]) {
      expect(html).toContain(`${id}</bdi>`);
    }
    expect(html).toMatch(/<h3><bdi>offers\/<wbr>number-0<\/bdi>/);
    expect(html.length).toBeLessThan(6_000_000);
  });

  test("without campaigns, guards, base or look ahead says what there is to say", () => {
    const html = showPlanHtml(planWith([]));
    expect(html).toContain("Nothing would be sent.");
    expect(html).toContain("No campaign is active.");
    expect(html).not.toContain('id="calendar"');
    expect(html).not.toContain('id="warnings"');
  });

  test("a look ahead of months names the days on which something is sent", () => {
    const plan = fullPlan();
    const { horizon } = plan.snapshot;
    if (horizon === undefined) throw new Error("the full plan looks ahead");
    const daysUntil = (until: string) => {
      const snapshot = { ...plan.snapshot, horizon: { ...horizon, until } };
      return showPlanHtml({ ...plan, snapshot }).match(/<li class="day/g)?.length;
    };
    expect(daysUntil("2026-12-08T09:30:00Z")).toBe(8);
    expect(daysUntil("2027-01-31T09:30:00Z")).toBe(62);
    expect(daysUntil("2027-02-01T09:30:00Z")).toBe(2);
  });
});
