import { PortError, Stop } from "../../diag/errors.ts";
import {
  claimRecord,
  LEDGER_FORMAT,
  type LedgerRecord,
  resolveRecord,
  settleRecord,
  stamper,
} from "../../ledger/record.ts";
import type { Run } from "../../model/delivery.ts";
import type { Instant } from "../../model/instant.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Compactor } from "../../ports/compactor.ts";
import type {
  ForgetPerson,
  LeaseHolder,
  PersonWriter,
  StateDocument,
  StateWriter,
} from "../../ports/state-store.ts";
import { type ForgottenFile, forgottenFile } from "../file-state/forgotten.ts";
import { HEARTBEAT_MS, type HeldLease, leaseLost } from "../file-state/holder.ts";
import type { Machine } from "../file-state/machine.ts";
import type { Tip } from "./branch-tree.ts";
import { notCompacted, withCompaction } from "./compact-branch.ts";
import { type Head, nextPath, readHead } from "./head-file.ts";
import { withoutPerson } from "./people-key.ts";
import { jsonText, messageOf, pushFiles } from "./push-files.ts";
import type { StateBranch } from "./state-branch.ts";

/** How often a push is made anew when others are quicker. */
const MAX_TRIES = 10;
/** A push takes seconds, so one covers ten seconds of sends, and never less than 500 claims. */
const AHEAD_S = 10;
const MIN_AHEAD = 500;
const MAX_AHEAD = 3000;
/** How long to wait before a remote that did not answer is asked again. */
const RETRY_AFTER_MS = [1000, 3000, 10_000];

export interface GitWriterOptions {
  readonly branch: StateBranch;
  readonly workspace: string;
  readonly key: string;
  readonly run: Run;
  readonly lease: HeldLease;
  readonly machine: Machine;
  /** Its real time alone is used. */
  readonly clock: Clock;
  readonly compactor: Compactor | undefined;
  readonly warn: ((text: string) => void) | undefined;
  readonly takenOver: LeaseHolder | null;
  readonly document: StateDocument;
  /** The commit in which this run took the lease, and its head file. */
  readonly tip: Tip;
  readonly head: Head;
}

/** What a push carries beside records. */
interface Part {
  readonly document?: StateDocument;
  readonly lease?: null;
  readonly forgotten?: ForgottenFile;
}

/**
 * The state branch while an apply holds its lease. One push at a time; each carries the claims it
 * is made for together with every outcome that waits.
 */
export class GitWriter implements PersonWriter {
  readonly run: Run;
  readonly takenOver: LeaseHolder | null;
  readonly #stamp: ReturnType<typeof stamper>;
  readonly #options: GitWriterOptions;
  readonly #heartbeat: NodeJS.Timeout;
  #tip: Tip;
  #head: Head;
  #document: StateDocument;
  #waiting: LedgerRecord[] = [];
  /** The push that is under way; the next one follows it. */
  #line: Promise<void> = Promise.resolve();

