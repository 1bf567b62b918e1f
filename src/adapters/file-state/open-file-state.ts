import { mkdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { DefectError, Stop } from "../../diag/errors.ts";
import { faultCode, reasonOf } from "../../diag/reason-of.ts";
import { refuseOtherOwner } from "../../ledger/refuse-other-owner.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Compactor, HiddenPeople } from "../../ports/compactor.ts";
import type { PersonWriter, StateSnapshot, StateStore } from "../../ports/state-store.ts";
import { compactLedger, type Replacing, removeLeftovers } from "./compact-ledger.ts";
import { syncFolder } from "./durable-file.ts";
import { FolderWriter } from "./folder-writer.ts";
import { readForgotten } from "./forgotten.ts";
import { readHalt, writeHalt } from "./halt-file.ts";
import { hidePeople } from "./hide-people.ts";
import { Lease, liveRun } from "./lease.ts";
import { type Machine, thisMachine } from "./machine.ts";
import { checkWholeFiles, ledgerNames, readLedger, readWhole } from "./read-folder.ts";
import { openDocument } from "./state-document.ts";

interface FileStateOptions {
  /** Absolute path. */
  readonly folder: string;
  /** The workspace's id. */
  readonly workspace: string;
  /** Its real time alone is used. */
  readonly clock: Clock;
  /** Absent: the one this process runs on. */
  readonly machine?: Machine;
  /** Makes compacted files of segments; absent: they stay as they are. */
  readonly compactor?: Compactor;
  /** Says what went wrong and did no harm. */
  readonly warn?: (text: string) => void;
}

type FileState = FileStateOptions & { readonly machine: Machine };

type OpenOptions = Parameters<StateStore["open"]>[0];

/**
 * A state in a folder: `state.json`, `ledger/<run>.ndjson` and, while an apply runs, a lease.
 * Reading writes nothing, not even the folder.
 */
export function openFileState(options: FileStateOptions): StateStore {
  const withMachine = { ...options, machine: options.machine ?? thisMachine() };
  return {
    read: async () => readSnapshot(withMachine),
    open: async (opening) => openWriter(withMachine, opening),
    halt: async (because) => halt(withMachine, because),
  };
}

function readSnapshot({ folder, workspace, machine }: FileState): StateSnapshot {
  try {
    const document = readWhole(folder, workspace);
    const live = liveRun(folder, machine);
    // While its run lives a segment may at any moment end in half a line.
    const ledger = readLedger(folder, workspace).map((file) =>
      basename(file.path, ".ndjson") === live ? { ...file, torn: true } : file,
    );
    const forgotten = readForgotten(folder, workspace);
    return {
      document,
      ledger,
      liveRun: live,
      halted: readHalt(folder),
      peopleKey: null,
      forgotten,
    };
  } catch (fault) {
    throw folderFault(fault, folder, "read");
  }
}

function halt({ folder }: FileState, because: string | null): void {
  try {
    writeHalt(folder, because);
  } catch (fault) {
    throw folderFault(fault, folder, "written");
  }
}

async function openWriter(options: FileState, opening: OpenOptions): Promise<PersonWriter> {
  const { folder, workspace } = options;
  try {
    refuseOtherOwner(readWhole(folder, workspace), opening, `The state in ${folder}`);
    ledgerNames(folder);
    makeFolder(folder);
    const readSerial = () => readWhole(folder, workspace)?.serial ?? 0;
    const lease = await Lease.take({ ...options, ...opening, readSerial });
    try {
      return writerUnder(lease, options, opening);
    } catch (fault) {
      lease.release();
      throw fault;
    }
  } catch (fault) {
    throw folderFault(fault, folder, "written");
  }
}

function writerUnder(lease: Lease, options: FileState, opening: OpenOptions): PersonWriter {
  const { folder, workspace } = options;
  const { run, pageId, target } = opening;
  const before = readWhole(folder, workspace);
  refuseOtherOwner(before, { pageId, target }, `The state in ${folder}`);
  checkWholeFiles(folder, workspace);
  const blank = { format: "posthorn.state/1", workspace, pageId, target, campaigns: {} } as const;
  const document = openDocument(folder, lease.fence, { ...blank, ...before, serial: lease.fence });
  const finished = () => compactAfter(lease, options, opening);
  const lostRun = lease.takenOver?.run ?? null;
  const hide = (named: ReadonlySet<string>, hidden: HiddenPeople) =>
    hidePeople({ ...ledgerUnder(lease, options), lostRun }, named, hidden);
  return new FolderWriter({ folder, run, lease, document, finished, hide });
}

/** What a compaction under a lease works on. Throws DefectError where nothing can make files. */
function ledgerUnder(
  lease: Lease,
  { folder, workspace, machine, compactor }: FileState,
): Replacing {
  if (compactor === undefined) throw new DefectError("A state that cannot make ledger files");
  const { fence } = lease;
  const wallMs = () => machine.wallMs();
  return { folder, workspace, fence, compactor, wallMs, checkLease: () => lease.check() };
}

/** Everything is on disk by then, so a compaction that fails is no fault of the run. */
async function compactAfter(
  lease: Lease,
  options: FileState,
  { run, signal }: OpenOptions,
): Promise<void> {
  const { folder, compactor, warn } = options;
  if (compactor === undefined || signal.aborted) return;
  try {
    const ledger = ledgerUnder(lease, options);
    removeLeftovers(ledger);
    await compactLedger({ ...ledger, ownSegment: `${run.id}.ndjson` });
  } catch (fault) {
    warn?.(`The ledger in ${folder} was not compacted; nothing of it is lost. ${reasonOf(fault)}`);
  }
}

function makeFolder(folder: string): void {
  const made = mkdirSync(join(folder, "ledger"), { recursive: true });
  if (made === undefined) return;
  for (let at = join(folder, "ledger"); at.length >= made.length; at = dirname(at)) {
    syncFolder(dirname(at));
  }
}

/** A fault of the file system, before anything was sent, is one of the state. */
function folderFault(fault: unknown, folder: string, what: "read" | "written"): unknown {
  if (faultCode(fault) === "") return fault;
  const path = fault instanceof Error && "path" in fault ? ` (${String(fault.path)})` : "";
  return new Stop(
    "state",
    `The state in ${folder} cannot be ${what}: ${reasonOf(fault)}${path}. Nothing was sent.`,
  );
}
