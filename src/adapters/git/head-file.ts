import { Stop } from "../../diag/errors.ts";
import type { LedgerFile } from "../../ports/state-store.ts";
import type { HeldLease } from "../file-state/holder.ts";
import type { BranchTree, Tip } from "./branch-tree.ts";

/*
 * The files of a state branch. Every push adds new ones and changes none:
 *   format.json              once: form, workspace, and the check value of the key
 *   heads/<n>.json           every push: the commit before it, who holds the lease, whether halted
 *   documents/<n>.json       the state's small document; the last one counts
 *   ledger/<n>.ndjson        claims and settlements, each file with its header
 *   ledger/<n>.<part>.parquet  what many of those said, which are gone since
 * Only compaction takes files away: those it replaces, and heads and documents before the last.
 */

export const BRANCH_FORMAT = "posthorn.state-branch/1";

export interface Head {
  /** The commit it was put on; null for the first. A rewritten history does not fit it. */
  readonly after: string | null;
  readonly lease: HeldLease | null;
  /** Why applies are halted; null: they are not. */
  readonly halted: string | null;
}

export const NO_HEAD: Head = { after: null, lease: null, halted: null };

/** The newest file of a kind; undefined where there is none. */
export function newest(kind: "heads" | "documents", { paths }: Tip): string | undefined {
  return paths.filter((path) => path.startsWith(`${kind}/`)).at(-1);
}

/** The path of the next file of a kind. All kinds count together, so that order is plain. */
export function nextPath(
  kind: "heads" | "documents" | "ledger" | "forgotten",
  tip: Tip | undefined,
): string {
  const numbers = (tip?.paths ?? []).map((path) => Number(/\/(\d{10})\./.exec(path)?.[1] ?? 0));
  const next = Math.max(0, ...numbers) + 1;
  return `${kind}/${String(next).padStart(10, "0")}.${kind === "ledger" ? "ndjson" : "json"}`;
}

/** A ledger file of a commit, which is whole or not there at all. */
export function ledgerFile(path: string): LedgerFile {
  return { path, format: path.endsWith(".parquet") ? "parquet" : "ndjson", torn: false };
}

/** Throws Stop `state` where the branch is not as its last push left it. */
export async function readHead(tip: Tip, tree: BranchTree): Promise<Head> {
  const path = newest("heads", tip);
  const head = path === undefined ? undefined : parse(await tree.read(tip, path));
  if (head !== undefined && head.after === tip.parent) return head;
  throw new Stop(
    "state",
    `The state branch is not as Posthorn left it: commit ${tip.commit.slice(0, 12)} was not ` +
      "written by an apply, or its history was rewritten. Nothing was sent or overwritten. " +
      "Put the branch back to the last commit that Posthorn pushed.",
  );
}

function parse(text: string): Head | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Head) : undefined;
  } catch {
    return undefined;
  }
}
