import type { CompiledContent, RenderValues } from "../message/compile-content.ts";
import type { Campaign } from "../model/campaign.ts";
import { chance } from "../model/chance.ts";
import { identifier, raw, type Sql, sql } from "../model/sql.ts";
import type { Workspace } from "../model/workspace.ts";
import type { Cell, SqlEngine } from "../ports/sql-engine.ts";
import { type PersonalVariable, personalVariables } from "./candidates-sql.ts";

/** What a campaign's message makes of one user, whether or not they would get it. */
export interface PersonValues {
  /** IANA; the workspace's where theirs is missing. */
  readonly zone: string;
  readonly locale: string | null;
  readonly variant: string | null;
  /** By the names that templates use. */
  readonly values: RenderValues;
  /** The event that the values of `event.…` are from; null: there is none. */
  readonly eventId: string | null;
}

interface Source {
  readonly campaign: Campaign;
  readonly workspace: Workspace;
  readonly content: CompiledContent;
}

/** One user's values; for `on:` with their latest event, or the one named. */
export async function readPersonValues(
  engine: SqlEngine,
  source: Source,
  { userId, eventId }: { readonly userId: string; readonly eventId: string | undefined },
): Promise<PersonValues | undefined> {
  const { campaign, workspace, content } = source;
  const { users, events } = workspace;
  const variables = personalVariables(source);
  const columns = variables.map(({ column }, index) => sql`, ${column} AS ${raw(`v${index}`)}`);
  const locale = users.locale === undefined ? raw("NULL") : sql`u.${identifier(users.locale)}`;
  const event = campaign.send.kind === "on" ? events : undefined;
  const found = event && sql`, e.${identifier(event.id)} AS event_id`;
  const isNamed =
    event && eventId !== undefined ? sql`AND ${identifier(event.id)} = ${eventId}` : raw("");
  const latest =
    event &&
    sql`LEFT JOIN (SELECT * FROM events
      WHERE ${identifier(event.user)} = ${userId} AND ${triggers(source)} ${isNamed}
      ORDER BY ${identifier(event.at)} DESC, ${identifier(event.id)} LIMIT 1) e ON true`;
  const [row] = await engine.rows(sql`SELECT u."posthorn:zone" AS zone, ${locale} AS locale
    ${found ?? raw("")} ${columns.reduce((all, one) => sql`${all}${one}`, raw(""))}
    FROM users u ${latest ?? raw("")} WHERE u.${identifier(users.id)} = ${userId}`);
  if (row === undefined) return undefined;
  const x = chance("variant", campaign.rootId, userId);
  return {
    zone: String(row["zone"]),
    locale: row["locale"] as string | null,
    variant: content.variants.find(({ to }) => x < to)?.name ?? null,
    values: valuesOf(variables, row),
    eventId: (row["event_id"] ?? null) as string | null,
  };
}

/** The longest value that the data has of each variable; of those of equal length the first. */
export async function readLongestValues(engine: SqlEngine, source: Source): Promise<RenderValues> {
  const found: [string, Cell][] = [];
  for (const { attribute, column } of personalVariables(source)) {
    const from = attribute.name.startsWith("event.")
      ? sql`events e WHERE ${triggers(source)} AND`
      : raw("users u WHERE");
    const [row] = await engine.rows(sql`SELECT x FROM (SELECT ${column} AS x FROM ${from} true)
      WHERE x IS NOT NULL ORDER BY ${LENGTHS[attribute.type] ?? raw("x")} DESC, x LIMIT 1`);
    if (row !== undefined) found.push([attribute.name, row["x"] ?? null]);
  }
  return Object.fromEntries(found) as RenderValues;
}

/** UTF-16 units: one for each character, one more beyond U+FFFF. */
const UNITS = "length(x) + length(regexp_replace(x, '[^\\x{10000}-\\x{10FFFF}]', '', 'g'))";

/** What is longer when printed, by type; else the greater counts as such. */
const LENGTHS: Readonly<Partial<Record<PersonalVariable["attribute"]["type"], Sql>>> = {
  string: raw(UNITS),
  number: raw("length(x::VARCHAR)"),
  integer: raw("length(x::VARCHAR)"),
  "string[]": raw("length(array_to_string(x, ','))"),
};

/** Over a row of events: whether it has the campaign's name. */
function triggers({ campaign: { send }, workspace: { events } }: Source): Sql {
  if (send.kind !== "on" || events === undefined) return raw("false");
  return sql`${identifier(events.name)} = ${send.event}`;
}

function valuesOf(
  variables: readonly PersonalVariable[],
  row: Readonly<Record<string, Cell>>,
): RenderValues {
  const pairs = variables.map(({ attribute }, index) => [attribute.name, row[`v${index}`] ?? null]);
  return Object.fromEntries(pairs) as RenderValues;
}
