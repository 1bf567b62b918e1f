import type { Campaign } from "../model/campaign.ts";
import type { Instant } from "../model/instant.ts";
import { raw, type Sql, sql } from "../model/sql.ts";
import type { SqlEngine } from "../ports/sql-engine.ts";
import { timestampSql } from "./history-sql.ts";

/** A send that lies ahead. */
export interface ForecastSend {
  readonly campaign: Campaign;
  readonly at: Instant;
  /** The local date in the workspace's zone. */
  readonly date: string;
}

/** How many it would reach, and how many it would not because of the frequency cap. */
export interface ForecastCount {
  readonly people: number;
  readonly capped: number;
}

/** Two campaigns that reach the same people on one day. */
export interface Collision {
  readonly date: string;
  readonly campaigns: readonly [string, string];
  readonly people: number;
}

export interface Cap {
  readonly max: number;
  readonly periodMs: number;
}

const MAX_COLLISIONS = 100;

/**
 * Plays the sends that lie ahead through, in order of time, on today's data: each counts for the
 * caps and repeats of those after it. What was sent lately and what is planned for now counts too.
 */
export class Forecast {
  readonly #engine: SqlEngine;
  readonly #cap: Cap | undefined;

  private constructor(engine: SqlEngine, cap: Cap | undefined) {
    this.#engine = engine;
    this.#cap = cap;
  }

  static async begin(
    engine: SqlEngine,
    of: { readonly cap: Cap | undefined; readonly now: Instant },
  ): Promise<Forecast> {
    await engine.run(
      raw(`CREATE OR REPLACE TEMP TABLE forecast (user_id VARCHAR,
      campaign VARCHAR, sent_at TIMESTAMP, day VARCHAR, counts BOOLEAN)`),
    );
    const since = timestampSql(of.now - (of.cap?.periodMs ?? 0));
    await engine.run(sql`INSERT INTO forecast
      SELECT user_id, '', claimed_at, '', true FROM ledger
        WHERE counts AND status IN ('sent', 'unknown', 'claimed') AND claimed_at > ${since}
      UNION ALL SELECT user_id, '', ${timestampSql(of.now)}, '', true FROM planned`);
    return new Forecast(engine, of.cap);
  }

  /** `people` is a relation of user_id: whom the campaign would reach but for caps and repeats. */
  async send(send: ForecastSend, people: Sql): Promise<ForecastCount> {
    const open = this.#openSql(send, people);
    const isCapped = this.#isCapped(send.campaign);
    const [row] = await this.#engine.rows(sql`SELECT count(*) FILTER (NOT ${isCapped}) AS people,
      count(*) FILTER (${isCapped}) AS capped FROM ${open}`);
    await this.#engine.run(sql`INSERT INTO forecast SELECT user_id, ${send.campaign.id},
      ${timestampSql(send.at)}, ${send.date}, ${send.campaign.frequencyCap.counts}
      FROM ${open} WHERE NOT ${isCapped}`);
    return { people: Number(row?.["people"] ?? 0), capped: Number(row?.["capped"] ?? 0) };
  }

  async collisions(): Promise<Collision[]> {
    const rows = await this.#engine.rows(sql`SELECT a.day, a.campaign AS one, b.campaign AS other,
        count(DISTINCT a.user_id) AS people
      FROM forecast a JOIN forecast b ON a.user_id = b.user_id AND a.day = b.day
      WHERE a.day <> '' AND a.campaign < b.campaign
      GROUP BY ALL ORDER BY day, people DESC, one, other LIMIT ${raw(String(MAX_COLLISIONS))}`);
    return rows.map((row) => ({
      date: String(row["day"]),
      campaigns: [String(row["one"]), String(row["other"])],
      people: Number(row["people"]),
    }));
  }

  /** Whom the campaign may reach by its `repeat:`, with the sends that count for the cap. */
  #openSql({ campaign, at }: ForecastSend, people: Sql): Sql {
    const capSince = timestampSql(at - (this.#cap?.periodMs ?? 0));
    return sql`(SELECT p.user_id, coalesce(k.sends, 0) AS sends FROM ${people} p
      LEFT JOIN (SELECT user_id, count(*) AS sends FROM forecast
        WHERE counts AND sent_at > ${capSince} GROUP BY user_id) k ON k.user_id = p.user_id
      ANTI JOIN (SELECT user_id FROM forecast WHERE campaign = ${campaign.id}
        AND ${repeatsSql(campaign, at)}) r ON r.user_id = p.user_id)`;
  }

  #isCapped({ frequencyCap }: Campaign): Sql {
    if (this.#cap === undefined || !frequencyCap.obey) return raw("false");
    return sql`sends >= ${this.#cap.max}`;
  }
}

/** Which earlier sends of the campaign stand in the way of another one. */
function repeatsSql({ repeat }: Campaign, at: Instant): Sql {
  if (repeat.kind === "once") return raw("true");
  if (repeat.kind === "every_occurrence") return raw("false");
  return sql`sent_at > ${timestampSql(at - repeat.periodMs)}`;
}
