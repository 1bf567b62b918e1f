import type { Campaign, CampaignTest, Segment, SegmentTest } from "../model/campaign.ts";
import type { JsonObject } from "../model/json.ts";
import { raw, type Sql } from "../model/sql.ts";
import type { Workspace } from "../model/workspace.ts";
import type { Occasion } from "../schedule/expand-send.ts";
import {
  type Candidates,
  candidatesSql,
  personalVariables,
  type RowOwn,
} from "./candidates-sql.ts";
import { compiledContent } from "./compiled-content.ts";
import { dueNow } from "./due-now.ts";
import { timestampText } from "./history-sql.ts";
import { momentRow } from "./occasion-tables.ts";
import { candidatesOf, conditionOver, quietHoursOf, quietNear } from "./prepare-candidates.ts";
import { valueColumns } from "./row-values.ts";
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
  readonly test: CampaignTest;
  readonly candidates: Candidates;
  /** Gives the verdict of the test's user, in the segment or not. */
  readonly verdict: Sql;
  /** The names of the variables that the verdict's columns v0, v1, … hold. */
  readonly variables: readonly string[];
}

export type TestCase = SegmentCase | CampaignCase;

/** Every test of a workspace, each judged in a world of its own. */
export function testCases(workspace: Workspace): TestCase[] {
  const cases: TestCase[] = [];
  const site: Site = {
    workspace,
    own: withKeys(workspace),
    rootIds: rootIdsOf(workspace),
    variables: variablesByKind(workspace),
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
  readonly variables: ReadonlyMap<boolean, ReadonlySet<string>>;
}

interface Spot extends Site {
  readonly key: string;
}

function at(site: Site, before: readonly TestCase[]): Spot {
  return { ...site, key: `test ${before.length}` };
}

function withKeys(workspace: Workspace): Workspace {
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

/** What the messages with tests use, of campaigns that events set off (true) and of others. */
function variablesByKind(workspace: Workspace): ReadonlyMap<boolean, ReadonlySet<string>> {
  const names = new Map([true, false].map((isEvent) => [isEvent, new Set<string>()]));
  for (const campaign of workspace.campaigns.filter(({ tests }) => tests.length > 0)) {
    const { variables } = compiledContent(campaign, workspace);
    for (const name of variables) names.get(campaign.send.kind === "on")?.add(name);
  }
  return names;
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
  const rowOwn: RowOwn = { personId: workspace.users.id, carried: VALUES };
  const candidates = candidatesOf({ campaign, occasion }, own, { now, rowOwn });
  const asked = forEverybody(candidates, spot.variables);
  return {
    kind: "campaign",
    test,
    subject,
    isMatched: candidates.isMatched,
    candidates,
    verdict: candidatesSql(asked),
    variables: personalVariables(asked).map(({ attribute }) => attribute.name),
    ledger: ledgerOf(test, spot),
    moments: momentsOf(occasion, { now, quietHours: quietHoursOf(campaign, workspace), key }),
    quiet: occasion === null ? quietOf(campaign, test, { zones, ...spot }) : [],
  };
}

/** Conditions are asked by themselves, and other campaigns' variables too: fewer texts differ. */
function forEverybody(candidates: Candidates, byKind: Site["variables"]): Candidates {
  const { campaign, content } = candidates;
  const isEvent = campaign.send.kind === "on";
  const variables = byKind.get(isEvent) ?? content.variables;
  const isTrigger = isEvent ? raw("true") : null;
  return { ...candidates, isMatched: raw("true"), isTrigger, content: { ...content, variables } };
}

const VALUES = valueColumns();

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
