import { openDuckdb } from "../../../src/adapters/duckdb/duckdb-engine.ts";
import type { Machine } from "../../../src/adapters/file-state/machine.ts";
import { openFileState } from "../../../src/adapters/file-state/open-file-state.ts";
import { ledgerRelationSql } from "../../../src/ledger/fold-sql.ts";
import type { Delivery } from "../../../src/model/delivery.ts";
import { sql } from "../../../src/model/sql.ts";
import type { Clock } from "../../../src/ports/clock.ts";
import type { Settlement, StateStore } from "../../../src/ports/state-store.ts";
import { SkippingClock } from "../../apply/fakes.ts";

export const PAGE = "422500000000001";

/** A state in a folder, seen from this machine unless another one is given. */
export function stateIn(
  folder: string,
  over: { workspace?: string; machine?: Machine; clock?: Clock } = {},
): StateStore {
  return openFileState({ folder, workspace: "acme", clock: new SkippingClock(), ...over });
}

export function opening(id: string, over: { pageId?: string; target?: "meta" | "sandbox" } = {}) {
  const run = { id, startedAt: 0, commit: null, url: null };
  const { signal } = new AbortController();
  return { run, pageId: PAGE, target: "sandbox" as const, signal, ...over };
}

export function delivery(n: number): Delivery {
  return {
    id: n.toString(16).padStart(64, "0"),
    rootId: "hello",
    occurrence: "once",
    userId: `u${n}`,
    psid: String(7_100_000_000_000_000 + n),
    variant: null,
    revision: "sha256:1",
    counts: true,
    body: {},
  };
}

export const SETTLEMENTS: readonly Settlement[] = [
  { status: "sent", messageId: "m_1" },
  {
    status: "failed",
    errorClass: "rejected",
    stops: "person",
    error: { code: 5, subcode: 6, message: "no" },
  },
  { status: "unknown", error: { code: null, subcode: null, message: "timeout" } },
  { status: "released", error: { code: null, message: "refused" } },
];

/** What the ledger says of each delivery, by its id. */
export async function statuses(store: StateStore): Promise<Map<string, string>> {
  const { ledger, liveRun } = await store.read();
  const engine = await openDuckdb();
  try {
    const relation = ledgerRelationSql(ledger, liveRun);
    const rows = await engine.rows(sql`SELECT delivery_id, status FROM (${relation})`);
    return new Map(rows.map((row) => [String(row["delivery_id"]), String(row["status"])]));
  } finally {
    engine.close();
  }
}
