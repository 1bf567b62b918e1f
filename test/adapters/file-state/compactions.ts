import { cpSync, readdirSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { openDuckdb } from "../../../src/adapters/duckdb/duckdb-engine.ts";
import { openFileState } from "../../../src/adapters/file-state/open-file-state.ts";
import { compactFiles } from "../../../src/ledger/compact-files.ts";
import type { Compactor } from "../../../src/ports/compactor.ts";
import type { StateStore } from "../../../src/ports/state-store.ts";
import { FakeClock } from "../../apply/fakes.ts";
import { temporaryFolder } from "../../cli/posthorn.ts";
import { delivery, opening, SETTLEMENTS, statuses } from "./fixture.ts";

/** As many make a segment that is worth compacting. */
export const MANY = 10_000;
const CLAIMS = 500;

export const compactor: Compactor = async (compaction) => {
  const engine = await openDuckdb();
  try {
    return await compactFiles(engine, compaction);
  } finally {
    engine.close();
  }
};

/** A state whose segments stay as they are. */
export function plainState(folder: string): StateStore {
  return openFileState({ folder, workspace: "acme", clock: new FakeClock() });
}

/** A state whose warnings are kept. */
export function compactingState(folder: string, by: Compactor = compactor) {
  const warnings: string[] = [];
  const warn = (text: string) => void warnings.push(text);
  const clock = new FakeClock();
  const store = openFileState({ folder, workspace: "acme", clock, warn, compactor: by });
  return { store, warnings };
}

/** A run over deliveries `from` to `to`, every outcome in turn and some left open. */
export async function run(
  store: StateStore,
  id: string,
  { from = 0, to = MANY }: { from?: number; to?: number } = {},
): Promise<void> {
  const writer = await store.open(opening(id));
  for (let start = from; start < to; start += CLAIMS) {
    const some = Array.from({ length: Math.min(CLAIMS, to - start) }, (_, at) => start + at);
    await writer.claim(some.map(delivery), 5_000);
    for (const n of some) {
      const settlement = SETTLEMENTS[n % (SETTLEMENTS.length + 1)];
      if (settlement !== undefined) writer.settle(delivery(n), settlement, 6_000);
    }
  }
  await writer.close();
}

export const ledgerOf = (folder: string) => readdirSync(join(folder, "ledger")).sort();

/** Lets twenty minutes pass for every file of the ledger. */
export function age(folder: string): void {
  const then = Date.now() / 1000 - 1_200;
  for (const name of ledgerOf(folder)) utimesSync(join(folder, "ledger", name), then, then);
}

export function copyOf(folder: string, to: string): string {
  cpSync(folder, to, { recursive: true, preserveTimestamps: true });
  return to;
}

export const MANIFEST = "compacted-1.json";
export const PARQUET = "compacted-1-0.parquet";

/** A state of one long run that was compacted, and what it says of each delivery. */
export async function compacted() {
  const folder = temporaryFolder();
  const { store } = compactingState(folder);
  await run(store, "run-1");
  return { folder, store, said: await statuses(store) };
}

/** Writes something but no record, as an apply does that comes to nobody. */
export async function passBy(folder: string, id: string): Promise<string[]> {
  const { store, warnings } = compactingState(folder);
  const writer = await store.open(opening(id));
  await writer.remember({});
  await writer.close();
  return warnings;
}
