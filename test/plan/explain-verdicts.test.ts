import { describe, expect, test } from "vitest";
import { DAY, HOUR, NOW, psidOf } from "../audience/judged-world.ts";
import { event, explain, named, shipped } from "./explained.ts";

describe("where no rule decides", () => {
  test("a campaign that is not active gets nobody, whatever the rules say", async () => {
    const { verdict, rules } = await explain({ campaign: { status: "draft" } });
    expect(verdict).toBe("not_active");
    expect(rules.some(({ outcome }) => outcome === "leaves_out")).toBe(false);
  });

  test("a schedule that is over has no occurrence", async () => {
    const send = {
      kind: "at",
      at: { instant: Date.parse(NOW) - 2 * DAY },
      zone: { kind: "zone", zone: "UTC" },
      lateByMs: DAY,
    } as const;
    const { verdict, occurrence, due_at } = await explain({ campaign: { send } });
    expect({ verdict, occurrence, due_at }).toEqual({
      verdict: "no_occurrence",
      occurrence: null,
      due_at: null,
    });
  });

  test("the next occurrence is judged as if it were due", async () => {
    const send = {
      kind: "at",
      at: { instant: Date.parse(NOW) + 2 * HOUR },
      zone: { kind: "zone", zone: "UTC" },
      lateByMs: DAY,
    } as const;
    const { verdict, campaign, due_at } = await explain({ campaign: { send } });
    expect({ verdict, action: campaign.action, due_at }).toEqual({
      verdict: "send",
      action: "upcoming",
      due_at: "2026-12-01T14:00:00Z",
    });
  });

  test("without an event of the name there is nothing to judge", async () => {
    const { verdict, rules, message } = await explain({ campaign: { send: shipped() } });
    expect({ verdict, rules, message }).toEqual({ verdict: "no_event", rules: [], message: null });
  });

  test("an event that the campaign does not ask for is told with its conditions", async () => {
    const at = { file: "campaigns/hello.yaml", line: 5, column: 9 };
    const where = {
      kind: "attribute",
      name: "amount",
      type: "number",
      test: { on: "number", test: { op: "gt", value: 20 } },
      at,
    } as const;
    const events = [{ ...event("e1", -HOUR), amount: 5 }];
    const {
      verdict,
      where: segment,
      trigger,
    } = await explain({
      campaign: { send: { ...shipped(), where } },
      events,
    });
    expect({ verdict, segment: segment.holds }).toEqual({
      verdict: "not_in_segment",
      segment: true,
    });
    expect(trigger).toEqual({
      condition: "amount: { gt: 20 }",
      holds: false,
      value: 5,
      words: "5",
      source: { file: "campaigns/hello.yaml", line: 5 },
      of: [],
    });
  });

  test("nobody's PSID is shown, where a condition or a message asks for it either", async () => {
    const at = { file: "campaigns/hello.yaml", line: 5, column: 9 };
    const where = {
      kind: "attribute",
      name: "ps_id",
      type: "string",
      test: { on: "presence", test: { op: "exists", value: true } },
      at,
    } as const;
    const content = { ...named, message: { text: "You are {{ps_id}}" } };
    const explained = await explain({ campaign: { where, content } });
    expect(explained).toMatchObject({
      verdict: "send",
      where: { value: "•••", words: "•••" },
      message: { message: { text: "You are •••" } },
    });
    expect(JSON.stringify(explained)).not.toContain(psidOf(1));
  });
});
