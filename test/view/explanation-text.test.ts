import { describe, expect, test } from "vitest";
import type { ExplainedCondition, Explanation } from "../../src/model/explanation.ts";
import { showExplanation } from "../../src/view/explanation-text.ts";
import { UNSAFE } from "./hostile-text.ts";

const HOSTILE = "a\u001b[31m\u202e\n::add-mask::e\nResult: verdict=send";

function condition(text: string, of: Partial<ExplainedCondition> = {}): ExplainedCondition {
  return {
    condition: text,
    holds: true,
    value: null,
    words: null,
    source: { file: "segments/recent-buyers.yaml", line: 5 },
    of: [],
    ...of,
  };
}

const WHERE = condition("segment: recent-buyers", {
  holds: true,
  source: { file: "campaigns/order/shipped.yaml", line: 4 },
  of: [
    condition("all", {
      of: [
        condition("country: { in: [DE, AT, CH] }", { words: '"DE"' }),
        condition("any", {
          of: [
            condition("ltv: { gte: 100 }", { holds: false, words: "missing" }),
            condition("bike: { contains: brompton, ignore_case: true }", {
              words: JSON.stringify("Brompton and nothing else ".repeat(8)),
            }),
          ],
        }),
        condition("event: order_placed, count: { gte: 1 }, in_last: 90d", {
          words: "2 of 5 events",
          of: [condition("amount: { gt: 20 }", { holds: null, words: "2 of 5 events" })],
        }),
      ],
    }),
  ],
});

const CLOSED: Explanation = {
  format: "posthorn.explanation/1",
  workspace: "acme",
  now: "2026-12-01T09:30:00Z",
  user: "u-17",
  campaign: {
    id: "order/shipped",
    revision: `sha256:${"ab".repeat(32)}`,
    status: "active",
    action: "none",
    source: { file: "campaigns/order/shipped.yaml", line: 1 },
  },
  occurrence: "evt-17",
  due_at: "2026-12-01T09:00:00Z",
  verdict: "outside_window",
  where: WHERE,
  trigger: condition("carrier: { in: [DHL, GLS] }", {
    words: '"DHL"',
    source: { file: "campaigns/order/shipped.yaml", line: 7 },
  }),
  rules: [
    { rule: "no_psid", outcome: "passes", words: "has a PSID", looked_at: { psid: true } },
    { rule: "not_tester", outcome: "does_not_apply", words: "the page is live", looked_at: {} },
    {
      rule: "outside_window",
      outcome: "leaves_out",
      words: "last wrote 2026-11-29T10:00:00Z; window closed 2026-11-30T09:00:00Z",
      looked_at: {},
    },
  ],
  message: {
    variant: "a",
    locale: "de",
    message: { text: "Hallo Ana, Paket A17 ist unterwegs.", quick_replies: [{ title: "Wo?" }] },
    missing: [],
    faults: [],
  },
  notes: ["Applies are halted: the price in the second message was wrong, Ana is on it."],
};

describe("an explanation for people", () => {
  for (const width of [80, 120]) {
    test(`fits ${width} columns and is readable without colour`, async () => {
      const text = showExplanation(CLOSED, { color: false, width });
      await expect(text).toMatchFileSnapshot(`golden/explanation-${width}.txt`);
      expect(text.split("\n").filter((line) => [...line].length > width)).toEqual([]);
    });
  }

  test("on a terminal shows marks in colour, and the same words", () => {
    const plain = showExplanation(CLOSED, { color: false, width: 80 });
    const painted = showExplanation(CLOSED, { color: true, width: 80 });
    expect(painted).toContain("\u001b[32m  ✓\u001b[39m segment");
    expect(painted).toContain("\u001b[31m  ✗\u001b[39m outside_window");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours are made of
    expect(painted.replaceAll(/\u001b\[\d+m/g, "")).toBe(plain);
  });

  test.each([
    ["send", { action: "send" }, "GETS IT with the next apply."],
    ["send", { action: "upcoming" }, "WOULD GET IT at 2026-12-01T09:00:00Z, by today's data."],
    ["send", { action: "none" }, "WOULD GET IT, but for what is said below."],
    ["not_active", { status: "paused" }, "DOES NOT GET IT: the campaign is not active (paused)."],
    ["not_in_segment", {}, "DOES NOT GET IT: is not in the segment."],
    ["no_occurrence", {}, "DOES NOT GET IT: the schedule has nothing left to send."],
  ] as const)("%s %j is said as a verdict", (verdict, campaign, words) => {
    const of = { ...CLOSED, verdict, campaign: { ...CLOSED.campaign, ...campaign } };
    expect(showExplanation(of, { color: false, width: 80 }).split("\n")[1]).toBe(words);
  });

  test("an event that does not set the campaign off is told from a segment", () => {
    const trigger = condition("carrier: DHL", { holds: false, words: '"GLS"' });
    const of = { ...CLOSED, verdict: "not_in_segment", trigger } as const;
    const [, verdict] = showExplanation(of, { color: false, width: 80 }).split("\n");
    expect(verdict).toBe("DOES NOT GET IT: the event is not one that sets it off.");
  });

  test("says why there is no message", () => {
    const message = { variant: null, locale: null, message: null, missing: ["city"], faults: [] };
    const shown = (of: object) =>
      showExplanation({ ...CLOSED, message: { ...message, ...of } }, { color: false, width: 80 });
    expect(shown({})).toContain("Message, locale base\n  none: without city\n");
    const faults = { missing: [], faults: ["message.text is 2003 characters, limit is 2000."] };
    expect(shown(faults)).toContain("  none: message.text is 2003 characters, limit is 2000.\n");
  });

  test("text from files and data can start neither a line, nor a command, nor a colour", () => {
    const hostile = condition(HOSTILE, { words: HOSTILE });
    const shown = showExplanation(
      {
        ...CLOSED,
        user: HOSTILE,
        where: hostile,
        notes: [HOSTILE],
        occurrence: HOSTILE,
        message: {
          variant: HOSTILE,
          locale: HOSTILE,
          message: { text: HOSTILE },
          missing: [],
          faults: [],
        },
      },
      { color: false, width: 80 },
    );
    expect(shown).not.toMatch(/^\s*::/m);
    expect(shown.match(/^Result:/gm)).toHaveLength(1);
    expect(shown).not.toMatch(UNSAFE);
  });
});
