import type { OccurrenceId, Reason } from "../model/delivery.ts";
import type { Instant } from "../model/instant.ts";
import { join, raw, type Sql, type SqlValue, sql } from "../model/sql.ts";
import type { SqlEngine } from "../ports/sql-engine.ts";
import { type Candidates, candidatesSql, personalVariables } from "./candidates-sql.ts";
import type { Refused } from "./funnel.ts";
import { recentSendsSql } from "./history-sql.ts";

/** How many refused messages one statement carries. */
const ROWS_PER_INSERT = 500;

/**
 * A campaign's candidates as the temporary table `pool`, for when it matters who exactly is
 * eligible: for the sends themselves, for the caps of later campaigns, and where several events of
 * one person compete.
 */
export class Pool {
  readonly #engine: SqlEngine;
  readonly #candidates: Candidates;
  /** What makes two people's messages the same: variant, locale, zone and the variables. */
  readonly #messageColumns: readonly Sql[];

  private constructor(engine: SqlEngine, candidates: Candidates) {
    this.#engine = engine;
    this.#candidates = candidates;
    this.#messageColumns = messageColumns(candidates);
  }

  static async fill(engine: SqlEngine, candidates: Candidates): Promise<Pool> {
    await engine.run(sql`CREATE OR REPLACE TEMP TABLE pool AS ${candidatesSql(candidates)}`);
    return new Pool(engine, candidates);
  }

  /** Writes down who is left out because of the message. */
  async refuse(refused: readonly Refused[]): Promise<void> {
    if (refused.length === 0) return;
    const columns = join(this.#messageColumns, ", ");
    await this.#engine.run(
      sql`CREATE OR REPLACE TEMP TABLE refused AS SELECT reason, ${columns} FROM pool LIMIT 0`,
    );
    for (let start = 0; start < refused.length; start += ROWS_PER_INSERT) {
      const rows = refused.slice(start, start + ROWS_PER_INSERT).map(rowSql);
      await this.#engine.run(sql`INSERT INTO refused VALUES ${join(rows, ", ")}`);
    }
    const same = this.#messageColumns.map(
      (column) => sql`p.${column} IS NOT DISTINCT FROM r.${column}`,
    );
    await this.#engine.run(sql`UPDATE pool p SET reason = r.reason FROM refused r
      WHERE p.reason IS NULL AND ${join(same, " AND ")}`);
  }

  /**
   * Where several events of one person are due at once: all but the first are left out if the
   * campaign does not repeat, and those beyond the cap. Gives whether anyone was.
   */
  async judgeRivals(): Promise<boolean> {
    const rules = rivalRules(this.#candidates);
    if (rules.length === 0) return false;
    const left = await this.#engine.rows(sql`UPDATE pool p SET reason = r.reason FROM (
        SELECT user_id, occurrence, CASE ${join(rules, " ")} END AS reason FROM (
          SELECT user_id, occurrence, row_number() OVER (
            PARTITION BY user_id ORDER BY due_at, occurrence) AS place
          FROM pool WHERE reason IS NULL) c) r
      WHERE p.user_id = r.user_id AND p.occurrence = r.occurrence AND r.reason IS NOT NULL
      RETURNING 1 AS one`);
    return left.length > 0;
  }

  /** Lets the eligible count for the caps of the campaigns that are judged after this one. */
  async countAsPlanned(): Promise<void> {
    await this.#engine.run(
      raw("INSERT INTO planned SELECT user_id FROM pool WHERE reason IS NULL"),
    );
  }

  /** How many of the eligible each occurrence has, by its id. */
  async occurrences(): Promise<ReadonlyMap<OccurrenceId, number>> {
    const rows = await this.#engine.rows(
      raw(`SELECT occurrence, count(*) AS people FROM pool WHERE reason IS NULL
        GROUP BY occurrence ORDER BY occurrence`),
    );
    return new Map(rows.map((row) => [String(row["occurrence"]), Number(row["people"])]));
  }

  async firstDueAt(): Promise<Instant | null> {
    const [row] = await this.#engine.rows(
      raw("SELECT epoch_ms(min(due_at)) AS due_at FROM pool WHERE reason IS NULL"),
    );
    const dueAt = row?.["due_at"] ?? null;
    return dueAt === null ? null : Number(dueAt);
  }
}

/** The columns of a candidate that its message depends on. */
export function messageColumns(candidates: Candidates): Sql[] {
  const variables = personalVariables(candidates).map((_, index) => raw(`v${index}`));
  return [raw("variant"), raw("locale"), raw("zone"), ...variables];
}

function rivalRules({ campaign, workspace, now }: Candidates): Sql[] {
  if (campaign.send.kind !== "on") return [];
  const rules: Sql[] = [];
  const repeats = campaign.repeat.kind === "every_occurrence";
  if (!repeats) rules.push(sql`WHEN c.place > 1 THEN ${ruleName("already_sent")}`);
  const cap = workspace.guards.frequencyCap;
  if (cap !== undefined && campaign.frequencyCap.obey && campaign.frequencyCap.counts) {
    const recent = sql`SELECT sends FROM (${recentSendsSql(cap.periodMs, now)}) k
      WHERE k.user_id = c.user_id`;
    rules.push(sql`WHEN c.place + coalesce((${recent}), 0) > ${cap.max}
      THEN ${ruleName("frequency_cap")}`);
  }
  return rules;
}

function ruleName(reason: Reason): Sql {
  return raw(`'${reason}'`);
}

function rowSql({ reason, cells }: Refused): Sql {
  const values = [reason, ...cells].map((cell) => sql`${cell as SqlValue}`);
  return sql`(${join(values, ", ")})`;
}
