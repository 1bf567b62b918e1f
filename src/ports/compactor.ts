import type { LedgerFile } from "./state-store.ts";

/** By what stands in the ledger. */
export interface HiddenPeople {
  readonly users: ReadonlyMap<string, string>;
  readonly psids: ReadonlyMap<string, string>;
}

/** Ledger files that are to become compacted ones. */
export interface Compaction {
  readonly inputs: readonly LedgerFile[];
  /** Compacted files that stay as they are. */
  readonly kept: readonly LedgerFile[];
  /** The hashes that take the place of user ids and PSIDs; undefined: all stay as they are. */
  readonly hidden?: HiddenPeople;
  /** Bytes of the inputs: large ones are written in parts, so that memory stays bounded. */
  readonly bytes: number;
  /** Where the nth compacted file is to be written; nobody looks at it yet. */
  path(part: number): string;
}

/**
 * Writes what the inputs say as Parquet, one row a delivery, and gives how many files it took.
 * Nothing that the records say of a delivery's last claim and settlement may be lost.
 */
export type Compactor = (compaction: Compaction) => Promise<number>;
