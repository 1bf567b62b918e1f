import { readUsersNow, type UserNow } from "../audience/users-now.ts";
import { PortError } from "../diag/errors.ts";
import { MINUTE_MS } from "../model/instant.ts";
import type { Warning } from "../model/plan.ts";
import type { UserSource } from "../model/workspace.ts";
import type { Clock } from "../ports/clock.ts";
import type { UserData } from "../ports/user-data.ts";

const LOOK_EVERY_MS = MINUTE_MS;

/** A second look at the user files while a run goes on. */
export interface UserFiles {
  /** Tells apart what the files hold: names, sizes and times of change. */
  stamp(): Promise<string>;
  /** Reads ids, consent and last messages anew. */
  open(): Promise<UserData>;
}

/**
 * Notices when the user files change during a run, so that nobody is written to who took their
 * consent back an hour ago. Files are read anew once they stood still between two looks: one that
 * is being written looks like one from which people have gone.
 */
export class UserChanges {
  /** What the report has to say of it. */
  readonly warnings: Warning[] = [];
  readonly #files: UserFiles;
  readonly #clock: Clock;
  /** Of the files that were read last, and of those that were looked at last. */
  #read: string;
  #seen: string;
  #lookedAtMs: number;
  #users: UserData | undefined;

  private constructor(files: UserFiles, clock: Clock, stamp: string) {
    this.#files = files;
    this.#clock = clock;
    this.#read = stamp;
    this.#seen = stamp;
    this.#lookedAtMs = clock.monotonicMs();
  }

  /** To be opened before the user data is read. */
  static async watch(files: UserFiles, clock: Clock): Promise<UserChanges> {
    return new UserChanges(files, clock, await files.stamp());
  }

  /** The users as the files have them now; undefined while they are as they were at the start. */
  async now(
    source: UserSource,
    userIds: readonly string[],
  ): Promise<ReadonlyMap<string, UserNow> | undefined> {
    if (this.#clock.monotonicMs() - this.#lookedAtMs >= LOOK_EVERY_MS) await this.#look(source);
    return this.#users && readUsersNow(this.#users.engine, source, userIds);
  }

  close(): void {
    this.#users?.engine.close();
    this.#users = undefined;
  }

  async #look(source: UserSource): Promise<void> {
    this.#lookedAtMs = this.#clock.monotonicMs();
    const stamp = await this.#files.stamp();
    const isStill = stamp === this.#seen;
    this.#seen = stamp;
    if (!isStill || stamp === this.#read) return;
    this.#read = stamp;
    const users = await this.#open();
    if (users === undefined) {
      this.warnings.push(unreadable(source));
      return;
    }
    this.close();
    this.#users = users;
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