  constructor(options: GitWriterOptions) {
    this.#options = options;
    this.run = options.run;
    this.takenOver = options.takenOver;
    this.#stamp = stamper(options.lease.fence);
    this.#tip = options.tip;
    this.#head = options.head;
    this.#document = options.document;
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS);
    this.#heartbeat.unref();
  }

  claimsAhead(perSecond: number): number {
    return Math.min(MAX_AHEAD, Math.max(MIN_AHEAD, AHEAD_S * perSecond));
  }

  /** As of the last push: every one of them, a heartbeat too, learns of a halt. */
  async halted(): Promise<string | null> {
    return this.#head.halted;
  }

  async claim(deliveries: Parameters<StateWriter["claim"]>[0], at: Instant): Promise<void> {
    const origin = { run: this.run.id, commit: this.run.commit };
    for (const delivery of deliveries) {
      const claim = claimRecord(delivery, origin, this.#stamp(at));
      this.#waiting.push(withoutPerson(claim, this.#options.key));
    }
    await this.flush();
  }

  settle(...[delivery, settlement, at]: Parameters<StateWriter["settle"]>): void {
    this.#waiting.push(settleRecord(delivery, settlement, this.#stamp(at)));
  }

  resolve(...[resolution, at]: Parameters<StateWriter["resolve"]>): void {
    this.#waiting.push(resolveRecord(resolution, this.#stamp(at)));
  }

  /** Everything so far is at the remote. */
  async flush(): Promise<void> {
    if (this.#waiting.length > 0) await this.#push();
    else await this.#line;
  }

  async remember(campaigns: StateDocument["campaigns"]): Promise<void> {
    const all = { ...this.#document.campaigns, ...campaigns };
    this.#document = { ...this.#document, campaigns: all };
    await this.#push({ document: this.#document });
  }

  async forget(person: ForgetPerson): Promise<void> {
    const { key, workspace } = this.#options;
    await this.#push({ forgotten: forgottenFile(key, workspace, person) });
  }

  /** On a branch people stand as keyed hashes from the start. */
  async hidePerson(): Promise<number> {
    return 0;
  }

  async close(): Promise<void> {
    clearInterval(this.#heartbeat);
    await this.flush();
    await this.#compact().catch((fault) => this.#options.warn?.(notCompacted(fault)));
    await this.#push({ lease: null });
  }

  async #compact(): Promise<void> {
    const { branch, compactor } = this.#options;
    if (compactor === undefined) return;
    await withCompaction(this.#tip, { tree: branch.tree, compactor }, async ({ add, remove }) => {
      const head = this.#headAfter(undefined);
      const files = new Map([...add, [nextPath("heads", this.#tip), jsonText(head)] as const]);
      const message = `Compact ${remove?.length ?? 0} files`;
      const pushed = await branch.push(this.#tip, {
        add: files,
        ...(remove && { remove }),
        message,
      });
      if (pushed === undefined) await this.#catchUp();
      else [this.#tip, this.#head] = [pushed, head];
    });
  }

  /** There is nobody to throw to here; the next claim finds out what is wrong. */
  #beat(): void {
    this.#push().catch(() => undefined);
  }

  #push(part: Part = {}): Promise<void> {
    const next = this.#line.then(() => this.#pushNow(part));
    this.#line = next.catch(() => undefined);
    return next;
  }

  async #pushNow(part: Part): Promise<void> {
    const records = this.#waiting;
    this.#waiting = [];
    try {
      await this.#patiently(() => this.#pushRecords(records, part));
    } catch (fault) {
      // Outcomes can go with the next push. Claims that failed are never sent, so they are dropped.
      const outcomes = records.filter(({ kind }) => kind === "settle");
      this.#waiting = [...outcomes, ...this.#waiting];
      throw fault;
    }
  }

  /** A remote that is away for a moment must not end a run. */
  async #patiently(push: () => Promise<void>): Promise<void> {
    for (const waitMs of RETRY_AFTER_MS) {
      try {
        return await push();
      } catch (fault) {
        if (!(fault instanceof PortError && fault.retryable)) throw fault;
        await this.#options.clock.sleep(waitMs);
      }
    }
    await push();
  }

  async #pushRecords(records: readonly LedgerRecord[], part: Part): Promise<void> {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const head = this.#headAfter(part.lease);
      const pushed = await this.#options.branch.push(this.#tip, {
        add: pushFiles(this.#tip, { header: this.#header(), records, head, ...part }),
        message: messageOf(records, this.run.id),
      });
      if (pushed !== undefined) {
        [this.#tip, this.#head] = [pushed, head];
        return;
      }
      await this.#catchUp();
    }
    throw new Stop("state", "The state branch is too busy to be pushed to. Nothing more was sent.");
  }

  #headAfter(lease: null | undefined): Head {
    const { lease: own, machine } = this.#options;
    const alive = { ...own, heartbeatAt: machine.wallMs() };
    return { ...this.#head, after: this.#tip.commit, lease: lease === null ? null : alive };
  }

  #header(): LedgerRecord {
    const { run } = this;
    const { workspace } = this.#options;
    const origin = { run: run.id, commit: run.commit };
    return {
      kind: "header",
      format: LEDGER_FORMAT,
      workspace,
      ...origin,
      taken_over: this.takenOver,
      ...this.#stamp(run.startedAt),
    };
  }

  /** Somebody else pushed: a halt or a decision is fine, another holder is not. */
  async #catchUp(): Promise<void> {
    const { branch } = this.#options;
    const tip = await branch.fetch();
    if (tip === undefined)
      throw new Stop("state", "The state branch is gone. Nothing more was sent.");
    const head = await readHead(tip, branch.tree);
    const { lease } = head;
    if (lease?.holder.run !== this.run.id) throw leaseLost(lease?.holder);
    [this.#tip, this.#head] = [tip, head];
  }
}
