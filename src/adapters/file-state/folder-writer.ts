import { basename, join } from "node:path";
import type { LowSync } from "lowdb";
import {
  claimRecord,
  LEDGER_FORMAT,
  resolveRecord,
  settleRecord,
  stamper,
} from "../../ledger/record.ts";
import type { Run } from "../../model/delivery.ts";
import type { HiddenPeople } from "../../ports/compactor.ts";
import type {
  LeaseHolder,
  PersonWriter,
  Settlement,
  StateDocument,
  StateWriter,
} from "../../ports/state-store.ts";
import { hiddenIn, writeForgotten } from "./forgotten.ts";
import { readHalt } from "./halt-file.ts";
import type { Lease } from "./lease.ts";
import { SegmentWriter } from "./segment-writer.ts";

interface FolderWriterOptions {
  readonly folder: string;
  readonly run: Run;
  readonly lease: Lease;
  readonly document: LowSync<StateDocument>;
  /** Called after a run that wrote something, before the lease is given up. */
  finished(): Promise<void>;
  /** Puts hashes in place of people in the named files; gives how many have to wait. */
  hide(named: ReadonlySet<string>, hidden: HiddenPeople): Promise<number>;
}

/** Claims run ahead of requests by at most one second of the rate (SPEC section 8). */
const MIN_AHEAD = 50;
const MAX_AHEAD = 500;

/** What was claimed too late was not sent, and is due again. */
const LEASE_LOST: Settlement = {
  status: "released",
  error: { code: null, message: "The lease of the state was lost before its request." },
};

/** Writes a state folder under a lease. */
export class FolderWriter implements PersonWriter {
  readonly run: Run;
  readonly #folder: string;
  readonly #lease: Lease;
  readonly #document: LowSync<StateDocument>;
  readonly #segment: SegmentWriter;
  readonly #stamp: ReturnType<typeof stamper>;
  readonly #finished: FolderWriterOptions["finished"];
  readonly #hide: FolderWriterOptions["hide"];
  #hasBegun = false;
  /** Whether this lease's one compaction was made. */
  #isCompacted = false;

  constructor({ folder, run, lease, document, finished, hide }: FolderWriterOptions) {
    this.#finished = finished;
    this.#hide = hide;
    this.run = run;
    this.#folder = folder;
    this.#lease = lease;
    this.#document = document;
    this.#stamp = stamper(lease.fence);
    this.#segment = new SegmentWriter(join(folder, "ledger", `${run.id}.ndjson`), {
      kind: "header",
      format: LEDGER_FORMAT,
      workspace: document.data.workspace,
      run: run.id,
      commit: run.commit,
      taken_over: lease.takenOver,
      ...this.#stamp(run.startedAt),
    });
    // A run that does nothing leaves nothing behind, unless it has a takeover to tell.
    if (lease.takenOver !== null) {
      this.#begin();
      this.#segment.begin();
    }
  }

  get takenOver(): LeaseHolder | null {
    return this.#lease.takenOver;
  }

  claimsAhead(perSecond: number): number {
    return Math.min(MAX_AHEAD, Math.max(MIN_AHEAD, perSecond));
  }

  async halted(): Promise<string | null> {
    return readHalt(this.#folder);
  }

  claim: StateWriter["claim"] = async (deliveries, at) => {
    this.#lease.check();
    this.#begin();
    const origin = { run: this.run.id, commit: this.run.commit };
    await this.#segment.write(
      deliveries.map((delivery) => claimRecord(delivery, origin, this.#stamp(at))),
    );
    try {
      // Once more after the write: had the lease been lost before it, the other one may have read
      // the ledger without these claims; if it is lost from now on, the other one has them to read.
      this.#lease.check();
    } catch (fault) {
      for (const delivery of deliveries) this.settle(delivery, LEASE_LOST, at);
      await this.#segment.write([]);
      throw fault;
    }
  };

  settle: StateWriter["settle"] = (delivery, settlement, at) =>
    this.#segment.append(settleRecord(delivery, settlement, this.#stamp(at)));

  resolve: StateWriter["resolve"] = (resolution, at) => {
    this.#lease.check();
    this.#begin();
    this.#segment.append(resolveRecord(resolution, this.#stamp(at)));
  };

  flush: StateWriter["flush"] = () => this.#segment.write([]);

  remember: StateWriter["remember"] = async (campaigns) => {
    this.#lease.check();
    const { data } = this.#document;
    this.#document.data = { ...data, campaigns: { ...data.campaigns, ...campaigns } };
    this.#document.write();
    this.#hasBegun = true;
  };

  forget: PersonWriter["forget"] = async (person) => {
    this.#lease.check();
    writeForgotten(this.#folder, this.#document.data.workspace, person);
  };

  hidePerson: PersonWriter["hidePerson"] = async (person, files) => {
    this.#lease.check();
    if (files.length > 0) {
      this.#begin();
      this.#isCompacted = true;
    }
    const named = new Set(files.map(({ path }) => basename(path)));
    return this.#hide(named, hiddenIn(this.#folder, this.#document.data.workspace, person));
  };

  close: StateWriter["close"] = async () => {
    try {
      await this.#segment.close();
      if (this.#hasBegun && !this.#isCompacted) await this.#finished();
    } finally {
      this.#lease.release();
    }
  };

  /** The serial comes first: from now on nobody else can get this run's fencing number. */
  #begin(): void {
    if (!this.#hasBegun) this.#document.write();
    this.#hasBegun = true;
  }
}
