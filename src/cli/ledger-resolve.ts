import { resolveByConversations, type Unsettled } from "../apply/conversation-resolutions.ts";
import { resolveByEchoes } from "../apply/echo-resolutions.ts";
import { resolveByPerson } from "../apply/person-resolution.ts";
import { EXIT } from "../diag/errors.ts";
import { ledgerRelationSql } from "../ledger/fold-sql.ts";
import type { Resolution } from "../model/resolution.ts";
import type { Sql } from "../model/sql.ts";
import type { Workspace } from "../model/workspace.ts";
import type { SqlEngine } from "../ports/sql-engine.ts";
import type { StateSnapshot, StateStore } from "../ports/state-store.ts";
import { showResolved } from "../view/resolved-text.ts";
import { newRun } from "./new-run.ts";
import { openAudience, openLedger } from "./open-audience.ts";
import { openWriter } from "./open-writer.ts";
import { type Call, usage } from "./options.ts";
import { targetOf } from "./target.ts";
import { workspaceOf } from "./workspace-of.ts";

interface ResolveFlags {
  readonly webhooks?: string;
  readonly conversations?: boolean;
  readonly as?: string;
  readonly note?: string;
}

/** What was found out. */
interface Found {
  readonly resolutions: readonly Resolution[];
  readonly echoes?: number;
  readonly unsettled?: Readonly<Partial<Record<Unsettled, number>>>;
}

interface Asking {
  readonly call: Call<ResolveFlags>;
  readonly workspace: Workspace;
  readonly snapshot: StateSnapshot;
}

/**
 * Settles deliveries whose outcome nobody knew: by webhook events, by the page's conversations or
 * by a person's word. Holds the state's lease meanwhile, so no apply runs.
 */
export async function ledgerResolve(call: Call<ResolveFlags>): Promise<number> {
  const find = finderOf(call);
  const { surroundings, options } = call;
  const workspace = await workspaceOf(call);
  const clock = await surroundings.clock(options.now);
  const store = await surroundings.openState(workspace, workspace.state, clock);
  const writer = await openWriter(store, {
    ...(await ownerOf(store)),
    run: newRun(surroundings, (await surroundings.git(workspace.root)).head, clock),
    signal: surroundings.interruption(),
    lockTimeoutMs: 0,
    clock,
    surroundings,
  });
  if (writer === undefined) return EXIT.partial;
  try {
    const found = await find({ call, workspace, snapshot: await store.read() });
    for (const one of found.resolutions) writer.resolve(one, clock.now());
    await writer.flush();
    await print(found, await unknownCount(store, call), call);
    return EXIT.ok;
  } finally {
    await writer.close();
  }
}

/** One of the three ways, as the flags say. Throws Stop `usage` for none or several. */
function finderOf({ args, flags }: Call<ResolveFlags>): (asking: Asking) => Promise<Found> {
  const [id] = args;
  const ways = [id, flags.webhooks, flags.conversations].filter((way) => way !== undefined);
  if (ways.length !== 1) {
    throw usage("Say one of: --webhooks FILE, --conversations, or ID --as sent|not_sent --note T.");
  }
  if (id === undefined && (flags.as ?? flags.note) !== undefined) {
    throw usage("--as and --note go with the id of one delivery.");
  }
  if (flags.webhooks !== undefined) return byWebhooks;
  if (flags.conversations) return byConversations;
  return byPerson;
}

function byWebhooks(asking: Asking): Promise<Found> {
  const { call, workspace } = asking;
  const name = call.flags.webhooks ?? "-";
  const lines = call.surroundings.readLines(name);
  const from = { lines, name: name === "-" ? "stdin" : name, pageId: workspace.page.id };
  return withLedger(asking, (engine, ledger) => resolveByEchoes(engine, ledger, from));
}

function byPerson(asking: Asking): Promise<Found> {
  const { args, flags } = asking.call;
  const { as, note } = flags;
  if (as !== "sent" && as !== "not_sent") throw usage("--as takes sent or not_sent.");
  if (note === undefined || note.trim() === "") {
    throw usage("--note says how you know; it stays in the ledger.");
  }
  const decided = { id: args[0] ?? "", as, note } as const;
  return withLedger(asking, async (engine, ledger) => ({
    resolutions: [await resolveByPerson(engine, ledger, decided)],
  }));
}

async function byConversations({ call, workspace, snapshot }: Asking): Promise<Found> {
  const { surroundings } = call;
  const target = targetOf(workspace, surroundings);
  const clock = await surroundings.clock(call.options.now);
  const log = await surroundings.openConversationLog(workspace, target, clock);
  const opened = await openAudience(workspace, snapshot, { now: clock.now(), surroundings });
  try {
    const { audience, users } = opened;
    const unknown = await audience.unknown(ledgerRelationSql(snapshot.ledger, snapshot.liveRun));
    return await resolveByConversations(unknown, { audience, workspace, zones: users.zones, log });
  } finally {
    opened.users.engine.close();
    await log.close();
  }
}

async function withLedger<Result>(
  { call, snapshot }: Pick<Asking, "call" | "snapshot">,
  ask: (engine: SqlEngine, ledger: Sql) => Promise<Result>,
): Promise<Result> {
  const engine = await call.surroundings.openEngine();
  try {
    const ledger = ledgerRelationSql(snapshot.ledger, snapshot.liveRun);
    return await openLedger(() => ask(engine, ledger));
  } finally {
    engine.close();
  }
}

/** A state is resolved as whose it is. */
async function ownerOf(store: StateStore) {
  const { document } = await store.read();
  if (document === undefined) throw usage("Nothing was sent yet, so there is nothing to resolve.");
  return { pageId: document.pageId, target: document.target };
}

async function unknownCount(store: StateStore, call: Call<ResolveFlags>): Promise<number> {
  const snapshot = await store.read();
  return withLedger({ call, snapshot }, async (engine, ledger) => {
    const [row] = await engine.rows({
      text: `SELECT count(*) AS deliveries FROM (${ledger.text}) WHERE status = 'unknown'`,
      values: ledger.values,
    });
    return Number(row?.["deliveries"] ?? 0);
  });
}

async function print(found: Found, stillUnknown: number, call: Call): Promise<void> {
  const { terminal } = call.surroundings;
  const counted = (as: Resolution["as"]) => found.resolutions.filter((one) => one.as === as).length;
  const resolved = {
    format: "posthorn.resolved/1" as const,
    sent: counted("sent"),
    not_sent: counted("not_sent"),
    still_unknown: stillUnknown,
    ...(found.echoes !== undefined && { echoes: found.echoes }),
    ...(found.unsettled && { unsettled: found.unsettled }),
  };
  const isJson = call.options.format === "json";
  terminal.out(isJson ? `${JSON.stringify(resolved, null, 2)}\n` : showResolved(resolved));
}
