import type { CampaignId } from "../model/campaign.ts";
import type { Delivery, Outcome, Run } from "../model/delivery.ts";
import type { Instant } from "../model/instant.ts";
import type { Resolution } from "../model/resolution.ts";
import type { RolloutStop } from "../model/rollout.ts";

/** What a state remembers of a campaign beside the ledger, by its root id. */
export interface CampaignMemory {
  /**
   * The clock of the last apply that tried everyone due. It closes what was due by then: who enters
   * the segment later is not in it; only people whose own instant comes later stay due.
   */
  readonly triedAt: Instant | null;
  /** The size of the last completed occurrence: the base of `max_growth`. */
  readonly lastEligible: number | null;
  /** The first apply that saw an `at: now` campaign. */
  readonly firstSeenAt: Instant | null;
  /** The stops of rollouts that may still go on, oldest first; absent where there never was one. */
  readonly stops?: readonly RolloutStop[];
}

/** The state's small document. */
export interface StateDocument {
  readonly format: "posthorn.state/1";
  readonly workspace: string;
  readonly pageId: string;
  /** Whether it belongs to Meta or to a sandbox. */
  readonly target: "meta" | "sandbox";
  /** The fencing number of the last apply. */
  readonly serial: number;
  readonly campaigns: Readonly<Record<CampaignId, CampaignMemory>>;
}

/** A ledger file for the SQL engine to read. */
export interface LedgerFile {
  readonly path: string;
  readonly format: "ndjson" | "parquet";
  /** Whether a crash tore its last line, which then does not count. */
  readonly torn: boolean;
}

/** Who asked to be forgotten, and is never sent to again: keyed hashes of ids and PSIDs. */
export interface Forgotten {
  readonly key: string;
  readonly users: readonly string[];
  readonly psids: readonly string[];
}

/** Somebody who asks to be forgotten, with every PSID that is known of them. */
export interface ForgetPerson {
  readonly userId: string;
  readonly psids: readonly string[];
}

/** The state as it is now; reading it takes no lock. */
export interface StateSnapshot {
  /** Undefined where nothing has been applied yet. */
  readonly document: StateDocument | undefined;
  readonly ledger: readonly LedgerFile[];
  /** The run that holds a live lease: its claims without outcome are in flight, not unknown. */
  readonly liveRun: string | null;
  /** Why applies are halted; null: they are not. */
  readonly halted: string | null;
  /** The key that the people of the ledger are hashed with; null: it holds their ids. */
  readonly peopleKey: string | null;
  /** Null: nobody. */
  readonly forgotten: Forgotten | null;
}

/** Settles a claim: an outcome, or `released` after the last try. */
export type Settlement = Exclude<Outcome, { status: "not_sent" }> | ReleasedSettlement;
interface ReleasedSettlement {
  readonly status: "released";
  readonly error: { readonly code: number | null; readonly message: string };
}

/** Who holds a state's lease, or held it. */
export interface LeaseHolder {
  readonly run: string;
  readonly host: string;
  readonly pid: number;
  /** Where the log of its CI job can be read. */
  readonly url: string | null;
  /** ISO 8601, UTC. */
  readonly since: string;
}

/** The state while an apply holds its lease. */
export interface StateWriter {
  readonly run: Run;
  /** The dead holder that the lease was taken from; null: it was free. */
  readonly takenOver: LeaseHolder | null;
  /**
   * How many claims may wait for their request: what a crash can turn into unknown outcomes, set
   * against what it costs to make claims durable. `perSecond` is the page's rate.
   */
  claimsAhead(perSecond: number): number;
  /** Why applies are halted; null: they are not. To be asked before every batch of claims. */
  halted(): Promise<string | null>;
  /**
   * Writes claims durably: once it resolves they survive a power cut, and whoever took the lease
   * meanwhile has seen them. At most some hundred. Throws Stop `partial` when the lease is lost,
   * PortError when the claims cannot be written; then none of them may be sent.
   */
  claim(deliveries: readonly Delivery[], at: Instant): Promise<void>;
  /** Records an outcome, lease or no lease; durable within a second, and before `close`. */
  settle(delivery: Delivery, settlement: Settlement, at: Instant): void;
  /** Settles what a run left unknown, by somebody's word. Throws Stop when the lease is lost. */
  resolve(resolution: Resolution, at: Instant): void;
  /** Everything settled so far is on disk and visible to `StateStore.read`. */
  flush(): Promise<void>;
  remember(campaigns: Readonly<Record<CampaignId, CampaignMemory>>): Promise<void>;
  /** Flushes, gives up the lease. */
  close(): Promise<void>;
}

/** The state while its lease is held, for whoever forgets a person. */
export interface PersonWriter extends StateWriter {
  /** Makes sure that the person is never sent to again. Durable once it resolves. */
  forget(person: ForgetPerson): Promise<void>;
  /**
   * Puts keyed hashes in place of the person in `files`, those of the ledger that name them, and
   * removes what these were made from. Gives how many files have to wait, since a run that lost
   * its lease may still write outcomes to them. No claim may follow.
   */
  hidePerson(person: ForgetPerson, files: readonly LedgerFile[]): Promise<number>;
}

/** Where ledger and state live. Faults of the state throw Stop with exit `state`. */
export interface StateStore {
  read(): Promise<StateSnapshot>;
  /** Takes the lease. Throws Stop `locked` naming a holder that lives. */
  open(options: {
    readonly run: Run;
    readonly pageId: string;
    readonly target: "meta" | "sandbox";
    readonly signal: AbortSignal;
  }): Promise<PersonWriter>;
  /** Keeps every apply from sending, also one that holds the lease; null lifts that. */
  halt(because: string | null): Promise<void>;
}
