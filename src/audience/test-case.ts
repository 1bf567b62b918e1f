import type { Campaign, CampaignTest, Segment, SegmentTest } from "../model/campaign.ts";
import type { JsonObject } from "../model/json.ts";
import type { Sql } from "../model/sql.ts";
import type { Workspace } from "../model/workspace.ts";
import type { Occasion } from "../schedule/expand-send.ts";
import { dueNow } from "./due-now.ts";
import { timestampText } from "./history-sql.ts";
import { momentRow } from "./occasion-tables.ts";
import { conditionOver, quietHoursOf, quietNear, triggerOf } from "./prepare-candidates.ts";
import { TEST_KEY, type TestSubject, testSubject } from "./test-subject.ts";

/** A test with the rows that it is about, and what is asked about them. */
interface Case {
  readonly subject: TestSubject;
  readonly isMatched: Sql;
  readonly ledger: readonly JsonObject[];
  readonly moments: readonly JsonObject[];
  readonly quiet: readonly JsonObject[];
}

export interface SegmentCase extends Case {
  readonly kind: "segment";
  readonly test: SegmentTest;
}

export interface CampaignCase extends Case {
  readonly kind: "campaign";
  readonly campaign: Campaign;
  readonly test: CampaignTest;
  /** Null where no event sets the campaign off. */
  readonly isTrigger: Sql | null;
}

export type TestCase = SegmentCase | CampaignCase;

/** Every test of a workspace, each judged in a world of its own. */
export function testCases(workspace: Workspace): TestCase[] {
  const cases: TestCase[] = [];
  const site: Site = {
    workspace,
    own: withKeys(workspace),
    rootIds: rootIdsOf(workspace),
  };
  for (const segment of workspace.segments.values()) {
    for (const test of segment.tests) cases.push(segmentCase(segment, test, at(site, cases)));
  }
  for (const campaign of workspace.campaigns) {
    for (const test of campaign.tests) cases.push(campaignCase(campaign, test, at(site, cases)));
  }
  return cases;
}

interface Site {
  readonly workspace: Workspace;
  /** The same with the tests' keys for the ids of users: rows of one test belong together. */
  readonly own: Workspace;
  readonly rootIds: ReadonlyMap<string, string>;
}

interface Spot extends Site {
  readonly key: string;
}

function at(site: Site, before: readonly TestCase[]): Spot {
  return { ...site, key: `test ${before.length}` };
}

/** The workspace as the relations of all tests have it: users and events by the tests' keys. */
export function withKeys(workspace: Workspace): Workspace {
  const { users, events } = workspace;
  return {
    ...workspace,
    users: { ...users, id: TEST_KEY },
    events: events && { ...events, user: TEST_KEY },
  };
}

function rootIdsOf({ campaigns }: Workspace): ReadonlyMap<string, string> {
  return new Map(campaigns.map(({ id, rootId }) => [id, rootId]));
}

function segmentCase(segment: Segment, test: SegmentTest, spot: Spot): SegmentCase {
  const over = { now: test.now, personId: spot.workspace.users.id, alias: "u" } as const;
  return {
    kind: "segment",
    test,
    subject: testSubject(test, spot.key, spot.workspace),
    isMatched: conditionOver(segment.where, spot.own, over),
    ledger: [],
    moments: [],
    quiet: [],
  };
}

function campaignCase(campaign: Campaign, test: CampaignTest, spot: Spot): CampaignCase {
  const { now } = test;
  const { own, workspace, key } = spot;
  const subject = testSubject(test, key, workspace);
  const zones = [subject.zone];
  const occasion = dueNow(campaign, workspace, { now, zones });
  const over = { now, personId: workspace.users.id };
  return {
    kind: "campaign",
    campaign,
    test,
    subject,
    isMatched: conditionOver(campaign.where, own, { ...over, alias: "u" }),
    isTrigger: triggerOf(campaign, own, over),
    ledger: ledgerOf(test, spot),
    moments: momentsOf(occasion, { now, quietHours: quietHoursOf(campaign, workspace), key }),
    quiet: occasion === null ? quietOf(campaign, test, { zones, ...spot }) : [],
  };
}

/** The ledger of a test: its `sent:` list. */
function ledgerOf(test: CampaignTest, { key, rootIds }: Spot): JsonObject[] {
  return test.sent.map(({ campaign, sentAt }, index) => ({
    campaign: rootIds.get(campaign) ?? campaign,
    occurrence: `posthorn:earlier-${index}`,
    user_id: key,
    status: "sent",
    claimed_at: timestampText(sentAt),
    settled_at: timestampText(sentAt),
    counts: true,
  }));
}

function momentsOf(
  occasion: Occasion | null,
  at: Parameters<typeof momentRow>[1] & { readonly key: string },
): JsonObject[] {
  return (occasion?.moments ?? []).map((moment) => ({ ...momentRow(moment, at), zone: at.key }));
}

function quietOf(
  campaign: Campaign,
  { now }: CampaignTest,
  { workspace, zones, key }: Spot & { readonly zones: readonly string[] },
): JsonObject[] {
  return quietNear(campaign, workspace, { zones, now }).map(({ from, to }) => ({
    zone: key,
    from_at: timestampText(from),
    to_at: timestampText(to),
  }));
}
