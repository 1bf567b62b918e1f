import type { InboundFact } from "../model/inbound-fact.ts";
import { identifier, join, literal, raw, type Sql, sql } from "../model/sql.ts";
import type { EventSource, JoinRule, Workspace } from "../model/workspace.ts";
import { joinKeySql, joinValueSql } from "./join-sql.ts";

/*
 * What people told the page, folded and joined to the user data. The relations:
 *   users_source     the user data as it is
 *   inbound_log      a row for each fact of the log; the same fact may stand there twice
 *   inbound_people   one row for each PSID: last_ms, consent, consent_ms
 *   inbound_claims   which user each PSID may be, by the rules of posthorn.yaml
 *   inbound_users    one row for each PSID whose user is known: psid, user_id and the facts
 *   inbound_others   the PSIDs of anonymous users, with the facts
 * The order in which facts stand in the log changes none of them.
 */

/** A file of the log. */
export interface LogFile {
  readonly path: string;
  /** Whether its last line may be half a line, which then does not count. */
  readonly torn: boolean;
}

/** What an anonymous user's id begins with; the PSID follows. */
export const ANONYMOUS = "messenger:";

type Column = keyof InboundFact;

const TYPES: Readonly<Record<Column, string>> = {
  key: "VARCHAR",
  kind: "VARCHAR",
  psid: "VARCHAR",
  at: "BIGINT",
  opens: "BOOLEAN",
  consent: "BOOLEAN",
  text: "VARCHAR",
  payload: "VARCHAR",
  title: "VARCHAR",
  ref: "VARCHAR",
  email: "VARCHAR",
  phone: "VARCHAR",
  reaction: "VARCHAR",
};

/** The facts that an event of a person carries as properties, where they are declared so. */
const PROPERTIES = ["text", "payload", "title", "ref", "reaction"] as const;

/** Makes `inbound_log` of the files. */
export function logSql(files: readonly LogFile[], { people, events }: Workspace): Sql {
  const names = new Set<Column>(["kind", "psid", "at", "opens", "consent"]);
  for (const { identifier: name } of people.join) names.add(name);
  if (events !== undefined) {
    for (const name of ["key", ...toldProperties(events)] as const) names.add(name);
  }
  const columns = [...names];
  const readers = [true, false].flatMap((torn) => {
    const paths = files.filter((file) => file.torn === torn).map(({ path }) => literal(path));
    if (paths.length === 0) return [];
    return sql`SELECT ${join(columns.map(identifier), ", ")} FROM read_json(
      [${join(paths, ", ")}], format = 'newline_delimited', ignore_errors = ${raw(String(torn))},
      columns = {${raw(columns.map((name) => `"${name}": '${TYPES[name]}'`).join(", "))}})
      WHERE psid IS NOT NULL`;
  });
  const none = raw(`SELECT ${columns.map((name) => `NULL::${TYPES[name]} AS "${name}"`).join(", ")}
    WHERE false`);
  return sql`CREATE OR REPLACE TEMP TABLE inbound_log AS
    ${readers.length === 0 ? none : join(readers, " UNION ALL ")}`;
}

/** Those of them that the workspace declares. */
export function toldProperties({ properties }: EventSource): (typeof PROPERTIES)[number][] {
  return PROPERTIES.filter((name) => properties.get(name)?.type === "string");
}

/** Makes `inbound_people`: of two answers of one instant the no counts. */
export const PEOPLE_SQL: Sql = raw(`CREATE OR REPLACE TEMP TABLE inbound_people AS
  SELECT psid, max("at") FILTER (WHERE opens) AS last_ms,
    arg_max(consent, 2 * "at" + CASE WHEN consent THEN 0 ELSE 1 END)
      FILTER (WHERE consent IS NOT NULL) AS consent,
    max("at") FILTER (WHERE consent IS NOT NULL) AS consent_ms
  FROM inbound_log GROUP BY psid`);

