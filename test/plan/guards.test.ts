import { describe, expect, test } from "vitest";
import type { Acknowledgement, Campaign } from "../../src/model/campaign.ts";
import type { Guards } from "../../src/model/workspace.ts";
import { ceilingOf } from "../../src/plan/ceiling.ts";
import { checkGuards } from "../../src/plan/guards.ts";
import type { StateDocument } from "../../src/ports/state-store.ts";
import { campaignWith, plannedWith, workspaceWith } from "./fixtures.ts";

const AT = { file: "posthorn.yaml", line: 30, column: 3 };
const NO_GUARDS = workspaceWith().guards;

function guardsFor(of: {
  readonly guards: Partial<Guards>;
  readonly eligible: number;
  readonly campaign?: Partial<Campaign>;
  readonly lastEligible?: number;
  readonly leftOut?: Record<string, number>;
}) {
  const campaign = campaignWith(of.campaign);
  const planned = plannedWith(of.eligible, { left_out: of.leftOut ?? {} });
  return checkGuards({
    workspace: workspaceWith({ guards: { ...NO_GUARDS, ...of.guards } }),
    document: of.lastEligible === undefined ? undefined : documentWith(of.lastEligible),
    today: "2026-12-01",
    sending: [{ campaign, planned, standings: [{ counts: [], people: of.eligible }] }],
  });
}

function documentWith(lastEligible: number): StateDocument {
  return {
    format: "posthorn.state/1",
    workspace: "acme",
    pageId: "422500000000001",
    target: "meta",
    serial: 1,
    campaigns: { hello: { triedAt: null, firstSeenAt: null, lastEligible } },
  };
}

function acknowledging(
  rule: Acknowledgement["rule"],
  over: Partial<Acknowledgement>,
): Partial<Campaign> {
  const blank = { limit: undefined, occurrence: undefined, until: undefined };
  return { acknowledge: [{ rule, ...blank, because: "planned", at: AT, ...over }] };
}

describe("max_recipients", () => {
  const guards = { maxRecipients: { limit: 100, at: AT } };
  const outcomeFor = (eligible: number, campaign: Partial<Campaign> = {}) =>
    guardsFor({ guards: { ...guards, emptyAudience: "ignore" }, eligible, campaign })[0];

  test("passes at the limit and blocks one above, with the lines to accept it", () => {
    expect(outcomeFor(100)).toMatchObject({ outcome: "pass", limit: 100, actual: 100 });
    const blocked = outcomeFor(101);
    expect(blocked).toMatchObject({ outcome: "block", source: { file: AT.file, line: AT.line } });
    expect(blocked?.accept).toContain("rule: max_recipients, limit: 101");
  });

  test("an acknowledgement raises the limit as far as it says, until its last day", () => {
    const until = (day: string) => acknowledging("max_recipients", { limit: 150, until: day });
    expect(outcomeFor(150, until("2026-12-01"))?.outcome).toBe("accepted");
    expect(outcomeFor(151, until("2026-12-01"))?.outcome).toBe("block");
    expect(outcomeFor(150, until("2026-11-30"))?.outcome).toBe("block");
  });

  test("an acknowledgement of another rule accepts nothing", () => {
    expect(outcomeFor(150, acknowledging("empty_audience", {}))?.outcome).toBe("block");
  });

  test("a campaign's own ceiling blocks that campaign", () => {
    const own = guardsFor({
      guards: { emptyAudience: "ignore" },
      eligible: 51,
      campaign: { maxRecipients: 50 },
    });
    expect(own).toMatchObject([{ campaign: "hello", limit: 50, actual: 51, outcome: "block" }]);
  });
});

describe("max_growth", () => {
  const guards = {
    maxGrowth: { percent: 50, atLeast: 100, at: AT },
    emptyAudience: "ignore" as const,
  };
  const outcome = (eligible: number, lastEligible: number, campaign: Partial<Campaign> = {}) =>
    guardsFor({ guards, eligible, lastEligible, campaign })[0]?.outcome;

  test("blocks above the last occurrence and half as many again", () => {
    expect(outcome(300, 200)).toBe("pass");
    expect(outcome(301, 200)).toBe("block");
  });

  test("lets small audiences grow to the absolute number", () => {
    expect(outcome(100, 1)).toBe("pass");
    expect(outcome(101, 1)).toBe("block");
    expect(outcome(101, 0)).toBe("block");
  });

  test("says nothing the first time, nor for `on`", () => {
    expect(guardsFor({ guards, eligible: 9_999 })).toEqual([]);
    const send = { kind: "on", event: "x", where: undefined, delayMs: 0, lateByMs: 0 } as const;
    expect(guardsFor({ guards, eligible: 9_999, lastEligible: 1, campaign: { send } })).toEqual([]);
  });

  test("an acknowledged percentage takes the place of the guard's", () => {
    const twice = acknowledging("max_growth", { limit: { percent: 120 } });
    expect(outcome(440, 200, twice)).toBe("accepted");
    expect(outcome(441, 200, twice)).toBe("block");
  });
});

describe("empty_audience", () => {
  const outcome = (setting: Guards["emptyAudience"], leftOut: Record<string, number> = {}) =>
    guardsFor({ guards: { emptyAudience: setting }, eligible: 0, leftOut })[0]?.outcome;

  test("warns or blocks, as it is set", () => {
    expect(outcome("warn", { no_psid: 3 })).toBe("warn");
    expect(outcome("block")).toBe("block");
    expect(outcome("ignore")).toBeUndefined();
  });

  test("people who had it or whose hour comes later are an audience", () => {
    expect(outcome("block", { already_sent: 1 })).toBe("pass");
    expect(outcome("block", { not_due: 1 })).toBe("pass");
    expect(outcome("block", { quiet_hours: 1 })).toBe("pass");
  });
});

describe("the ceiling of a plan", () => {
  const guards = { ...NO_GUARDS, maxGrowth: { percent: 50, atLeast: 100, at: AT } };

  test("is half as many again, at least the absolute number, at most the written limit", () => {
    expect(ceilingOf(campaignWith(), 1204, guards)).toBe(1806);
    expect(ceilingOf(campaignWith(), 10, guards)).toBe(100);
    expect(ceilingOf(campaignWith({ maxRecipients: 1500 }), 1204, guards)).toBe(1500);
    const limited = { ...guards, maxRecipients: { limit: 1300, at: AT } };
    expect(ceilingOf(campaignWith(), 1204, limited)).toBe(1300);
  });

  test("without a growth guard it is what was planned", () => {
    expect(ceilingOf(campaignWith(), 1204, NO_GUARDS)).toBe(1204);
  });
});
