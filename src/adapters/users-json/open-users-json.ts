import { readFileSync, realpathSync, statSync } from "node:fs";
import { LowSync, type SyncAdapter } from "lowdb";
import { PortError, Stop } from "../../diag/errors.ts";
import { faultCode, reasonOf } from "../../diag/reason-of.ts";
import type { DeliveryId } from "../../model/delivery.ts";
import type { PageFact } from "../../model/inbound-fact.ts";
import type { PeopleCounts } from "../../model/people-counts.ts";
import type { TableRules } from "../../people/user-keys.ts";
import { UsersTable } from "../../people/users-table.ts";
import { parseUsersText } from "../../people/users-text.ts";
import type { Appended, InboundStore } from "../../ports/inbound-store.ts";
import { SeenKeys } from "../inbound-log/seen-keys.ts";
import { withFileLock } from "./file-lock.ts";
import { replaceUsers } from "./replace-users.ts";

/**
 * Opens a users.json to be changed by what people tell the page. The file is read anew where
 * somebody else changed it, and replaced as a whole. Throws Stop `invalid` where it is no array of
 * objects.
 */
export function openUsersJson(path: string, rules: TableRules): InboundStore {
  return new UsersJson(path, rules);
}

class UsersJson implements InboundStore {
  readonly #path: string;
  readonly #document: LowSync<UsersTable>;
  /** Of this process: what came before it changes nothing when it comes again. */
  #seen = new SeenKeys();
  readonly #echoes = new Map<DeliveryId, string | null>();

  constructor(path: string, rules: TableRules) {
    this.#path = realPath(path);
    const file = new TableFile(this.#path, rules);
    this.#document = new LowSync(file, file.read());
  }

  append(facts: readonly PageFact[]): Promise<Appended> {
    return withFileLock(`${this.#path}.lock`, () => {
      this.#document.read();
      return this.#take(facts);
    });
  }

  async echoes(): Promise<ReadonlyMap<DeliveryId, string | null>> {
    return this.#echoes;
  }

  async people(): Promise<PeopleCounts | undefined> {
    return this.#document.data.counts();
  }

  async close(): Promise<void> {}

  #take(facts: readonly PageFact[]): Appended {
    const added = facts.filter(({ key }) => this.#seen.add(key));
    let newPeople = 0;
    for (const fact of added) {
      if (fact.kind === "echo") this.#echoes.set(fact.delivery, fact.mid);
      else if (fact.kind !== "policy" && this.#document.data.take(fact)) newPeople++;
    }
    try {
      this.#document.write();
    } catch (fault) {
      // What was not written has to count as new when it comes again.
      this.#seen = new SeenKeys();
      throw fault;
    }
    return { added, newPeople };
  }
}

/** lowdb's own adapter does not wait for the disk, and would write the user's columns anew. */
class TableFile implements SyncAdapter<UsersTable> {
  readonly #path: string;
  readonly #rules: TableRules;
  #table: UsersTable | undefined;
  #stamp = "";
  #text = "";

  constructor(path: string, rules: TableRules) {
    this.#path = path;
    this.#rules = rules;
  }

  read(): UsersTable {
    const stamp = this.#stampNow();
    if (this.#table !== undefined && stamp === this.#stamp) return this.#table;
    this.#text = readText(this.#path);
    const parsed = parseUsersText(this.#text);
    if (parsed === undefined) throw noArray(this.#path);
    this.#stamp = stamp;
    this.#table = new UsersTable(parsed, this.#rules);
    return this.#table;
  }

  /** What people tell twice leaves the file as it is, its time of change too. */
  write(table: UsersTable): void {
    const text = table.toText();
    if (text === this.#text) return;
    try {
      replaceUsers(this.#path, text);
    } catch (cause) {
      this.#table = undefined;
      throw failure(this.#path, "written", cause);
    }
    this.#text = text;
    this.#stamp = this.#stampNow();
  }

  #stampNow(): string {
    try {
      const { ino, size, mtimeMs } = statSync(this.#path);
      return `${ino}:${size}:${mtimeMs}`;
    } catch (cause) {
      throw failure(this.#path, "read", cause);
    }
  }
}

/** Where a link leads, so that the link stays one. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (fault) {
    if (faultCode(fault) !== "ENOENT") throw failure(path, "read", fault);
    throw new Stop("invalid", `There is no ${path}. Write a file with [] in it to begin with.`);
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw failure(path, "read", cause);
  }
}

function noArray(path: string): Stop {
  const message = `${path} is no JSON array of objects. Nothing was changed. Export it again.`;
  return new Stop("invalid", message);
}

function failure(path: string, what: "read" | "written", cause: unknown): PortError {
  const message =
    `The user data in ${path} cannot be ${what}: ${reasonOf(cause)}. Events that were not ` +
    "acknowledged have to be taken in again.";
  return new PortError(message, { retryable: false, cause });
}
