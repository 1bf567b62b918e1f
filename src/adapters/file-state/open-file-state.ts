import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Stop } from "../../diag/errors.ts";
import { claimRecord, LEDGER_FORMAT, settleRecord } from "../../ledger/record.ts";
import type { Run } from "../../model/delivery.ts";
import { formatInstant } from "../../model/instant.ts";
import type { Clock } from "../../ports/clock.ts";
import type {
  StateDocument,
  StateSnapshot,
  StateStore,
  StateWriter,
} from "../../ports/state-store.ts";
import { checkSegments } from "./check-segments.ts";
import { Lease, liveRun } from "./lease.ts";
import { SegmentWriter } from "./segment-writer.ts";
import { readDocument, writeDocument } from "./state-document.ts";

interface FileStateOptions {
  /** Absolute path. */
  readonly folder: string;
  /** The workspace's id. */
  readonly workspace: string;
  readonly clock: Clock;
}

type OpenOptions = Parameters<StateStore["open"]>[0];

/**
 * A state in a folder: `state.json`, `ledger/<run>.ndjson` and, while an apply runs, `lease.json`.
 * Reading writes nothing, not even the folder.
 */
export function openFileState(options: FileStateOptions): StateStore {
  return {
    read: async () => readSnapshot(options),
    open: async (opening) => openWriter(options, opening),
  };
}

function readSnapshot({ folder, workspace }: FileStateOptions): StateSnapshot {
  const document = readWhole(folder, workspace);
  const paths = segmentPaths(folder);
  return {
    document,
    ledger: checkSegments(paths, workspace),
    liveRun: liveRun(join(folder, "lease.json")),
    peopleKey: null,
  };
}

/** The document, without which a ledger has lost its fencing number and its owner. */
function readWhole(folder: string, workspace: string): StateDocument | undefined {
  const document = readDocument(folder, workspace);
  if (document === undefined && segmentPaths(folder).length > 0) {
    throw new Stop(
      "state",
      `${folder} has a ledger and no state.json. Nothing was changed or sent. Restore state.json.`,
    );
  }
  return document;
}

function segmentPaths(folder: string): string[] {
  try {
    const names = readdirSync(join(folder, "ledger")).filter((name) => name.endsWith(".ndjson"));
    return names.sort().map((name) => join(folder, "ledger", name));
  } catch (fault) {
    if (fault instanceof Error && "code" in fault && fault.code === "ENOENT") return [];
    // An unread ledger must not look like an empty one: everybody would get everything again.
    throw new Stop(
      "state",
      `The ledger in ${folder} cannot be listed. Nothing was changed or sent.`,
    );
  }
}

async function openWriter(options: FileStateOptions, opening: OpenOptions): Promise<StateWriter> {
  const { folder } = options;
  makeFolder(folder);
  refuseOther(readWhole(folder, options.workspace), opening, folder);
  const { serial } = documentAfter(readDocument(folder, options.workspace), options, opening);
  const lease = Lease.take(join(folder, "lease.json"), opening.run.id, serial);
  try {
    const document = documentAfter(readDocument(folder, options.workspace), options, opening);
    await writeDocument(folder, document);
    return writerOf({ ...options, run: opening.run, lease, document });
  } catch (fault) {
    lease.release();
    throw fault;
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(join(folder, "ledger"), { recursive: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Stop("state", `The state folder ${folder} cannot be made: ${reason}`);
  }
}

function refuseOther(
  document: StateDocument | undefined,
  { pageId, target }: OpenOptions,
  folder: string,
): void {
  if (document === undefined) return;
  if (document.pageId !== pageId) {
    throw new Stop("state", `The state in ${folder} belongs to the page ${document.pageId}.`);
  }
  if (document.target !== target) {
    const owner = document.target === "meta" ? "Meta" : "a sandbox";
    throw new Stop(
      "state",
      `The state in ${folder} belongs to sends to ${owner}. Nothing was sent. ` +
        "Use another folder for this Graph URL, or `apply --sandbox`.",
    );
  }
}

function documentAfter(
  before: StateDocument | undefined,
  { workspace }: FileStateOptions,
  { pageId, target }: OpenOptions,
): StateDocument {
  const blank = { format: "posthorn.state/1", workspace, pageId, target } as const;
  return { ...blank, campaigns: {}, ...before, serial: (before?.serial ?? 0) + 1 };
}

function writerOf(
  of: FileStateOptions & {
    readonly run: Run;
    readonly lease: Lease;
    readonly document: StateDocument;
  },
): StateWriter {
  const { folder, workspace, run, lease } = of;
  const segment = new SegmentWriter(join(folder, "ledger", `${run.id}.ndjson`));
  const { fence } = lease;
  let { document } = of;
  const by = (at: number) => ({ fence, at: formatInstant(at) });
  const origin = { run: run.id, commit: run.commit };
  segment.append({
    kind: "header",
    format: LEDGER_FORMAT,
    workspace,
    ...origin,
    ...by(run.startedAt),
  });
  segment.sync();
  return {
    run,
    claim: async (deliveries, at) => {
      lease.check();
      for (const delivery of deliveries) {
        segment.append(claimRecord(delivery, { ...origin, ...by(at) }));
      }
      segment.sync();
    },
    settle: (delivery, settlement, at) =>
      segment.append(settleRecord(delivery, settlement, by(at))),
    flush: async () => segment.sync(),
    remember: async (campaigns) => {
      document = { ...document, campaigns: { ...document.campaigns, ...campaigns } };
      await writeDocument(folder, document);
    },
    close: async () => {
      segment.close();
      lease.release();
    },
  };
}
