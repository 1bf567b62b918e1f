import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openDuckdb } from "../../src/adapters/duckdb/duckdb-engine.ts";
import { runTests } from "../../src/audience/run-tests.ts";
import type { CampaignTest, SegmentTest } from "../../src/model/campaign.ts";
import type { Workspace } from "../../src/model/workspace.ts";
import { campaignTest, segmentTest } from "./arbitrary-tests.ts";
import { manyCampaigns } from "./many-campaigns.ts";
import { judgeCampaign, judgeSegment } from "./one-test.ts";

/** Made by the first test that asks: its files are gone when that test ends. */
let made: Workspace | undefined;
const manyOnce = (): Workspace => {
  made ??= manyCampaigns();
  return made;
};
const PER_SEGMENT = 2;
const PER_CAMPAIGN = 5;

const A_TEST: CampaignTest = {
  name: "any",
  user: {},
  events: [],
  now: Date.parse("2026-12-01T09:30:00Z"),
  expectedAt: (path) => ({ file: `expect ${path.join(".")}`, line: 8, column: 5 }),
  event: undefined,
  sent: [],
  expect: { outcome: "send", message: { text: "Hi Bo" } },
};

const ANA = {
  country: "DE",
  note: "Ana",
  joined_at: "2026-11-30T10:00:00Z",
  born: "1990-01-01",
  ltv: 1.5,
};

/** The workspace with other tests than its own. */
function withTests(
  ofSegment: ReadonlyMap<string, readonly SegmentTest[]>,
  ofCampaign: ReadonlyMap<string, readonly CampaignTest[]>,
): Workspace {
  const segments = [...manyOnce().segments].map(
    ([id, segment]) => [id, { ...segment, tests: ofSegment.get(id) ?? [] }] as const,
  );
  const campaigns = manyOnce().campaigns.map((campaign) => ({
    ...campaign,
    tests: ofCampaign.get(campaign.id) ?? [],
  }));
  return { ...manyOnce(), segments: new Map(segments), campaigns };
}

async function run(workspace: Workspace) {
  const engine = await openDuckdb();
  try {
    return await runTests(workspace, () => engine);
  } finally {
    engine.close();
  }
}

async function failures(workspace: Workspace): Promise<string[]> {
  return (await run(workspace)).map(({ diagnostic }) => diagnostic.detail);
}

/** Random tests that expect what a plan makes of each person alone. */
async function judgedTests(seed: number) {
  const ofSegment = new Map<string, SegmentTest[]>();
  const ofCampaign = new Map<string, CampaignTest[]>();
  const people = manyOnce().segments.size * PER_SEGMENT;
  const segmentTests = fc.sample(segmentTest, { seed, numRuns: people });
  for (const [id, segment] of manyOnce().segments) {
    const own: SegmentTest[] = [];
    for (const one of segmentTests.splice(0, PER_SEGMENT)) {
      const expected = await judgeSegment(segment, one, manyOnce());
      own.push({ ...one, name: JSON.stringify([id, one]), expect: expected });
    }
    ofSegment.set(id, own);
  }
  const count = manyOnce().campaigns.length * PER_CAMPAIGN;
  const campaignTests = fc.sample(campaignTest, { seed, numRuns: count });
  for (const campaign of manyOnce().campaigns) {
    const own: CampaignTest[] = [];
    for (const one of campaignTests.splice(0, PER_CAMPAIGN)) {
      const expected = await judgeCampaign(campaign, one, manyOnce());
      own.push({ ...one, name: JSON.stringify([campaign.id, one]), expect: expected });
    }
    ofCampaign.set(campaign.id, own);
  }
  return { ofSegment, ofCampaign };
}

describe("tests run many at a time", () => {
  test("come out as a plan judges each person alone", async () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const { ofSegment, ofCampaign } = await judgedTests(seed);
    expect(await failures(withTests(ofSegment, ofCampaign)), `seed ${seed}`).toEqual([]);
    // The people are such that most rules get to speak.
    const outcomes = new Set([...ofCampaign.values()].flat().map((one) => one.expect.outcome));
    expect(outcomes.size).toBeGreaterThan(5);
    const flipped = [...ofSegment].map(([id, own]) => [id, own.map(flip)] as const);
    expect(await failures(withTests(new Map(flipped), new Map()))).toHaveLength(
      manyOnce().segments.size * PER_SEGMENT,
    );
  });

  test("find in a person what no file could hold", async () => {
    const note = "\u0000 and \ud800";
    const one = { ...A_TEST, user: { ...ANA, note } };
    const message = {
      text: "Hi \u0000 and \ufffd, Acme of DE 2026-11-30T11:00:00+01:00 1990-01-01 1.5",
    };
    const held = new Map([["once", [{ ...one, expect: { outcome: "send", message } }]]]);
    expect(await failures(withTests(new Map(), held))).toEqual([]);
  });

  test("say at which test another outcome or message comes out", async () => {
    const wrong = [
      { ...A_TEST, name: "is sent", user: { country: "AT" } },
      { ...A_TEST, name: "is greeted", user: ANA },
    ];
    const found = await run(withTests(new Map(), new Map([["once", wrong]])));
    expect(found.map(({ diagnostic }) => diagnostic)).toMatchObject([
      {
        code: "TEST_FAILED",
        severity: "error",
        at: { file: "expect outcome" },
        detail: '"is sent" expects send, and it is not_in_segment.',
      },
      {
        code: "TEST_FAILED",
        at: { file: "expect message.text" },
        detail: expect.stringContaining("text: Hi [-Bo-]{+Ana, Acme of DE"),
      },
    ]);
    expect(found.map(({ rendered }) => rendered)).toMatchObject([
      null,
      { file: "campaigns/once.yaml", test: 1, message: { text: expect.stringMatching(/^Hi Ana/) } },
    ]);
  });

  test("need no engine where there are none", async () => {
    const refused = () => Promise.reject(new Error("opened an engine"));
    expect(await runTests(withTests(new Map(), new Map()), refused)).toEqual([]);
  });
});

function flip(one: SegmentTest): SegmentTest {
  return { ...one, expect: one.expect === "in" ? "out" : "in" };
}
