import { afterAll, beforeAll, beforeEach } from "vitest";
import { openDuckdb } from "../../src/adapters/duckdb/duckdb-engine.ts";
import { ledgerRelationSql } from "../../src/ledger/fold-sql.ts";
import type { Delivery } from "../../src/model/delivery.ts";
import type { Sql } from "../../src/model/sql.ts";
import type { SqlEngine } from "../../src/ports/sql-engine.ts";
import type { Settlement, StateStore } from "../../src/ports/state-store.ts";
import { delivery, opening, stateIn } from "../adapters/file-state/fixture.ts";
import { temporaryFolder } from "../cli/posthorn.ts";

export const SENT: Settlement = { status: "sent", messageId: "m_1" };

export function failed(code: number | null, message: string): Settlement {
  const error = { code, subcode: null, message };
  return { status: "failed", errorClass: "rejected", stops: "person", error };
}

type Row = readonly [Partial<Delivery>, Settlement | undefined];

/** An engine for the tests of a file, and a new ledger for each of them. */
export function useLedger() {
  let engine: SqlEngine;
  let store: StateStore;
  let next: number;
  beforeAll(async () => {
    engine = await openDuckdb();
  });
  afterAll(() => engine.close());
  beforeEach(() => {
    store = stateIn(temporaryFolder());
    next = 1;
  });
  return {
    engine: () => engine,
    async ledger(): Promise<Sql> {
      const snapshot = await store.read();
      return ledgerRelationSql(snapshot.ledger, snapshot.liveRun);
    },
    /** One run: claims at an instant, and what came of each; undefined: nothing was recorded. */
    async sent(at: number, rows: readonly Row[]): Promise<void> {
      const writer = await store.open(opening(`run-${at}`));
      for (const [of, settlement] of rows) {
        const one = { ...delivery(next++), ...of };
        await writer.claim([one], at);
        if (settlement) writer.settle(one, settlement, at + 1);
      }
      await writer.close();
    },
  };
}
