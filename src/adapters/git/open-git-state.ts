import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Stop } from "../../diag/errors.ts";
import { refuseOtherOwner } from "../../ledger/refuse-other-owner.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Compactor } from "../../ports/compactor.ts";
import type { StateDocument, StateSnapshot, StateStore } from "../../ports/state-store.ts";
import { checkSegments } from "../file-state/check-segments.ts";
import {
  type HeldLease,
  holderFor,
  isAlive,
  isDead,
  locked,
  publicHolder,
  watchMs,
} from "../file-state/holder.ts";
import { type Machine, thisMachine } from "../file-state/machine.ts";
import { readDocumentAt } from "../file-state/state-document.ts";
import type { Tip } from "./branch-tree.ts";
import { GitWriter } from "./git-writer.ts";
import {
  BRANCH_FORMAT,
  type Head,
  ledgerFile,
  NO_HEAD,
  newest,
  nextPath,
  readHead,
} from "./head-file.ts";
import { checkValue, peopleKey, refuseOtherKey } from "./people-key.ts";
import { jsonText } from "./push-files.ts";
import { readForgotten } from "./read-forgotten.ts";
import { StateBranch } from "./state-branch.ts";

export interface GitStateOptions {
  /** A folder of the checkout whose remote has the branch. */
  readonly folder: string;
  readonly branch: string;
  readonly workspace: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Its real time alone is used. */
  readonly clock: Clock;
  /** Undefined: nothing is compacted. */
  readonly compactor?: Compactor | undefined;
  /** Tells what went wrong and stops nothing. */
  readonly warn?: ((text: string) => void) | undefined;
}

/** How often a halt is pushed anew when others are quicker. */
const MAX_TRIES = 10;

type OpenOptions = Parameters<StateStore["open"]>[0];

/** What a tip of the branch holds. */
interface Content {
  readonly tip: Tip | undefined;
  readonly head: Head;
  readonly document: StateDocument | undefined;
  readonly ledger: StateSnapshot["ledger"];
  readonly forgotten: StateSnapshot["forgotten"];
}

/** A state on an orphan branch of the workspace's repository, shared by whoever can push to it. */
export async function openGitState(options: GitStateOptions): Promise<StateStore> {
  const branch = await StateBranch.in(options.folder, options.branch);
  const key = peopleKey(options.env);
  const machine = thisMachine();
  const read = async () => contentOf(branch, await branch.fetch(), { ...options, key });
  return {
    read: async () => {
      const { document, ledger, head, forgotten } = await read();
      const { lease } = head;
      const liveRun = lease !== null && isAlive(lease, machine) ? lease.holder.run : null;
      return { document, ledger, liveRun, halted: head.halted, peopleKey: key, forgotten };
    },
    open: (opening) => takeLease({ ...options, branch, key, machine, read }, opening),
    halt: (because) => halt({ ...options, branch, key, read }, because),
  };
}

async function contentOf(
  branch: StateBranch,
  tip: Tip | undefined,
  of: GitStateOptions & { readonly key: string },
): Promise<Content> {
  if (tip === undefined)
    return { tip, head: NO_HEAD, document: undefined, ledger: [], forgotten: null };
  const folder = await branch.tree.checkOut(tip);
  await checkFormat(folder, of);
  const head = await readHead(tip, branch.tree);
  const path = newest("documents", tip);
  const document =
    path === undefined ? undefined : readDocumentAt(join(folder, path), of.workspace);
  const segments = tip.paths.filter((one) => one.startsWith("ledger/"));
  const isRecords = (one: string) => one.endsWith(".ndjson");
  const records = segments.filter(isRecords).map((one) => join(folder, one));
  const compacted = segments.filter((one) => !isRecords(one));
  const ledger = [
    ...checkSegments(records, of.workspace),
    ...compacted.map((one) => ledgerFile(join(folder, one))),
  ];
  return { tip, head, document, ledger, forgotten: await readForgotten(tip, folder, of) };
}

