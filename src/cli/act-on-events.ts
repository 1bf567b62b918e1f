import { sentByEchoes } from "../apply/echo-resolutions.ts";
import { Stop } from "../diag/errors.ts";
import { ledgerRelationSql } from "../ledger/fold-sql.ts";
import { META_HALT } from "../model/halt.ts";
import type { PolicyFact } from "../model/inbound-fact.ts";
import { formatInstant } from "../model/instant.ts";
import type { Resolution } from "../model/resolution.ts";
import type { Workspace } from "../model/workspace.ts";
import type { Clock } from "../ports/clock.ts";
import type { InboundStore } from "../ports/inbound-store.ts";
import type {
  StateDocument,
  StateSnapshot,
  StateStore,
  StateWriter,
} from "../ports/state-store.ts";
import { newRun } from "./new-run.ts";
import { openLedger } from "./open-audience.ts";
import { openWriter } from "./open-writer.ts";
import type { Surroundings } from "./surroundings.ts";

export interface TakingIn {
  readonly workspace: Workspace;
  readonly store: InboundStore;
  readonly surroundings: Surroundings;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Echoes of one store, or some of them. */
export interface Settling extends Omit<TakingIn, "store"> {
  readonly store: Pick<InboundStore, "echoes">;
}

/** What echoes came to. */
export interface SettledEchoes {
  /** Deliveries that are known to be sent by now. */
  readonly sent: number;
  /** Those that have to wait, because an apply runs. */
  readonly waiting: number;
}

/**
 * Halts applies where Meta took measures against the page; gives why, null: it did not. The newest
 * policy decides; one that lifts a block lets nothing go on: a person does.
 */
export async function haltByPolicy(
  policies: readonly PolicyFact[],
  { workspace, surroundings, clock }: Omit<TakingIn, "store" | "signal">,
): Promise<string | null> {
  const because = haltReason(policies);
  if (because === null) return null;
  const state = await surroundings.openState(workspace, workspace.state, clock);
  await state.halt(because);
  return because;
}

const LONGEST_REASON = 300;

function haltReason(policies: readonly PolicyFact[]): string | null {
  const newest = [...policies].sort((a, b) => b.at - a.at)[0];
  if (newest === undefined || newest.action === "unblock") return null;
  const { action, at, reason } = newest;
  const words = `${META_HALT} (${action}) at ${formatInstant(at)}: ${reason ?? ""}`;
  return words.replace(/\s+/g, " ").trim().slice(0, LONGEST_REASON);
}

/**
 * Settles what echoes show to be sent: new ones, and those that had to wait for an apply to end. It
 * reads the ledger, so not after every few events. Throws Stop.
 */
export async function settleEchoes(into: Settling, hasNewOnes: boolean): Promise<SettledEchoes> {
  const { surroundings, clock, workspace } = into;
  const state = await surroundings.openState(workspace, workspace.state, clock);
  const snapshot = await state.read();
  const { document } = snapshot;
  if (document === undefined) return { sent: 0, waiting: 0 };
  const resolutions = await resolutionsOf(snapshot, into, hasNewOnes);
  if (resolutions.length === 0) return { sent: 0, waiting: 0 };
  const writer = await writerOf(state, document, into);
  if (writer === undefined) return { sent: 0, waiting: resolutions.length };
  try {
    for (const one of resolutions) writer.resolve(one, clock.now());
    await writer.flush();
    return { sent: resolutions.length, waiting: 0 };
  } finally {
    await writer.close();
  }
}

/** Undefined while an apply holds the state. */
async function writerOf(
  state: StateStore,
  { pageId, target }: StateDocument,
  { surroundings, clock, signal, workspace }: Settling,
): Promise<StateWriter | undefined> {
  const { head } = await surroundings.git(workspace.root);
  const run = newRun(surroundings, head, clock);
  const opening = { run, pageId, target, signal, lockTimeoutMs: 0, clock, surroundings };
  try {
    return await openWriter(state, opening);
  } catch (fault) {
    if (fault instanceof Stop && fault.exit === "locked") return undefined;
    throw fault;
  }
}

async function resolutionsOf(
  { ledger: files, liveRun }: StateSnapshot,
  { surroundings, store }: Settling,
  hasNewOnes: boolean,
): Promise<readonly Resolution[]> {
  const engine = await surroundings.openEngine();
  const ledger = ledgerRelationSql(files, liveRun);
  try {
    return await openLedger(async () => {
      const unknown = await engine.rows({
        text: `SELECT 1 AS one FROM (${ledger.text}) WHERE status = 'unknown' LIMIT 1`,
        values: ledger.values,
      });
      if (!hasNewOnes && unknown.length === 0) return [];
      return sentByEchoes(engine, ledger, await store.echoes());
    });
  } finally {
    engine.close();
  }
}
