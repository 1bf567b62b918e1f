import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openUserData } from "../../src/adapters/duckdb/open-user-data.ts";
import { Audience } from "../../src/audience/audience.ts";
import { dueNow } from "../../src/audience/due-now.ts";
import { conditionOver } from "../../src/audience/prepare-candidates.ts";
import type { Values } from "../../src/model/attribute.ts";
import type { Campaign, CampaignTest, Segment, SegmentTest } from "../../src/model/campaign.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { raw, sql } from "../../src/model/sql.ts";
import type { Workspace } from "../../src/model/workspace.ts";
import type { UserData } from "../../src/ports/user-data.ts";

/*
 * What a plan makes of one test's person, with files of her own: the measure for running many
 * tests at a time.
 */

/** `in` or `out`. */
export function judgeSegment(segment: Segment, test: SegmentTest, workspace: Workspace) {
  return overFiles(test, workspace, async ({ engine }) => {
    const holds = conditionOver(segment.where, workspace, { now: test.now, alias: "u" });
    return (await engine.rows(sql`SELECT 1 AS one FROM users u WHERE ${holds}`)).length === 1
      ? ("in" as const)
      : ("out" as const);
  });
}

/** The outcome and, where there is one, the message. */
export function judgeCampaign(campaign: Campaign, test: CampaignTest, workspace: Workspace) {
  const { now } = test;
  return overFiles(test, workspace, async (users, userId) => {
    const audience = await Audience.open({
      workspace,
      users,
      ledger: ledgerOf(test, userId),
      peopleKey: null,
      now,
    });
    const occasion = dueNow(campaign, workspace, { now, zones: users.zones });
    const eventId = campaign.send.kind === "on" ? "trigger" : undefined;
    const found = await audience.inspect({ campaign, occasion }, { userId, eventId });
    if (found === undefined) return { outcome: "no event", message: undefined };
    const { isMatched, reason, rendered } = found;
    const message: JsonObject | undefined =
      rendered.kind === "message" ? rendered.message : undefined;
    return { outcome: isMatched ? (reason ?? "send") : "not_in_segment", message };
  });
}

async function overFiles<Result>(
  test: SegmentTest | CampaignTest,
  workspace: Workspace,
  judge: (users: UserData, userId: string) => Promise<Result>,
): Promise<Result> {
  const root = mkdtempSync(join(tmpdir(), "posthorn-one-"));
  const given: Values = {
    user_id: "test-user",
    ps_id: "7100000000000000",
    last_inbound_at: new Date(test.now).toISOString(),
    opt_in: true,
  };
  const user = { ...given, ...test.user };
  const userId = String(user["user_id"]);
  const trigger = "event" in test && test.event ? [{ ...test.event, event_id: "trigger" }] : [];
  const earlier = test.events.map((event, index) => ({ event_id: `e${index}`, ...event }));
  const events = [...earlier, ...trigger].map((event) => ({ ...event, who: userId }));
  writeFileSync(join(root, "users.json"), JSON.stringify([user]));
  writeFileSync(
    join(root, "events.ndjson"),
    events.map((one) => `${JSON.stringify(one)}\n`).join(""),
  );
  const own = { ...workspace, root, ...sources(workspace) };
  const needed = {
    users: new Set(workspace.users.attributes.keys()),
    events: new Set(workspace.events?.properties.keys()),
  };
  const users = await openUserData(own, needed);
  try {
    const errors = users.diagnostics.filter(({ severity }) => severity === "error");
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return await judge(users, userId);
  } finally {
    users.engine.close();
    rmSync(root, { recursive: true });
  }
}

function sources({ users, events }: Workspace): Pick<Workspace, "users" | "events"> {
  if (events === undefined) throw new Error("the workspace has no events");
  return {
    users: { ...users, files: { ...users.files, pattern: "users.json" } },
    events: { ...events, files: { ...events.files, pattern: "events.ndjson" } },
  };
}

function ledgerOf({ sent }: CampaignTest, userId: string) {
  const rows = sent.map(
    ({ campaign, sentAt }, index) => sql` UNION ALL SELECT ${campaign}, ${`earlier-${index}`},
      ${userId}, NULL, 'sent', NULL, NULL, epoch_ms(${BigInt(sentAt)}::BIGINT),
      epoch_ms(${BigInt(sentAt)}::BIGINT), true`,
  );
  const columns = raw(`SELECT NULL::VARCHAR AS campaign, NULL::VARCHAR AS occurrence,
    NULL::VARCHAR AS user_id, NULL::VARCHAR AS psid, NULL::VARCHAR AS status,
    NULL::VARCHAR AS error_class, NULL::VARCHAR AS revision, NULL::TIMESTAMP AS claimed_at,
    NULL::TIMESTAMP AS settled_at, false AS counts`);
  const all = rows.reduce((before, row) => sql`${before}${row}`, columns);
  return sql`FROM (${all}) WHERE campaign IS NOT NULL`;
}
