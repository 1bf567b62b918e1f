import type { CompiledContent } from "../message/compile-content.ts";
import type { Attribute, AttributeType } from "../model/attribute.ts";
import { chanceSql } from "../model/chance.ts";
import { identifier, join, raw, type Sql, sql } from "../model/sql.ts";
import { consentSql } from "./consent-sql.ts";
import { timestampSql } from "./history-sql.ts";
import { type Judgement, reasonJoins, reasonSql } from "./verdict-sql.ts";

/** A variable of a message that differs from person to person, as a column of the candidates. */
export interface PersonalVariable {
  /** Under the name that templates use: `first_name`, `event.order_id`. */
  readonly attribute: Attribute;
  readonly column: Sql;
}

/** What rows bring along where the tests of many campaigns are judged in one statement. */
export interface RowOwn {
  /** The users' column with the person's id; the workspace's id column then tells tests apart. */
  readonly personId: string;
  /** Columns that stand in place of bound values, further ones of the row `c`. */
  readonly carried: Sql;
}

/** A campaign's people in SQL: everything its verdict, its message and its sending need. */
export interface Candidates extends Judgement {
  readonly content: CompiledContent;
  /** Over a row `u` of users (and `e` of events): whether the person is in the segment. */
  readonly isMatched: Sql;
  /** For `on:`: over a row `e` of events, whether it sets the campaign off. */
  readonly isTrigger: Sql | null;
  readonly rowOwn?: RowOwn;
}

/**
 * Every matched person (for `on`: every pair of event and person) with the verdict. Columns:
 * reason, user_id, psid, occurrence, last_inbound, due_at, late_at, person_zone, variant, locale
 * and zone (NULL where the message does not depend on it), v0, v1, ….
 */
export function candidatesSql(candidates: Candidates): Sql {
  const variables = personalVariables(candidates);
  const columns = variables.map((_, index) => raw(`c.v${index}`));
  return sql`SELECT ${reasonSql(candidates)} AS reason, c.user_id, c.psid, c.occurrence,
    c.last_inbound, c.due_at, c.late_at, c.zone AS person_zone,
    ${variantSql(candidates)} AS variant,
    ${usesLocale(candidates.content) ? raw("c.locale") : raw("NULL::VARCHAR AS locale")},
    ${usesZone(variables) ? raw("c.zone") : raw("NULL::VARCHAR")} AS zone
    ${join(
      columns.map((column) => sql`, ${column}`),
      "",
    )}
    FROM ${candidateRowsSql(candidates)}`;
}

/** The FROM clause over matched rows `c` with the joins that the rules' conditions rely on. */
export function candidateRowsSql(candidates: Candidates): Sql {
  const matched = matchedSql(candidates, personalVariables(candidates));
  return sql`(${matched}) c ${reasonJoins(candidates)}`;
}

/** The variables whose values come from the person or the event, in the order of v0, v1, …. */
export function personalVariables({
  workspace,
  content,
}: Pick<Candidates, "workspace" | "content">): PersonalVariable[] {
  return [...content.variables].sort().flatMap((name) => {
    const isEvent = name.startsWith("event.");
    const source = isEvent ? workspace.events?.properties : workspace.users.attributes;
    const attribute = source?.get(isEvent ? name.slice("event.".length) : name);
    if (attribute === undefined) return []; // a constant of `vars:`
    const column = sql`${raw(isEvent ? "e" : "u")}.${identifier(attribute.name)}`;
    return [{ attribute: { ...attribute, name }, column: cellSql(column, attribute.type) }];
  });
}

function usesLocale({ variants, locales }: CompiledContent): boolean {
  const names = variants.length === 0 ? [null] : variants.map(({ name }) => name);
  return names.some((name) => locales(name).length > 0);
}

/** Whether rendering depends on the person's zone: only instants are written in it. */
function usesZone(variables: readonly PersonalVariable[]): boolean {
  return variables.some((variable) => variable.attribute.type === "timestamp");
}

