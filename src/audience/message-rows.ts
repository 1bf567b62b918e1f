import { identifier, join, raw, type Sql, sql } from "../model/sql.ts";
import type { SqlEngine } from "../ports/sql-engine.ts";
import { type Candidates, candidatesSql, personalVariables } from "./candidates-sql.ts";
import { messageColumns } from "./pool.ts";

/** How many people are looked at to learn whether messages repeat. */
const SAMPLE_ROWS = 50_000;
/** From this share of different ones on, grouping costs more than rendering them all. */
const MOSTLY_DIFFERENT = 0.8;

/** Where the judged candidates stand: in the table `pool`, or yet to be judged. */
export type JudgedIn = "pool" | "query";

/**
 * The candidates as a FunnelBuilder takes them: grouped by verdict and message, or one by one where
 * hardly any two messages are alike.
 */
export async function messageRowsSql(
  engine: SqlEngine,
  candidates: Candidates,
  where: JudgedIn,
): Promise<Sql> {
  const columns = messageColumns(candidates);
  // The message matters for the eligible alone; the others are one row a reason.
  const cells = columns.map(
    (column) => sql`CASE WHEN reason IS NULL THEN ${column} END AS ${column}`,
  );
  const source = where === "pool" ? raw("pool") : sql`(${candidatesSql(candidates)})`;
  if (await areMostlyDifferent(engine, candidates, where)) {
    return sql`SELECT reason, 1.0::DOUBLE AS people, ${join(cells, ", ")} FROM ${source}`;
  }
  return sql`SELECT reason, count(*)::DOUBLE AS people, ${join(columns, ", ")}
    FROM (SELECT reason, ${join(cells, ", ")} FROM ${source}) GROUP BY ALL`;
}

async function areMostlyDifferent(
  engine: SqlEngine,
  candidates: Candidates,
  where: JudgedIn,
): Promise<boolean> {
  const variables = personalVariables(candidates);
  // Values of events are only looked at where they stand in the pool.
  const isKnown = where === "pool" || candidates.isTrigger === null;
  if (variables.length === 0 || !isKnown) return false;
  const names = variables.map((_, index) => identifier(`v${index}`));
  const values = variables.map(({ column }, index) => sql`${column} AS ${raw(`v${index}`)}`);
  const people =
    where === "pool"
      ? sql`SELECT ${join(names, ", ")} FROM pool WHERE reason IS NULL`
      : sql`SELECT ${join(values, ", ")} FROM users u`;
  const [row] = await engine.rows(sql`SELECT count(*) AS rows,
      count(DISTINCT row(${join(names, ", ")})) AS messages
    FROM (${people} LIMIT ${raw(String(SAMPLE_ROWS))})`);
  return Number(row?.["messages"]) > MOSTLY_DIFFERENT * Number(row?.["rows"]);
}
