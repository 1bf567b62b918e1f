import { Audience } from "../../src/audience/audience.ts";
import type { Funnel } from "../../src/audience/funnel.ts";
import { scopeOf } from "../../src/audience/judged-ledger-sql.ts";
import { personScope } from "../../src/audience/person-scope.ts";
import { type Judged, quietHoursOf } from "../../src/audience/prepare-candidates.ts";
import type { Campaign } from "../../src/model/campaign.ts";
import type { DeliveryStatus, FailureClass } from "../../src/model/delivery.ts";
import { join, raw, type Sql, sql } from "../../src/model/sql.ts";
import type { Workspace } from "../../src/model/workspace.ts";
import type { UserData } from "../../src/ports/user-data.ts";
import { expandSend } from "../../src/schedule/expand-send.ts";
import { openWhole } from "../adapters/duckdb/data-workspace.ts";
import { type Row, writeSource } from "../adapters/duckdb/source-files.ts";
import { temporaryFolder } from "../cli/posthorn.ts";
import { campaignWith, workspaceWith } from "../plan/fixtures.ts";

/** The clock of every world that names no other. */
export const NOW = "2026-12-01T12:00:00Z";
export const SECOND = 1_000;
export const HOUR = 3_600 * SECOND;
export const DAY = 24 * HOUR;

/** An instant so many milliseconds from now, as text. */
export function fromNow(ms: number): string {
  return new Date(Date.parse(NOW) + ms).toISOString();
}

/** A delivery as the ledger tells it; sent to `user_id` an hour ago unless it says otherwise. */
export interface LedgerEntry {
  readonly user_id: string;
  readonly campaign?: string;
  readonly occurrence?: string;
  readonly psid?: string;
  readonly status?: DeliveryStatus;
  readonly error_class?: FailureClass;
  readonly revision?: string;
  readonly claimed_at?: string;
  readonly settled_at?: string;
  readonly counts?: boolean;
}

export type Change = (plain: Workspace) => Partial<Workspace>;

export interface World {
  readonly people: readonly Row[];
  readonly events?: readonly Row[];
  readonly ledger?: readonly LedgerEntry[];
  /** What differs from the workspace of the fixtures. */
  readonly with?: Change;
  readonly now?: string;
  /** The clock of the last apply that tried everyone due. */
  readonly triedAt?: string;
}

/** Somebody whom no rule leaves out. Their PSID is made of their number. */
export function person(n: number, over: Row = {}): Row {
  return {
    user_id: `u${n}`,
    ps_id: psidOf(n),
    last_inbound_at: fromNow(-HOUR),
    opt_in: true,
    first_name: "Ana",
    ...over,
  };
}

export function psidOf(n: number): string {
  return String(7_100_000_000_000_000 + n);
}

const USER_COLUMNS = {
  user_id: "string",
  ps_id: "string",
  last_inbound_at: "timestamp",
  opt_in: "boolean",
  timezone: "string",
  locale: "string",
  first_name: "string",
  country: "string",
  ltv: "number",
} as const;
const EVENT_COLUMNS = {
  event_id: "string",
  user_id: "string",
  event: "string",
  at: "timestamp",
  order_id: "string",
  amount: "number",
} as const;

/** An open world, to judge campaigns in one after the other. */
export class OpenWorld {
  readonly workspace: Workspace;
  readonly users: UserData;
  readonly audience: Audience;
  readonly #world: World;

  private constructor(world: World, workspace: Workspace, opened: [UserData, Audience]) {
    this.#world = world;
    this.workspace = workspace;
    [this.users, this.audience] = opened;
  }

  /** Through the real loader of user data. */
  static async open(world: World): Promise<OpenWorld> {
    return OpenWorld.#read(world, await workspaceOf(world));
  }

  /** The same world, of which one person is read. */
  async onlyOf(userId: string): Promise<OpenWorld> {
    return OpenWorld.#read(this.#world, this.workspace, userId);
  }

