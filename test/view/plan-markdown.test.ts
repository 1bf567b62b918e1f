import fc from "fast-check";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { describe, expect, test } from "vitest";
import type { Guard, Plan, PlannedCampaign } from "../../src/model/plan.ts";
import { COMMENT_BYTES, showPlanMarkdown } from "../../src/view/plan-markdown.ts";
import { plannedWith, planWith } from "../plan/fixtures.ts";

/** As GitHub would read it, but for mentions and references. */
function htmlOf(markdown: string): string {
  const htmlExtensions = [gfmHtml()];
  return micromark(markdown, { extensions: [gfm()], htmlExtensions, allowDangerousHtml: true });
}

const sale = plannedWith(12_480, {
  id: "offers/sale",
  matched: 14_902,
  left_out: { outside_window: 1910, frequency_cap: 512 },
  change: "changed",
  changes: [{ path: "message.text", before: "Up to 30% off", after: "Up to 40% off" }],
  entering: 700,
  leaving: 3,
  samples: [
    {
      variant: null,
      locale: "de",
      people: 12_480,
      message: { text: "Hallo •••, bis zu 40 %" },
      before: { text: "Hallo •••, bis zu 30 %" },
    },
  ],
});
const growth: Guard = {
  rule: "max_growth",
  campaign: "offers/sale",
  limit: 9310,
  actual: 12_480,
  outcome: "block",
  source: { file: "posthorn.yaml", line: 9 },
  accept: 'acknowledge:\n  - { rule: max_growth, limit: 35%, until: YYYY-MM-DD, because: "…" }',
  in_base: false,
};

const IDLE = { action: "none", due_at: null } as const;

function comparedPlan(): Plan {
  const plan = planWith([
    sale,
    plannedWith(3, { id: "care/guide", change: "none", changes: [], entering: 0, leaving: 0 }),
    plannedWith(9, { id: "later", action: "upcoming", due_at: "2026-12-06T09:00:00Z" }),
    plannedWith(0, { ...IDLE, id: "order/shipped", matched: 3, left_out: { frequency_cap: 3 } }),
    plannedWith(0, { ...IDLE, id: "quiet" }),
  ]);
  const { snapshot } = plan;
  return {
    ...plan,
    snapshot: {
      ...snapshot,
      git: { head: "a".repeat(40), base: "b".repeat(40), dirty: false },
      guards: [growth],
      compared: {
        removed: [{ id: "offers/may", because: "deleted", leaving: 40 }],
        guards: [{ path: "max_recipients", before: 1000, after: 90_000 }],
      },
    },
    summary: { campaigns: 2, recipients: 12_483, blocked: 1, warnings: 0 },
  };
}

describe("a plan as Markdown", () => {
  test("says the verdict first, then guards, people and what changes", async () => {
    const { text, complete } = showPlanMarkdown(comparedPlan(), COMMENT_BYTES);
    expect(complete).toBe(true);
    await expect(text).toMatchFileSnapshot("plan.golden.md");
  });

  test("counts the campaigns that neither send nor change by what they wait for", () => {
    const idle = planWith([plannedWith(0, { ...IDLE, id: "quiet" })]);
    const { text } = showPlanMarkdown(idle, COMMENT_BYTES);
    expect(text).toContain("\n1 active and not part of this: 1 with nothing to send.\n");
  });

  test("of 5,000 campaigns stays within the budget, says so, and keeps totals and guards", () => {
    const many = Array.from({ length: 5000 }, (_, n) =>
      plannedWith(n, { ...sale, id: `offers/number-${n}`, eligible: n }),
    );
    const plan = comparedPlan();
    const large = { ...plan, snapshot: { ...plan.snapshot, campaigns: many } };
    const { text, complete } = showPlanMarkdown(large, COMMENT_BYTES);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(COMMENT_BYTES);
    expect(complete).toBe(false);
    expect(text).toContain("This comment is shortened");
    expect(text).toContain("**max_growth**");
    expect(text).toContain("`offers/number-4999`");
    expect(text).toContain("and 4,700 more campaigns");
    expect(text).toContain(large.digests.intent);
  });

  test("is cut between blocks at whatever budget: tables, fences and folds stay whole", () => {
    const campaigns = Array.from({ length: 60 }, (_, n) => ({ ...sale, id: `c${n}` }));
    const plan = comparedPlan();
    const large = { ...plan, snapshot: { ...plan.snapshot, campaigns } };
    fc.assert(
      fc.property(fc.integer({ min: 1500, max: 60_000 }), (budget) => {
        const { text } = showPlanMarkdown(large, budget);
        const html = htmlOf(text);
        for (const tag of ["details", "summary", "sub", "table", "blockquote"]) {
          const opened = html.match(new RegExp(`<${tag}>`, "g"))?.length ?? 0;
          expect(html.match(new RegExp(`</${tag}>`, "g"))?.length ?? 0).toBe(opened);
        }
        expect((text.match(/^(> )?```/gm) ?? []).length % 2).toBe(0);
        expect(html).toContain("<table>");
      }),
      { numRuns: 30 },
    );
  });

  test("holds nothing that text from files could turn into more than text", () => {
    const bad =
      "a|b `c` <img src=x onerror=y> @team #1 \u202e\n\n## no\n::error::x\n```\n</details>";
    const hostile: PlannedCampaign = {
      ...sale,
      id: bad,
      samples: [{ variant: bad, locale: bad, people: 1, message: { text: bad } }],
      changes: [{ path: bad, before: bad, after: `${bad}!` }],
      source: { file: bad, line: 1 },
    };
    const plan = comparedPlan();
    const warning = { code: "DATA_OLD", summary: bad, detail: bad, source: null };
    const snapshot = { ...plan.snapshot, campaigns: [hostile], warnings: [warning] };
    const html = htmlOf(showPlanMarkdown({ ...plan, snapshot }, COMMENT_BYTES).text);
    // GitHub makes neither people nor issues out of code.
    const words = html.replace(/<code>[^<]*<\/code>/g, "");
    expect(html).not.toMatch(/<img|<h2|\u202e/);
    expect(words).not.toMatch(/@team|#1\b/);
    expect(html.match(/<details>/g)).toHaveLength(1);
    expect(html.match(/<\/details>/g)).toHaveLength(1);
    expect(html.match(/<tr>/g)).toHaveLength(2);
  });
});
