import type { Values } from "../model/attribute.ts";
import type { CampaignTest, SegmentTest } from "../model/campaign.ts";
import { formatInstant } from "../model/instant.ts";
import { join, type Sql, sql } from "../model/sql.ts";
import type { EventSource, Workspace } from "../model/workspace.ts";
import { timestampSql } from "./history-sql.ts";

/** The event that sets off the campaign of a test. */
export const TEST_EVENT = "posthorn:test-event";

/** The data of one test: psid, consent and an open window are given unless it says otherwise. */
export interface TestData {
  readonly userId: string;
  readonly users: readonly Values[];
  readonly events: readonly Values[];
}

export function testData(test: SegmentTest | CampaignTest, workspace: Workspace): TestData {
  const { users } = workspace;
  const given: Values = {
    [users.id]: "test-user",
    [users.psid]: "7100000000000000",
    ...(users.lastInbound && { [users.lastInbound]: formatInstant(test.now) }),
    ...(users.consent !== "assumed" && { [users.consent.column]: true }),
  };
  const user = { ...given, ...test.user };
  const userId = String(user[users.id]);
  return { userId, users: [user], events: testEvents(test, userId, workspace.events) };
}

function testEvents(
  test: SegmentTest | CampaignTest,
  userId: string,
  source: EventSource | undefined,
): Values[] {
  if (source === undefined) return [];
  const earlier = test.events.map((event, index) => ({
    [source.id]: `posthorn:earlier-${index}`,
    ...event,
  }));
  const trigger = "event" in test && test.event ? [{ ...test.event, [source.id]: TEST_EVENT }] : [];
  return [...earlier, ...trigger].map((event) => ({ ...event, [source.user]: userId }));
}

/** The ledger of a test: its `sent:` list. */
export function testLedgerSql(test: CampaignTest, userId: string, workspace: Workspace): Sql {
  const rootIds = new Map(workspace.campaigns.map(({ id, rootId }) => [id, rootId]));
  const rows = test.sent.map(
    ({ campaign, sentAt }, index) => sql`(${rootIds.get(campaign) ?? campaign},
      ${`posthorn:earlier-${index}`}, ${userId}, ${timestampSql(sentAt)})`,
  );
  const sent = rows.length === 0 ? [sql`(NULL, NULL, NULL, NULL::TIMESTAMP)`] : rows;
  return sql`SELECT campaign, occurrence, user_id, NULL::VARCHAR AS psid, 'sent' AS status,
      NULL::VARCHAR AS error_class, NULL::VARCHAR AS revision, sent_at AS claimed_at,
      sent_at AS settled_at, true AS counts
    FROM (VALUES ${join(sent, ", ")}) t(campaign, occurrence, user_id, sent_at)
    WHERE campaign IS NOT NULL`;
}
