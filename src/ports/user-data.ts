import type { Diagnostic } from "../diag/diagnostic.ts";
import type { Instant } from "../model/instant.ts";
import type { PeopleCounts } from "../model/people-counts.ts";
import type { SqlEngine } from "./sql-engine.ts";

/** Which columns a run looks at. Contradictions of type are sought in every declared one. */
export interface NeededColumns {
  readonly users: ReadonlySet<string>;
  readonly events: ReadonlySet<string>;
  /**
   * The id of the one user whose row and events are read; undefined: everybody's. The zones are
   * those of everybody all the same. Faults in rows of others may go unnoticed.
   */
  readonly onlyUser?: string;
}

/**
 * User data and events, opened for queries. `engine` then has the relations `users` and `events`
 * with typed columns under the names of the workspace's attributes: string VARCHAR, number DOUBLE,
 * integer BIGINT, boolean BOOLEAN, timestamp TIMESTAMP (UTC), date DATE, string[] VARCHAR[]. Ids
 * and PSIDs are VARCHAR; a PSID that is not 5–20 digits is NULL; `users."posthorn:zone"` is the
 * person's IANA zone, the workspace's where theirs is missing or unknown.
 */
export interface UserData {
  readonly engine: SqlEngine;
  /** Faults in the data. With an error among them the relations must not be used. */
  readonly diagnostics: readonly Diagnostic[];
  /** Every zone in `users."posthorn:zone"`. */
  readonly zones: readonly string[];
  readonly userCount: number;
  /** Undefined where what people tell the page is not kept apart from the user data. */
  readonly people: PeopleCounts | undefined;
  /** The newest change of the user files. */
  readonly modifiedAt: Instant | undefined;
  /**
   * An error of the engine that one of the files brought about, as a diagnostic: Parquet is read
   * where it lies, so that a rotten part may be met late. Undefined for every other fault.
   */
  faultOf(fault: unknown): Diagnostic | undefined;
}
