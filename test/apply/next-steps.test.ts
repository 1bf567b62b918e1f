import { describe, expect, test } from "vitest";
import { nextSteps } from "../../src/apply/next-steps.ts";
import { outcomeOf } from "../../src/apply/outcome-of.ts";
import type { CampaignReport, CutOff, Report } from "../../src/model/report.ts";
import { campaignReport, reportWith, stoppedCampaign } from "../view/report-fixtures.ts";

const NO_TOTALS = { ...reportWith().totals, matched: 0, left_out: 0, sent: 0 };
const SIGNAL: CutOff = { by: "signal", because: "SIGTERM came." };

function stepsFor(
  campaign: Partial<CampaignReport>,
  over: { totals?: Partial<Report["totals"]>; unresolvedBefore?: number; cutOff?: CutOff } = {},
) {
  return nextSteps({
    campaigns: [campaignReport(campaign)],
    totals: { ...NO_TOTALS, ...over.totals },
    cutOff: over.cutOff ?? null,
    unresolvedBefore: over.unresolvedBefore ?? 0,
    tokenName: "MESSENGER_PAGE_TOKEN",
  });
}

function error(kind: CampaignReport["errors"][number]["class"], code: number, subcode?: number) {
  return [{ class: kind, code, subcode: subcode ?? null, message: "no", count: 1 }];
}

describe("how a run ended", () => {
  const stopped = (scope: "campaign" | "page" | "run" | "wave") =>
    campaignReport({ stopped: { scope, because: "x" } });

  test("a signal comes before a denial, a denial before what is left, that before ok", () => {
    expect(outcomeOf([stopped("run")], SIGNAL)).toBe("interrupted");
    expect(outcomeOf([stopped("wave"), stopped("page")], null)).toBe("denied");
    expect(outcomeOf([stopped("run")], null)).toBe("denied");
    const halted = (reason: string) => ({
      by: "halt" as const,
      because: `Applies were halted: ${reason}.`,
    });
    expect(outcomeOf([stopped("wave")], halted("Meta's policy enforcement (block)"))).toBe(
      "denied",
    );
    expect(outcomeOf([stopped("wave")], halted("wrong text"))).toBe("partial");
    expect(outcomeOf([stopped("wave")], null)).toBe("partial");
    expect(outcomeOf([stopped("campaign")], null)).toBe("partial");
    expect(outcomeOf([campaignReport({ released: 1 })], null)).toBe("partial");
    expect(outcomeOf([campaignReport({ untried: 1 })], null)).toBe("partial");
    expect(outcomeOf([campaignReport({ failed: 9, unknown: 9 })], null)).toBe("ok");
    expect(outcomeOf([], null)).toBe("ok");
  });
});

describe("what to do next", () => {
  test("is nothing when all went well", () => {
    expect(stepsFor({})).toEqual([]);
  });

  test("with a dead token it names the variable to renew", () => {
    const [step] = stepsFor({ errors: error("denied", 190) });
    expect(step).toMatchObject({ kind: "access", command: null });
    expect(step?.text).toContain("MESSENGER_PAGE_TOKEN");
    expect(step?.text).toContain("pages_messaging");
  });

  test("with a missing permission, and in development mode, it says which", () => {
    expect(stepsFor({ errors: error("denied", 10) })[0]?.text).toContain("pages_messaging");
    const developing = stepsFor({ errors: error("denied", 200, 2018028) });
    expect(developing[0]?.text).toContain("development mode");
  });

  test("with a restricted page it says not to try again and again", () => {
    expect(stepsFor({ errors: error("page_restricted", 368) })[0]?.text).toContain("Page Quality");
    const closed = stepsFor({ errors: error("page_restricted", 10904) });
    expect(closed[0]?.text).toContain("Switch messaging on");
  });

  test("with a stopped wave it gives its figures and the lines to paste", () => {
    const steps = stepsFor(stoppedCampaign(), { totals: { untried: 9_567, released: 3 } });
    expect(steps[0]).toMatchObject({ kind: "stop" });
    expect(steps[0]?.text).toContain("wave 1 of 3: 120 of 1,000");
    expect(steps[0]?.command).toContain("rule: rollout, occurrence: once");
    // Who is held back by the stop does not become due by another apply; the released ones do.
    expect(steps[1]).toMatchObject({ kind: "apply", command: "posthorn apply" });
    expect(steps[1]?.text).toContain("3 messages are still due");
  });

  test("with a refused message it names the file", () => {
    const stopped = { scope: "campaign", because: "no text (code 100)" } as const;
    const [step] = stepsFor({ errors: error("message_invalid", 100), stopped });
    expect(step?.text).toContain("Correct campaigns/order/shipped.yaml");
  });

  test("with unknown outcomes it says how many, why they are left alone, how to find out", () => {
    const one = stepsFor({}, { totals: { unknown: 1 } })[0];
    expect(one?.text).toContain("1 delivery has an unknown outcome. The message may have arrived");
    expect(one?.command).toContain("posthorn ledger resolve");
    const crashed = stepsFor({}, { unresolvedBefore: 2 })[0];
    expect(crashed?.text).toContain("2 deliveries have an unknown outcome since an earlier run.");
    const both = stepsFor({}, { totals: { unknown: 1 }, unresolvedBefore: 2 })[0];
    expect(both?.text).toContain("3 deliveries have an unknown outcome, 2 of them since");
  });

  test("with some left it says to apply again, after a halt to lift it first", () => {
    expect(stepsFor({}, { totals: { untried: 1 } })[0]).toEqual({
      kind: "apply",
      text: "1 message is still due. The next apply goes on there:",
      command: "posthorn apply",
    });
    const halted = { by: "halt", because: "It was halted." } as const;
    const [step] = stepsFor({}, { totals: { untried: 7 }, cutOff: halted });
    expect(step?.command).toBe("posthorn halt --lift");
  });
});
