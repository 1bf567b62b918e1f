import type { Sql } from "../model/sql.ts";

/** A value out of the engine: BIGINT as number while that is exact, else as decimal text. */
export type Cell = string | number | boolean | null | readonly (string | null)[];

/** Some rows of a result, column by column. */
export interface Batch {
  readonly rowCount: number;
  readonly columns: readonly (readonly Cell[])[];
}

/**
 * One session of an SQL engine over the workspace's users, events and ledger. Its dialect is
 * DuckDB's. Statements are run in the order in which they are given, waited for or not. Throws
 * PortError when the engine fails; a failed statement leaves the session usable.
 */
export interface SqlEngine {
  run(statement: Sql): Promise<void>;
  /** The whole result, for results that are known to be small. */
  rows(query: Sql): Promise<readonly Readonly<Record<string, Cell>>[]>;
  /** The result in batches of some thousand rows, never all in memory. */
  stream(query: Sql): AsyncIterable<Batch>;
  close(): void;
}

/** What the tests of a workspace need of an engine. */
export type TestEngine = Pick<SqlEngine, "run" | "rows" | "close">;
