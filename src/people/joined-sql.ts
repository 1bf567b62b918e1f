import { identifier, join, literal, raw, type Sql, sql } from "../model/sql.ts";
import type { EventSource, UserSource, Workspace } from "../model/workspace.ts";
import { toldProperties } from "./inbound-sql.ts";

/** A column that is true where somebody took back consent that is else assumed. */
export const OPTED_OUT: Sql = raw(`"posthorn:opted_out"`);

/**
 * Makes `users_read`: the user data with what people told the page, the newer fact of both, and the
 * anonymous users below. A view, so that Parquet is still read where it lies.
 */
export function joinedUsersSql({ users }: Workspace): Sql {
  const own = ownColumns(users);
  const replaced = own.map(({ name, known }) => sql`${known} AS ${identifier(name)}`);
  const added = own.map(({ name, told }) => sql`${told} AS ${identifier(name)}`);
  return sql`CREATE OR REPLACE TEMP VIEW users_read AS
    SELECT u.* REPLACE (${join(replaced, ", ")}), t.consent IS FALSE AS ${OPTED_OUT}
    FROM users_source u LEFT JOIN inbound_users t ON t.user_id = u.${identifier(users.id)}
    UNION ALL BY NAME
    SELECT t.user_id AS ${identifier(users.id)}, ${join(added, ", ")},
      t.consent IS FALSE AS ${OPTED_OUT}
    FROM inbound_others t`;
}

/** A column that Posthorn knows better, of users in the data and of anonymous ones. */
interface OwnColumn {
  readonly name: string;
  readonly known: Sql;
  readonly told: Sql;
}

const LAST = raw("make_timestamp(1000 * t.last_ms)");
const SINCE = raw("make_timestamp(1000 * t.consent_ms)");

function ownColumns(users: UserSource): OwnColumn[] {
  const column = (name: string) => sql`u.${identifier(name)}`;
  const newer = (name: string | undefined, told: Sql): OwnColumn[] =>
    name === undefined ? [] : [{ name, known: sql`greatest(${column(name)}, ${told})`, told }];
  return [
    { name: users.psid, known: sql`coalesce(${column(users.psid)}, t.psid)`, told: raw("t.psid") },
    ...newer(users.lastInbound, LAST),
    ...newer(users.consentAt, SINCE),
    ...consentColumn(users),
  ];
}

/**
 * Of two dated answers the newer counts, at one instant the no. What the data says without a date
 * may be older or newer: then a no counts, whoever has it.
 */
function consentColumn({ consent, consentAt }: UserSource): OwnColumn[] {
  if (consent === "assumed") return [];
  const name = consent.column;
  const given = sql`u.${identifier(name)}`;
  const both = sql`(t.consent AND coalesce(${given}, true))`;
  const since = consentAt === undefined ? undefined : sql`u.${identifier(consentAt)}`;
  const dated =
    since === undefined
      ? both
      : sql`CASE WHEN ${since} > ${SINCE} THEN ${given} WHEN ${since} < ${SINCE} THEN t.consent
          ELSE ${both} END`;
  const known = sql`CASE WHEN t.consent IS NULL THEN ${given} ELSE ${dated} END`;
  return [{ name, known, told: raw("t.consent") }];
}

/** What the name of an event of a person begins with: `messenger_postback`. */
const EVENT_NAME = "messenger_";

/** Makes `inbound_events`: what people did on the page, each once, as columns of `events`. */
export function inboundEventsSql(events: EventSource): Sql {
  const told = toldProperties(events).map(identifier);
  const minima = told.map((one) => sql`, min(${one}) AS ${one}`);
  return sql`CREATE OR REPLACE TEMP TABLE inbound_events AS
    SELECT key AS ${identifier(events.id)}, user_id AS ${identifier(events.user)},
      ${literal(EVENT_NAME)} || kind AS ${identifier(events.name)},
      make_timestamp(1000 * "at") AS ${identifier(events.at)}${join(
        told.map((one) => sql`, ${one}`),
        "",
      )}
    FROM (SELECT key, min(psid) AS psid, min(kind) AS kind, min("at") AS "at"${join(minima, "")}
      FROM inbound_log GROUP BY key)
    JOIN (SELECT psid, user_id FROM inbound_users
      UNION ALL SELECT psid, user_id FROM inbound_others) USING (psid)`;
}

/** Makes `events`: those of the data, and what people did on the page. */
export const JOINED_EVENTS_SQL: Sql = raw(`CREATE OR REPLACE TEMP VIEW events AS
  SELECT * FROM events_source UNION ALL BY NAME SELECT * FROM inbound_events`);
