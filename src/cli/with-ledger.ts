import type { IdRange } from "../ledger/deliveries-sql.ts";
import { ledgerRelationSql } from "../ledger/fold-sql.ts";
import type { Instant } from "../model/instant.ts";
import type { Sql } from "../model/sql.ts";
import type { Workspace } from "../model/workspace.ts";
import type { SqlEngine } from "../ports/sql-engine.ts";
import type { LedgerFile } from "../ports/state-store.ts";
import { openLedger } from "./open-audience.ts";
import type { Call } from "./options.ts";
import { workspaceOf } from "./workspace-of.ts";

/** A workspace's ledger, opened for queries. */
export interface OpenedLedger {
  readonly workspace: Workspace;
  readonly now: Instant;
  readonly engine: SqlEngine;
  readonly files: readonly LedgerFile[];
  /** One row a delivery; see ledger/fold-sql.ts. */
  readonly ledger: Sql;
  /** The same for a range of delivery ids. */
  part(range: IdRange): Sql;
  /** The key that all people are hashed with in it, or those who were forgotten; null: none. */
  readonly peopleKey: string | null;
}

/** Opens the ledger of a call's workspace, without its users, and closes it afterwards. */
export async function withLedger(
  call: Call,
  use: (opened: OpenedLedger) => Promise<void>,
): Promise<void> {
  const { options, surroundings } = call;
  const workspace = await workspaceOf(call);
  const clock = await surroundings.clock(options.now);
  const store = await surroundings.openState(workspace, workspace.state, clock);
  const { ledger: files, liveRun, forgotten, ...state } = await store.read();
  const peopleKey = state.peopleKey ?? forgotten?.key ?? null;
  const engine = await surroundings.openEngine();
  const part = (range?: IdRange) => ledgerRelationSql(files, liveRun, range);
  try {
    await openLedger(() =>
      use({ workspace, now: clock.now(), engine, files, ledger: part(), part, peopleKey }),
    );
  } finally {
    engine.close();
  }
}