/** Makes `inbound_claims`: each PSID with each user that it may be, and since when. */
export function claimsSql({ people, users }: Workspace): Sql {
  const id = sql`u.${identifier(users.id)}`;
  const own = sql`SELECT p.psid, ${id} AS user_id, 0 AS since_ms FROM inbound_people p
    JOIN users_source u ON ${id} = ${literal(ANONYMOUS)} || p.psid`;
  const byRule = people.join.map((rule) => claimSql(rule, id));
  return sql`CREATE OR REPLACE TEMP TABLE inbound_claims AS
    SELECT psid, user_id, min(since_ms) AS since_ms
    FROM (${join([own, ...byRule], " UNION ALL ")}) GROUP BY psid, user_id`;
}

function claimSql(rule: JoinRule, id: Sql): Sql {
  const told = identifier(rule.identifier);
  const isOptin = raw(rule.identifier === "payload" ? "kind = 'optin'" : "true");
  const attribute = sql`u.${identifier(rule.attribute)}`;
  return sql`SELECT l.psid, ${id} AS user_id, l.since_ms FROM (
      SELECT psid, ${joinValueSql(rule, told)} AS value, min("at") AS since_ms
      FROM inbound_log WHERE ${told} IS NOT NULL AND ${isOptin} GROUP BY 1, 2) l
    JOIN users_source u ON ${joinKeySql(rule, attribute)} = l.value
    WHERE l.value <> ''`;
}

/**
 * Makes `inbound_users`. A PSID that the data has is that user's. Any other is the user's that it
 * claims to be, if it claims one, that user has no PSID, and nobody claimed it before.
 */
export function usersSql({ users }: Workspace): Sql {
  const [id, psid] = [identifier(users.id), identifier(users.psid)];
  return sql`CREATE OR REPLACE TEMP TABLE inbound_users AS
    WITH known AS (SELECT ${id} AS user_id, ${psid} AS psid FROM users_source
        WHERE ${psid} IS NOT NULL),
      found AS (SELECT k.psid, k.user_id FROM known k SEMI JOIN inbound_people p USING (psid)),
      sole AS (SELECT psid, any_value(user_id) AS user_id, min(since_ms) AS since_ms
        FROM inbound_claims c ANTI JOIN found f ON f.psid = c.psid
        GROUP BY psid HAVING count(*) = 1),
      free AS (SELECT * FROM sole s ANTI JOIN known k ON k.user_id = s.user_id),
      joined AS (SELECT psid, user_id FROM free
        QUALIFY row_number() OVER (PARTITION BY user_id ORDER BY since_ms, psid) = 1)
    SELECT p.*, t.user_id, t.joined FROM inbound_people p
    JOIN (SELECT psid, user_id, false AS joined FROM found
      UNION ALL SELECT psid, user_id, true FROM joined) t ON t.psid = p.psid`;
}

/** Makes `inbound_others`. */
export function othersSql({ users }: Workspace): Sql {
  return sql`CREATE OR REPLACE TEMP TABLE inbound_others AS
    SELECT p.*, ${literal(ANONYMOUS)} || p.psid AS user_id FROM inbound_people p
    ANTI JOIN inbound_users t ON t.psid = p.psid
    WHERE user_id NOT IN (SELECT ${identifier(users.id)} FROM users_source
      WHERE ${identifier(users.id)} IS NOT NULL)`;
}

/**
 * Counts: `people` that wrote, of them `anonymous` ones and those `joined` by a rule, and PSIDs
 * that claim to be several users (`several_users`), or one who has another PSID (`second_psid`).
 */
export const COUNTS_SQL: Sql = raw(`WITH claimed AS (
    SELECT c.psid, count(*) AS users, bool_or(t.psid IS NOT NULL) AS is_joined,
      count(*) FILTER (WHERE t.psid IS NOT NULL AND t.user_id <> c.user_id) AS others
    FROM inbound_claims c LEFT JOIN inbound_users t ON t.psid = c.psid GROUP BY c.psid)
  SELECT (SELECT count(*) FROM inbound_people) AS people,
    (SELECT count(*) FROM inbound_others) AS anonymous,
    (SELECT count(*) FROM inbound_users WHERE joined) AS joined,
    count(*) FILTER (WHERE others > 0 OR (NOT is_joined AND users > 1)) AS several_users,
    count(*) FILTER (WHERE NOT is_joined AND users = 1) AS second_psid
  FROM claimed`);
