import { describe, expect, test } from "vitest";
import type { Campaign } from "../../src/model/campaign.ts";
import type { Guard } from "../../src/model/plan.ts";
import type { Workspace } from "../../src/model/workspace.ts";
import { baseNeeds } from "../../src/plan/base-needs.ts";
import { campaignWith, planWith, workspaceWith } from "./fixtures.ts";

const hello = (written: object, over: Partial<Campaign> = {}) =>
  campaignWith({ written: { send: { at: "now" }, ...written }, ...over });
const withCampaigns = (campaigns: Campaign[], over: Partial<Workspace> = {}) =>
  workspaceWith({ campaigns, ...over });
const TEXT = { message: { text: "Hello" } };

function needs(before: Workspace, after: Workspace, guards: Guard[] = []) {
  const plan = planWith([]);
  const snapshot = { ...plan.snapshot, guards };
  const needed = baseNeeds(before, { workspace: after, plan: { ...plan, snapshot } });
  return needed === "all" ? needed : [...needed];
}

const guard = (outcome: Guard["outcome"]): Guard => ({
  rule: "max_recipients",
  campaign: null,
  limit: 1,
  actual: 2,
  outcome,
  source: null,
  accept: null,
});

describe("of the base", () => {
  const before = withCampaigns([hello(TEXT)]);

  test("nothing is judged where nobody reads another message", () => {
    expect(needs(before, before)).toEqual([]);
    const moved = hello({ ...TEXT, segment: "others", priority: 5, max_recipients: 3 });
    expect(needs(before, withCampaigns([moved]))).toEqual([]);
  });

  test.each([
    ["message", { message: { text: "Hi" } }],
    ["locales", { ...TEXT, locales: { de: { text: "Hallo" } } }],
    ["variants", { ...TEXT, variants: { a: { weight: 1, message: { text: "Hi" } } } }],
    ["fallbacks", { ...TEXT, fallbacks: { first_name: "you" } }],
    ["on_missing", { ...TEXT, on_missing: "blank" }],
  ])("a campaign is judged whose %s says something else", (_, written) => {
    expect(needs(before, withCampaigns([hello(written)]))).toEqual(["hello"]);
  });

  test("a renamed one is judged under the id that it had", () => {
    const renamed = hello({ message: { text: "Hi" } }, { id: "greet", rootId: "hello" });
    expect(needs(before, withCampaigns([renamed]))).toEqual(["hello"]);
  });

  test("one that was not active, is new or goes is not judged", () => {
    const draft = withCampaigns([hello(TEXT, { status: "draft" })]);
    expect(needs(draft, withCampaigns([hello({ message: { text: "Hi" } })]))).toEqual([]);
    const other = hello(TEXT, { id: "other", rootId: "other" });
    expect(needs(before, withCampaigns([other]))).toEqual([]);
  });

  test("all that print constants are judged where a constant changed", () => {
    expect(needs(before, withCampaigns([hello(TEXT)], { vars: { shop: "New" } }))).toEqual([
      "hello",
    ]);
  });

  test("everything is judged where a guard blocks, and only there", () => {
    expect(needs(before, before, [guard("pass"), guard("warn")])).toEqual([]);
    expect(needs(before, before, [guard("pass"), guard("block")])).toBe("all");
  });
});
