import fc from "fast-check";
import { expect, test } from "vitest";
import type { Campaign } from "../../src/model/campaign.ts";
import type { Condition, NumberTest } from "../../src/model/condition.ts";
import type { Workspace } from "../../src/model/workspace.ts";
import { buildPlan, type PlanInput } from "../../src/plan/build-plan.ts";
import { explainCampaign } from "../../src/plan/explain-campaign.ts";
import { worlds } from "../audience/arbitrary-worlds.ts";
import { NOW, OpenWorld } from "../audience/judged-world.ts";

const at = { file: "campaigns/first.yaml", line: 3, column: 1 };
const named = (value: boolean): Condition => ({
  kind: "attribute",
  name: "first_name",
  type: "string",
  test: { on: "presence", test: { op: "has_value", value } },
  at,
});
const placed = (...count: NumberTest[]): Condition => ({
  kind: "event",
  event: "placed",
  count,
  periodMs: undefined,
  where: undefined,
  at,
});
const conditions = fc.constantFrom<Condition>(
  { kind: "segment", segment: "everyone", at },
  { kind: "segment", segment: "named", at },
  { kind: "not", of: { kind: "segment", segment: "named", at }, at },
  { kind: "any", of: [placed({ op: "gte", value: 1 }), named(true)], at },
  { kind: "all", of: [placed({ op: "eq", value: 0 }), named(true)], at },
  { kind: "sample", share: 0.7, seed: "some", at },
);
const segments = new Map([
  ["named", { id: "named", description: "", where: named(true), written: {}, tests: [], at }],
]);

const cases = fc.record({
  world: worlds,
  wheres: fc.tuple(conditions, conditions),
  priorities: fc.constantFrom([0, 0], [1, 0], [0, 1]),
  now: fc.constantFrom(NOW, "2026-12-01T21:00:00Z", "2026-12-02T07:30:00Z"),
});

function inputOf(open: OpenWorld, triedAt: number | null, now: string): PlanInput {
  const memory = { triedAt, lastEligible: null, firstSeenAt: null };
  const campaigns = { first: memory, second: memory };
  const document = {
    format: "posthorn.state/1" as const,
    workspace: "acme",
    pageId: "422500000000001",
    target: "meta" as const,
    serial: 1,
    campaigns,
  };
  const { workspace, users, audience } = open;
  const git = { head: null, dirty: false };
  const of = { workspace, users, audience, document, git, only: undefined };
  return { ...of, now: Date.parse(now), halted: null };
}

/** What a plan says of each campaign, and what is said of everybody one by one. */
type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>;

async function planned(input: PlanInput): Promise<Counts> {
  const { plan } = await buildPlan(input);
  const active = plan.snapshot.campaigns.map(({ id, eligible, left_out }) => {
    const counts = { ...left_out, ...(eligible > 0 && { send: eligible }) };
    return [id, counts] as const;
  });
  return Object.fromEntries(active);
}

/** For `on:` every event of the person, else the person. */
function subjectsOf(campaign: Campaign, userId: string, events: readonly object[]) {
  if (campaign.send.kind !== "on") return [{ userId, eventId: undefined }];
  const own = events as readonly Readonly<Record<string, string>>[];
  return own
    .filter((event) => event["user_id"] === userId && event["event"] === "shipped")
    .map((event) => ({ userId, eventId: event["event_id"] }));
}

test("everybody's verdict is the one that the plan counts", async () => {
  const met = new Set<string>();
  const property = fc.asyncProperty(cases, async ({ world, wheres, priorities, now }) => {
    const { people, events, ledger, guards, page } = world;
    const campaigns = world.campaigns.map((campaign, n) => ({
      ...campaign,
      where: wheres[n] ?? campaign.where,
      priority: priorities[n] ?? 0,
    }));
    const parts: Partial<Workspace> = { guards, page, campaigns, segments };
    const open = await OpenWorld.open({ people, events, ledger, with: () => parts, now });
    const told: Record<string, Record<string, number>> = { first: {}, second: {} };
    try {
      const counted = await planned(inputOf(open, world.triedAt, now));
      for (const { user_id: userId } of people) {
        const alone = await open.onlyOf(String(userId));
        for (const campaign of campaigns) {
          const audience = await alone.audience.beside(alone.workspace);
          const input = { ...inputOf(alone, world.triedAt, now), audience };
          for (const subject of subjectsOf(campaign, String(userId), events)) {
            const explained = await explainCampaign(input, campaign, subject);
            const { verdict, where, rules } = explained;
            const isMatched = !["not_in_segment", "no_occurrence"].includes(verdict);
            met.add(verdict);
            expect(where.holds || !isMatched).toBe(true);
            const first = rules.find(({ outcome }) => outcome === "leaves_out")?.rule ?? "send";
            if (!isMatched) continue;
            expect(first).toBe(verdict);
            const counts = told[campaign.id] ?? {};
            counts[verdict] = (counts[verdict] ?? 0) + 1;
          }
        }
        alone.close();
      }
      expect(told).toEqual(counted);
    } finally {
      open.close();
    }
  });
  await fc.assert(property, { numRuns: 8 });
  expect(met.size).toBeGreaterThan(7);
}, 180_000);