  static async #read(world: World, workspace: Workspace, onlyUser?: string): Promise<OpenWorld> {
    const users = await openWhole(workspace, onlyUser);
    const errors = users.diagnostics.filter(({ severity }) => severity === "error");
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    const scope = onlyUser !== undefined && {
      scope: {
        ...scopeOf([workspace]),
        person: await personScope(onlyUser, { workspace, users, document: undefined }),
      },
    };
    const audience = await Audience.open({
      workspace,
      users,
      ledger: ledgerSql(world.ledger ?? []),
      peopleKey: null,
      now: Date.parse(world.now ?? NOW),
      ...scope,
    });
    return new OpenWorld(world, workspace, [users, audience]);
  }

  /** What a plan would judge a campaign for. */
  async judged(campaign: Campaign): Promise<Judged> {
    if (campaign.send.kind === "on") return { campaign, occasion: null };
    const timing = {
      now: Date.parse(this.#world.now ?? NOW),
      zones: this.users.zones,
      workspaceZone: this.workspace.timezone,
      quietHours: quietHoursOf(campaign, this.workspace),
      triedAt: this.#world.triedAt === undefined ? null : Date.parse(this.#world.triedAt),
      firstSeenAt: null,
    };
    const reopened = await this.audience.reopened(campaign);
    return { campaign, occasion: expandSend(campaign.send, timing, reopened) };
  }

  /** Each matched person's reason (for `on:`, each event's), and the funnel. */
  async select(over: Partial<Campaign>): Promise<Selected> {
    const selection = await this.audience.select(await this.judged(campaignWith(over)));
    const isOn = over.send?.kind === "on";
    const rows = await this.users.engine.rows(raw("SELECT user_id, occurrence, reason FROM pool"));
    const verdicts = rows.map((row): [string, string] => [
      String(isOn ? row["occurrence"] : row["user_id"]),
      String(row["reason"] ?? "eligible"),
    ]);
    const recipients = [];
    for await (const some of selection.recipients()) recipients.push(...some);
    const order = (a: [string, string], b: [string, string]) => (a[0] < b[0] ? -1 : 1);
    return {
      verdicts: Object.fromEntries(verdicts.sort(order)),
      rowCount: rows.length,
      funnel: selection.funnel,
      recipients: recipients.map(({ userId, occurrence }) => (isOn ? occurrence : userId)),
    };
  }

  close(): void {
    this.users.engine.close();
  }
}

const FILES = { format: "ndjson", fromEnv: false } as const;

/** Writes the world's files; gives the workspace that reads them. */
async function workspaceOf(world: World): Promise<Workspace> {
  const root = temporaryFolder();
  const layout = { name: "ndjson", format: "ndjson", fileCount: 1 } as const;
  const { people, events = [] } = world;
  await writeSource(root, "users", { layout, columns: USER_COLUMNS, rows: people });
  await writeSource(root, "events", { layout, columns: EVENT_COLUMNS, rows: events });
  const plain = workspaceWith({ root });
  const filesOf = (stem: string) => ({
    ...plain.users.files,
    ...FILES,
    pattern: `${stem}-0.ndjson`,
  });
  const filed = {
    ...plain,
    users: { ...plain.users, files: filesOf("users") },
    events: plain.events && { ...plain.events, files: filesOf("events") },
  };
  return { ...filed, ...world.with?.(filed) };
}

export interface Selected {
  readonly verdicts: Readonly<Record<string, string>>;
  readonly rowCount: number;
  readonly funnel: Funnel;
  /** User ids, for `on:` event ids, in the order of sending. */
  readonly recipients: readonly string[];
}

/** The verdict of one campaign on everybody of a world. */
export async function verdicts(world: World, campaign: Partial<Campaign> = {}) {
  const open = await OpenWorld.open(world);
  try {
    return (await open.select(campaign)).verdicts;
  } finally {
    open.close();
  }
}

/** Rows as ledger/fold-sql.ts gives them. */
export function ledgerSql(entries: readonly LedgerEntry[]): Sql {
  const columns = `delivery_id, campaign, occurrence, user_id, psid, status, error_class, revision,
    claimed_at, settled_at, counts`;
  const rows = entries.map((entry, index) => {
    const claimed = entry.claimed_at ?? fromNow(-HOUR);
    const settled = entry.settled_at ?? claimed;
    return sql`(${`d${index}`}, ${entry.campaign ?? "hello"}, ${entry.occurrence ?? "once"},
      ${entry.user_id}, ${entry.psid ?? `7${index}`}, ${entry.status ?? "sent"},
      ${entry.error_class ?? null}::VARCHAR, ${entry.revision ?? campaignWith().revision},
      ${claimed.replace("Z", "")}::TIMESTAMP, ${settled.replace("Z", "")}::TIMESTAMP,
      ${entry.counts ?? true}::BOOLEAN)`;
  });
  const none = raw(`(NULL::VARCHAR, NULL::VARCHAR, NULL::VARCHAR, NULL::VARCHAR, NULL::VARCHAR,
    NULL::VARCHAR, NULL::VARCHAR, NULL::VARCHAR, NULL::TIMESTAMP, NULL::TIMESTAMP, false)`);
  return sql`SELECT * FROM (VALUES ${join(rows.length > 0 ? rows : [none], ", ")})
    t(${raw(columns)}) WHERE delivery_id IS NOT NULL`;
}
