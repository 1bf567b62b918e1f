import type { Campaign } from "../model/campaign.ts";
import type { Instant } from "../model/instant.ts";
import { identifier, type Sql, sql } from "../model/sql.ts";
import type { Workspace } from "../model/workspace.ts";
import type { SqlEngine } from "../ports/sql-engine.ts";
import { conditionOver } from "./prepare-candidates.ts";

/** A campaign as one commit has it. */
export interface Version {
  readonly campaign: Campaign;
  readonly workspace: Workspace;
}

/** How many people (for `on`: pairs of event and person) a change brings in, and sends away. */
export interface Moves {
  readonly entering: number;
  readonly leaving: number;
}

/** Compares whom two versions of a campaign match on the same data and clock. */
export async function audienceMoves(
  engine: SqlEngine,
  versions: { readonly before: Version | undefined; readonly after: Version | undefined },
  now: Instant,
): Promise<Moves> {
  const { before, after } = versions;
  if (before === undefined || after === undefined || isByEvent(before) !== isByEvent(after)) {
    // People and pairs of event and person cannot be set against each other.
    return {
      entering: await matchedCount(engine, after, now),
      leaving: await matchedCount(engine, before, now),
    };
  }
  const [was, is] = [matchSql(before, now), matchSql(after, now)];
  const [row] = await engine.rows(sql`SELECT count(*) FILTER (is_in AND NOT was_in) AS entering,
      count(*) FILTER (was_in AND NOT is_in) AS leaving
    FROM (SELECT coalesce(${was}, false) AS was_in, coalesce(${is}, false) AS is_in
      FROM ${pairsSql(after)})`);
  return { entering: Number(row?.["entering"] ?? 0), leaving: Number(row?.["leaving"] ?? 0) };
}

async function matchedCount(
  engine: SqlEngine,
  version: Version | undefined,
  now: Instant,
): Promise<number> {
  if (version === undefined) return 0;
  const [row] = await engine.rows(sql`SELECT count(*) AS matched FROM ${pairsSql(version)}
    WHERE ${matchSql(version, now)}`);
  return Number(row?.["matched"] ?? 0);
}

function isByEvent({ campaign }: Version): boolean {
  return campaign.send.kind === "on";
}

/** Over a user `u`, and for `on` an event `e` of that user. */
function matchSql({ campaign, workspace }: Version, now: Instant): Sql {
  const isMatched = conditionOver(campaign.where, workspace, { now, alias: "u" });
  const { send } = campaign;
  const { events } = workspace;
  if (send.kind !== "on" || events === undefined) return isMatched;
  const isNamed = sql`e.${identifier(events.name)} = ${send.event}`;
  if (send.where === undefined) return sql`(${isMatched} AND ${isNamed})`;
  const isTrigger = conditionOver(send.where, workspace, { now, alias: "e" });
  return sql`(${isMatched} AND ${isNamed} AND ${isTrigger})`;
}

function pairsSql({ campaign, workspace }: Version): Sql {
  const { events, users } = workspace;
  if (campaign.send.kind !== "on" || events === undefined) return sql`users u`;
  return sql`users u JOIN events e ON e.${identifier(events.user)} = u.${identifier(users.id)}`;
}