async function checkFormat(
  folder: string,
  { branch, workspace, key }: GitStateOptions & { readonly key: string },
): Promise<void> {
  const text = await readFile(join(folder, "format.json"), "utf8").catch(() => "");
  const format = parse(text);
  if (format["format"] !== BRANCH_FORMAT) {
    const found = text === "" ? "no format.json" : `the format ${JSON.stringify(format["format"])}`;
    throw new Stop(
      "state",
      `The branch ${branch} has ${found}; this version knows ${BRANCH_FORMAT}. ` +
        "Nothing was sent or overwritten. Name another branch in `state:`, " +
        "or use the Posthorn that wrote it.",
    );
  }
  if (format["workspace"] !== workspace) {
    throw new Stop(
      "state",
      `The branch ${branch} holds the state of the workspace ` +
        `${JSON.stringify(format["workspace"])}. ` +
        "Nothing was sent or overwritten. Name another branch in `state:`.",
    );
  }
  refuseOtherKey(key, String(format["key_check"]));
}

interface Leasing {
  readonly branch: StateBranch;
  readonly key: string;
  readonly workspace: string;
  readonly machine: Machine;
  readonly clock: Clock;
  readonly compactor?: Compactor | undefined;
  readonly warn?: ((text: string) => void) | undefined;
  read(): Promise<Content>;
}

/** Somebody who pushes at the same moment, an apply above all, must not keep it from happening. */
async function halt(
  { branch, key, workspace, read }: Pick<Leasing, "branch" | "key" | "workspace" | "read">,
  halted: string | null,
): Promise<void> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const { tip, head: before } = await read();
    const head: Head = { ...before, after: tip?.commit ?? null, halted };
    const message = halted === null ? "Lift the halt" : "Halt applies";
    const add = new Map([
      [nextPath("heads", tip), jsonText(head)],
      ...firstFiles(tip, workspace, key),
    ]);
    if ((await branch.push(tip, { add, message })) !== undefined) return;
  }
  throw new Stop("state", "The state branch is too busy to be pushed to. Nothing was changed.");
}

function firstFiles(tip: Tip | undefined, workspace: string, key: string): [string, string][] {
  return tip === undefined ? [["format.json", jsonText(formatOf(workspace, key))]] : [];
}

/** Two who ask at once put their lease on the same commit; the remote takes one of the pushes. */
async function takeLease(leasing: Leasing, opening: OpenOptions): Promise<GitWriter> {
  const { machine, clock } = leasing;
  const { signal } = opening;
  let watched: HeldLease | undefined;
  for (;;) {
    const content = await leasing.read();
    const { lease } = content.head;
    if (lease === null || isDead(lease, machine, watched)) {
      const writer = await takeFrom(content, leasing, opening);
      if (writer !== undefined) return writer;
    } else {
      await clock.sleep(watchMs(lease, machine), signal);
      if (signal.aborted) throw locked(lease, machine);
      watched = lease;
    }
  }
}

/** Undefined where somebody else was quicker. */
async function takeFrom(
  { tip, head, document: before }: Content,
  { branch, key, workspace, machine, clock, compactor, warn }: Leasing,
  opening: OpenOptions,
): Promise<GitWriter | undefined> {
  refuseOtherOwner(before, opening, "The state branch");
  const { run } = opening;
  const document = documentAfter(before, workspace, opening);
  const fence = Math.max(document.serial, (head.lease?.fence ?? 0) + 1);
  const lease = { fence, holder: holderFor(run, machine), heartbeatAt: machine.wallMs() };
  const taken: Head = { ...head, after: tip?.commit ?? null, lease };
  const add = new Map([
    [nextPath("heads", tip), jsonText(taken)],
    [nextPath("documents", tip), jsonText(document)],
    ...firstFiles(tip, workspace, key),
  ]);
  const from = head.lease === null ? "" : ` over from run ${head.lease.holder.run.slice(0, 8)}`;
  const message = `Run ${run.id.slice(0, 8)} takes the lease${from}`;
  const pushed = await branch.push(tip, { add, message });
  if (pushed === undefined) return undefined;
  const takenOver = head.lease && publicHolder(head.lease.holder);
  const at = { tip: pushed, head: taken, takenOver };
  return new GitWriter({
    branch,
    workspace,
    key,
    run,
    lease,
    machine,
    clock,
    compactor,
    warn,
    document,
    ...at,
  });
}

function documentAfter(
  before: StateDocument | undefined,
  workspace: string,
  { pageId, target }: OpenOptions,
): StateDocument {
  const blank = { format: "posthorn.state/1", workspace, pageId, target } as const;
  return { ...blank, campaigns: {}, ...before, serial: (before?.serial ?? 0) + 1 };
}

function formatOf(workspace: string, key: string) {
  return { format: BRANCH_FORMAT, workspace, key_check: checkValue(key) };
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
