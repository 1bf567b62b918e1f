import { openInboundLog } from "../../src/adapters/inbound-log/open-inbound-log.ts";
import type { AttributeType } from "../../src/model/attribute.ts";
import type { InboundFact } from "../../src/model/inbound-fact.ts";
import { raw } from "../../src/model/sql.ts";
import type { PeopleRules, UserSource, Workspace } from "../../src/model/workspace.ts";
import type { UserData } from "../../src/ports/user-data.ts";
import {
  attributesOf,
  eventSource,
  openWhole,
  userSource,
} from "../adapters/duckdb/data-workspace.ts";
import { LAYOUTS, type Layout, type Row, writeSource } from "../adapters/duckdb/source-files.ts";
import { temporaryFolder } from "../cli/posthorn.ts";
import { workspaceWith } from "../plan/fixtures.ts";

/** Instants of the worlds are whole hours of one day, by their number. */
export const hour = (n: number): number => Date.parse("2026-12-01T00:00:00Z") + n * 3_600_000;
export const hourText = (n: number): string => new Date(hour(n)).toISOString();

/** Something that a person did, of which nothing follows but what is said here. */
export function fact(psid: string, n: number, over: Partial<InboundFact> = {}): InboundFact {
  const kind = over.kind ?? "message";
  const key = `${psid}-${n}-${kind}-${over.ref ?? over.payload ?? over.text ?? ""}`;
  return { key, kind, psid, at: hour(n), opens: true, consent: null, ...over };
}

export const RULES: PeopleRules["join"] = [
  { identifier: "ref", attribute: "code", prefix: "u-" },
  { identifier: "payload", attribute: "code", prefix: "" },
  { identifier: "email", attribute: "email", prefix: "" },
  { identifier: "phone", attribute: "phone", prefix: "" },
];

const COLUMNS = { user_id: "string", code: "string", email: "string", phone: "string" } as const;
/** Those that Posthorn fills, so that an export may lack them. */
export const OWN_COLUMNS = {
  ps_id: "string",
  last_inbound_at: "timestamp",
  opt_in: "boolean",
  opt_in_at: "timestamp",
} as const;

export interface JoinedWorld {
  readonly users: readonly Row[];
  readonly facts: readonly InboundFact[];
  readonly layout: Layout;
  /** The columns that the export has beside the user's own; all of them by default. */
  readonly columns?: Readonly<Record<string, AttributeType>>;
  readonly events?: readonly Row[];
  readonly with?: Partial<UserSource>;
  /** Of whom alone the data is opened. */
  readonly onlyUser?: string;
}

/** Writes user data, takes facts in and opens both. */
export async function openJoined(world: JoinedWorld): Promise<UserData> {
  const root = temporaryFolder();
  const { layout, users: rows, columns = OWN_COLUMNS } = world;
  const pattern = await writeSource(root, "users", {
    layout,
    columns: { ...COLUMNS, ...columns },
    rows,
  });
  const declared = { pattern, format: layout.format, attributes: { ...COLUMNS, ...OWN_COLUMNS } };
  const users = userSource(declared, {
    lastInbound: "last_inbound_at",
    consent: { column: "opt_in" },
    consentAt: "opt_in_at",
    inbound: "inbound",
    attributes: attributesOf(declared.attributes),
    ...world.with,
  });
  const people = { optIn: NO_SIGNS, optOut: NO_SIGNS, join: RULES };
  const events = world.events && (await eventsIn(root, world.events, layout));
  const workspace = workspaceWith({ root, users, events, people });
  await keep(workspace, world.facts);
  return openWhole(workspace, world.onlyUser);
}

const NO_SIGNS = { words: [], payloads: [] };

const EVENT_COLUMNS = { event_id: "string", user_id: "string", event: "string", at: "timestamp" };

async function eventsIn(root: string, rows: readonly Row[], layout: Layout) {
  const columns = EVENT_COLUMNS as Record<string, AttributeType>;
  const pattern = await writeSource(root, "events", { layout, columns, rows });
  const attributes = { text: "string", payload: "string", ref: "string" } as const;
  return eventSource({ pattern, format: layout.format, attributes });
}

async function keep(workspace: Workspace, facts: readonly InboundFact[]): Promise<void> {
  const { id, page, root } = workspace;
  const newName = () => "a";
  const store = openInboundLog({
    folder: `${root}/inbound`,
    workspace: id,
    pageId: page.id,
    newName,
  });
  await store.append(facts);
  await store.close();
}

const [JSON_FILE = { name: ".json", format: "json", fileCount: 1 } as const] = LAYOUTS;
/** A PSID by its number. */
export const P = (n: number) => String(7_100_000_000_000_000 + n);
/** A user by their number, with what identifies them. */
export const user = (n: number, over: Row = {}): Row => ({
  user_id: `u${n}`,
  code: `code${n}`,
  email: `Ana.${n}@Shop.example`,
  phone: `0049 30 ${n}${n}${n}${n}`,
  ...over,
});

async function usersOf(data: UserData): Promise<Record<string, object>> {
  const rows = await data.engine.rows(
    raw(`SELECT user_id, ps_id, epoch_ms(last_inbound_at) AS last, opt_in,
      epoch_ms(opt_in_at) AS since FROM users ORDER BY user_id`),
  );
  const hours = (ms: unknown) => (ms === null ? null : (Number(ms) - hour(0)) / 3_600_000);
  return Object.fromEntries(
    rows.map((row) => [
      String(row["user_id"]),
      [row["ps_id"], hours(row["last"]), row["opt_in"], hours(row["since"])],
    ]),
  );
}

/** The users whom a plan sees: PSID, hour of the last message, consent and its hour. */
export async function joined(world: Omit<JoinedWorld, "layout"> & Partial<JoinedWorld>) {
  const data = await openJoined({ layout: JSON_FILE, ...world });
  try {
    const codes = data.diagnostics.map(({ code }) => code);
    return { users: await usersOf(data), codes, diagnostics: data.diagnostics };
  } finally {
    data.engine.close();
  }
}
