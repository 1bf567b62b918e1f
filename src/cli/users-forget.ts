import { specialColumns } from "../audience/needed-columns.ts";
import { EXIT, Stop } from "../diag/errors.ts";
import { type PersonFiles, personFiles } from "../ledger/person-files.ts";
import { hashedId } from "../model/hashed-id.ts";
import { identifier, sql } from "../model/sql.ts";
import type { StateLocation, Workspace } from "../model/workspace.ts";
import type {
  ForgetPerson,
  PersonWriter,
  StateSnapshot,
  StateStore,
} from "../ports/state-store.ts";
import { showJson } from "../view/escape.ts";
import { type ForgottenDocument, showForgotten } from "../view/forgotten-text.ts";
import { newRun } from "./new-run.ts";
import { openLedger } from "./open-audience.ts";
import { openWriter } from "./open-writer.ts";
import { type Call, usage } from "./options.ts";
import { sandboxFolder } from "./sandbox-folder.ts";
import type { ForgottenTold } from "./surroundings.ts";
import { inboundSettingsOf } from "./workspace-of.ts";

/*
 * Forgetting somebody, step by step; killed between any two of them, the next call goes on:
 *   1 the state says who is never sent to again       from here on no plan has them
 *   2 what they told the page is taken out of its log, or of the users.json that it fills
 *   3 the ledger is made anew where it names them      counts stay as they are
 * PSIDs are looked for in user data and ledger beforehand, and kept as hashes by step 1.
 */

/** Removes a person everywhere Posthorn wrote them. Holds the leases of the workspace's states. */
export async function usersForget(call: Call): Promise<number> {
  const userId = call.args[0] ?? "";
  const workspace = await inboundSettingsOf(call);
  const forgetting = { userId, workspace, stores: await storesOf(workspace, call), call };
  const known = await knownOf(forgetting);
  const signal = call.surroundings.interruption();
  const writers: PersonWriter[] = [];
  try {
    for (const store of forgetting.stores) {
      const writer = await writerOf(store, forgetting, signal);
      if (writer === undefined) return EXIT.partial;
      writers.push(writer);
    }
    const person = { userId, psids: known.psids };
    for (const writer of writers) await writer.forget(person);
    const told = await call.surroundings.forgetTold(workspace, person);
    const hidden = await hideIn(forgetting, writers, person);
    return print({ ...hidden, told, isInData: known.isInData, userId, workspace }, call);
  } finally {
    for (const writer of writers) await writer.close();
  }
}

/** The workspace's own state, and that of rehearsals where there is one. */
async function storesOf(workspace: Workspace, call: Call): Promise<StateStore[]> {
  const { surroundings, options } = call;
  const clock = await surroundings.clock(options.now);
  const rehearsals: StateLocation = { kind: "folder", path: sandboxFolder(workspace) };
  const own = await surroundings.openState(workspace, workspace.state, clock);
  const other = await surroundings.openState(workspace, rehearsals, clock);
  return (await other.read()).document === undefined ? [own] : [own, other];
}

interface Forgetting {
  readonly userId: string;
  readonly workspace: Workspace;
  readonly stores: readonly StateStore[];
  readonly call: Call;
}

interface Known {
  readonly psids: readonly string[];
  readonly isInData: boolean;
}

/** Throws Stop `usage` for somebody whom nothing knows: it may be a slip of the keyboard. */
async function knownOf(of: Forgetting): Promise<Known> {
  const { userId, workspace, stores, call } = of;
  const inData = await readUser(userId, workspace, call);
  const psids = new Set(inData.psids);
  let isKnown = inData.isInData;
  for (const store of stores) {
    const snapshot = await store.read();
    const found = await filesIn(snapshot, { userId, psids: [...psids] }, call);
    if (snapshot.peopleKey === null) for (const psid of found.psids) psids.add(psid);
    isKnown ||= found.deliveries > 0 || wasForgotten(snapshot, userId);
  }
  if (!isKnown) {
    throw usage(`Neither the user data nor the ledger knows "${userId}". Nothing was changed.`);
  }
  return { psids: [...psids], isInData: inData.isInData };
}

