import { readUsersNow } from "../audience/users-now.ts";
import { PortError } from "../diag/errors.ts";
import { MINUTE_MS } from "../model/instant.ts";
import type { Warning } from "../model/plan.ts";
import type { UserSource } from "../model/workspace.ts";
import type { Clock } from "../ports/clock.ts";
import type { UserData } from "../ports/user-data.ts";
import type { Waiting } from "./judge-again.ts";

const LOOK_EVERY_MS = MINUTE_MS;
/** Whoever has not been sent to yet is among the last ones: claims run no further ahead. */
const PARTS_WAITING = 6;

/** A second look at the user files while a run goes on. */
export interface UserFiles {
  /** Tells what the files hold now from what they held before; undefined while they are written. */
  stamp(): Promise<string | undefined>;
  /** Reads ids, consent and last messages anew. */
  open(): Promise<UserData>;
}

/**
 * Notices when the user files change during a run, so that nobody is written to who took their
 * consent back an hour ago. It looks when people are added and when one is judged again, at most
 * once a minute, and then tells everybody who is on the way.
 */
export class UserChanges {
  /** What the report has to say of it. */
  readonly warnings: Warning[] = [];
  readonly #files: UserFiles;
  readonly #source: UserSource;
  readonly #clock: Clock;
  readonly #waiting: (readonly Waiting[])[] = [];
  #stamp: string | undefined;
  #lookedAtMs: number;
  #looking: Promise<void> = Promise.resolve();
  #fault: unknown;
  #users: UserData | undefined;

  private constructor(of: { files: UserFiles; source: UserSource; clock: Clock }, stamp?: string) {
    this.#files = of.files;
    this.#source = of.source;
    this.#clock = of.clock;
    this.#stamp = stamp;
    this.#lookedAtMs = of.clock.monotonicMs();
  }

  /** To be opened before the user data is read. */
  static async watch(of: {
    readonly files: UserFiles;
    readonly source: UserSource;
    readonly clock: Clock;
  }): Promise<UserChanges> {
    return new UserChanges(of, await of.files.stamp());
  }

  /** Some who will be sent to: from now on they know what the files say of them. */
  async add(waiting: readonly Waiting[]): Promise<void> {
    this.#waiting.push(waiting);
    if (this.#waiting.length > PARTS_WAITING) this.#waiting.shift();
    this.lookAgain();
    await this.#looking;
    if (this.#fault !== undefined) throw this.#fault;
    await this.#tell(waiting);
  }

  /** Looks again if the last time is long ago; who is on the way hears of it soon. */
  lookAgain(): void {
    if (this.#clock.monotonicMs() - this.#lookedAtMs < LOOK_EVERY_MS) return;
    this.#lookedAtMs = this.#clock.monotonicMs();
    this.#looking = this.#looking
      .then(() => this.#look())
      .catch((fault: unknown) => {
        this.#fault ??= fault;
      });
  }

  async close(): Promise<void> {
    await this.#looking;
    this.#users?.engine.close();
    this.#users = undefined;
  }

  async #look(): Promise<void> {
    const stamp = await this.#files.stamp();
    if (stamp === undefined || stamp === this.#stamp) return;
    this.#stamp = stamp;
    const users = await this.#open();
    if (users === undefined) {
      this.warnings.push(unreadable(this.#source));
      return;
    }
    this.#users?.engine.close();
    this.#users = users;
    await this.#tell(this.#waiting.flat());
  }

  /** Undefined for files that cannot be used; what was read before stays. */
  async #open(): Promise<UserData | undefined> {
    try {
      const users = await this.#files.open();
      if (users.diagnostics.every(({ severity }) => severity !== "error")) return users;
      users.engine.close();
    } catch (fault) {
      if (!(fault instanceof PortError)) throw fault;
    }
    return undefined;
  }

  async #tell(waiting: readonly Waiting[]): Promise<void> {
    if (this.#users === undefined) return;
    const ids = waiting.map(({ userId }) => userId);
    const now = await readUsersNow(this.#users.engine, this.#source, ids);
    for (const one of waiting) one.userNow = now.get(one.userId) ?? null;
  }
}

function unreadable({ files }: UserSource): Warning {
  return {
    code: "DATA_UNREADABLE",
    summary: "Unreadable data",
    detail:
      "The user files were changed while the run went on, and what they hold now cannot be used. " +
      "The run went on with consent and last messages as they were read before.",
    source: { file: files.at.file, line: files.at.line },
  };
}