/** As messages take it: instants in milliseconds, dates as text. */
export function cellSql(column: Sql, type: AttributeType): Sql {
  if (type === "timestamp") return sql`epoch_ms(${column})`;
  if (type === "date") return sql`strftime(${column}, '%Y-%m-%d')`;
  return column;
}

function matchedSql(candidates: Candidates, variables: readonly PersonalVariable[]): Sql {
  const { workspace, isMatched, isTrigger } = candidates;
  const values = variables.map(({ column }, index) => sql`, ${column} AS ${raw(`v${index}`)}`);
  const person = sql`${personSql(candidates)}${join(values, "")}`;
  if (isTrigger === null) {
    return sql`SELECT ${person}, m.occurrence, m.due_at, m.send_at, m.late_at, m.closed, m.quiet_now
      FROM users u LEFT JOIN moments m ON m.zone = u."posthorn:zone" WHERE ${isMatched}`;
  }
  return sql`SELECT ${person}, ${eventMomentSql(candidates)}
    FROM ${triggersSql(candidates, isTrigger)} e
    JOIN users u ON u.${identifier(workspace.users.id)} = e."posthorn:user"
    LEFT JOIN quiet q ON q.zone = u."posthorn:zone"
      AND q.from_at <= e."posthorn:due" AND e."posthorn:due" < q.to_at
    LEFT JOIN quiet n ON n.zone = u."posthorn:zone"
      AND n.from_at <= ${timestampSql(candidates.now)} AND ${timestampSql(candidates.now)} < n.to_at
    WHERE ${isMatched}`;
}

function personSql({ workspace: { users }, rowOwn }: Candidates): Sql {
  const column = (name: string | undefined, type: string) =>
    name === undefined ? raw(`NULL::${type}`) : sql`u.${identifier(name)}`;
  const personId = identifier(rowOwn?.personId ?? users.id);
  const carried = rowOwn === undefined ? raw("") : sql`, ${rowOwn.carried}`;
  return sql`u.${identifier(users.id)} AS user_id, u.${personId} AS person_id,
    u.${identifier(users.psid)} AS psid, ${consentSql(users, raw("u"))} AS consent,
    ${column(users.lastInbound, "TIMESTAMP")} AS last_inbound,
    ${column(users.locale, "VARCHAR")} AS locale, u."posthorn:zone" AS zone${carried}`;
}

/** The events that set the campaign off, with their due instant. */
function triggersSql({ workspace, campaign }: Candidates, isTrigger: Sql): Sql {
  const { events } = workspace;
  if (events === undefined || campaign.send.kind !== "on") return raw("(SELECT NULL)");
  return sql`(SELECT e.*, e.${identifier(events.user)} AS "posthorn:user",
      e.${identifier(events.id)} AS "posthorn:id",
      e.${identifier(events.at)} + to_milliseconds(${campaign.send.delayMs}) AS "posthorn:due"
    FROM events e
    WHERE e.${identifier(events.name)} = ${campaign.send.event} AND ${isTrigger})`;
}

function eventMomentSql({ campaign }: Candidates): Sql {
  const sendAt = raw(`coalesce(q.to_at, e."posthorn:due")`);
  const lateByMs = campaign.send.lateByMs ?? 0;
  return sql`e."posthorn:id" AS occurrence, e."posthorn:due" AS due_at, ${sendAt} AS send_at,
    ${sendAt} + to_milliseconds(${lateByMs}) AS late_at, false AS closed,
    n.zone IS NOT NULL AS quiet_now`;
}

/** The variant whose share of [0, 1) the person's chance falls into; NULL without variants. */
function variantSql({ campaign, content }: Candidates): Sql {
  if (content.variants.length === 0) return raw("NULL::VARCHAR");
  const chance = chanceSql("variant", campaign.rootId, raw("c.person_id"));
  const cases = content.variants.map(({ name, to }) => sql`WHEN t.x < ${to} THEN ${name}`);
  return sql`(SELECT CASE ${join(cases, " ")} END FROM (SELECT ${chance} AS x) t)`;
}