function wasForgotten({ forgotten }: StateSnapshot, userId: string): boolean {
  return forgotten?.users.includes(hashedId(forgotten.key, userId)) ?? false;
}

async function readUser(userId: string, workspace: Workspace, call: Call): Promise<Known> {
  const { id, psid } = workspace.users;
  const needed = {
    users: new Set(specialColumns(workspace)),
    events: new Set<string>(),
    onlyUser: userId,
  };
  const alone = { ...workspace, events: undefined };
  const users = await call.surroundings.openUserData(alone, needed);
  try {
    if (users.diagnostics.some(({ severity }) => severity === "error")) {
      throw new Stop("invalid", "The user data is not valid; nothing was done.", users.diagnostics);
    }
    const rows = await users.engine.rows(sql`SELECT ${identifier(psid)} AS psid FROM users
      WHERE ${identifier(id)} = ${userId}`);
    const psids = rows.flatMap((row) => (row["psid"] === null ? [] : [String(row["psid"])]));
    return { psids, isInData: rows.length > 0 };
  } finally {
    users.engine.close();
  }
}

/** By what stands in the ledger: on a branch people are keyed hashes from the start. */
async function filesIn(
  { ledger, peopleKey }: StateSnapshot,
  { userId, psids }: ForgetPerson,
  call: Call,
): Promise<PersonFiles> {
  const stands = (id: string) => (peopleKey === null ? id : hashedId(peopleKey, id));
  const whom = { userId: stands(userId), psids: psids.map(stands) };
  const engine = await call.surroundings.openEngine();
  try {
    return await openLedger(() => personFiles(engine, ledger, whom));
  } finally {
    engine.close();
  }
}

/** A state is written to as whose it is. */
async function writerOf(store: StateStore, { workspace, call }: Forgetting, signal: AbortSignal) {
  const { surroundings, options } = call;
  const { document } = await store.read();
  const clock = await surroundings.clock(options.now);
  return openWriter(store, {
    pageId: document?.pageId ?? workspace.page.id,
    target: document?.target ?? "meta",
    run: newRun(surroundings, (await surroundings.git(workspace.root)).head, clock),
    signal,
    lockTimeoutMs: 0,
    clock,
    surroundings,
  });
}

async function hideIn(
  { stores, call }: Forgetting,
  writers: readonly PersonWriter[],
  person: ForgetPerson,
): Promise<{ readonly deliveries: number; readonly waiting: number }> {
  let [deliveries, waiting] = [0, 0];
  for (const [index, store] of stores.entries()) {
    const snapshot = await store.read();
    if (snapshot.peopleKey !== null) continue;
    const found = await filesIn(snapshot, person, call);
    deliveries += found.deliveries;
    waiting += (await writers[index]?.hidePerson(person, found.files)) ?? 0;
  }
  return { deliveries, waiting };
}

interface Done {
  readonly workspace: Workspace;
  readonly userId: string;
  readonly deliveries: number;
  readonly told: ForgottenTold;
  readonly waiting: number;
  readonly isInData: boolean;
}

function print(done: Done, { options, surroundings }: Call): number {
  const { terminal } = surroundings;
  const { told } = done;
  const document: ForgottenDocument = {
    format: "posthorn.forgotten-person/1",
    workspace: done.workspace.id,
    user: done.userId,
    deliveries: done.deliveries,
    facts: told.facts,
    emptied_rows: told.emptied,
    removed_rows: told.removed,
    waiting_files: done.waiting,
    busy_segments: told.busy,
    in_user_data: done.isInData && told.removed === 0,
  };
  const isJson = options.format === "json";
  terminal.out(isJson ? showJson(document) : showForgotten(document, terminal.width));
  return done.waiting + told.busy > 0 ? EXIT.partial : EXIT.ok;
}
