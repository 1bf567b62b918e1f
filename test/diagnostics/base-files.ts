import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { temporaryFolder } from "../cli/posthorn.ts";

/** Files by path; null takes one away. */
export type Files = Readonly<Record<string, string | Uint8Array | null>>;

/** One way to go wrong: what is changed in the sound workspace, and all that is said of it. */
export interface Case {
  readonly name: string;
  readonly files: Files;
  /** `file:line:column CODE` of every diagnostic, by place. */
  readonly found: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** More than files: links, for one. */
  readonly prepare?: (folder: string) => void;
}

export const MAIN = "posthorn.yaml";
export const HELLO = "campaigns/hello.yaml";
export const SHIPPED = "campaigns/shipped.yaml";
export const BUYERS = "segments/buyers.yaml";
export const USERS = "data/users.ndjson";
export const EVENTS = "data/events.ndjson";

/** A row of the user data, with changes. */
export function user(n: number, over: Readonly<Record<string, unknown>> = {}) {
  return {
    user_id: `u${n}`,
    ps_id: `710000000000000${n}`,
    last_inbound_at: "2026-12-01T08:00:00Z",
    opt_in: true,
    zone: "Europe/Berlin",
    country: "DE",
    ltv: 5,
    orders: 1,
    newsletter: true,
    tags: ["vip"],
    last_order_at: "2026-11-20T10:00:00Z",
    birthday: "1990-02-28",
    ...over,
  };
}

/** A row of the events, with changes. */
export function event(over: Readonly<Record<string, unknown>> = {}) {
  const at = "2026-12-01T09:00:00Z";
  const own = { event_id: "e1", user_id: "u1", event: "order_shipped", at };
  return { ...own, amount: 5, order_id: "A1", ...over };
}

export function jsonLines(...rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}

const SOUND: Readonly<Record<string, string>> = {
  [MAIN]: `workspace: acme
timezone: Europe/Berlin
page:
  id: "422500000000001"
  access_token: \${MESSENGER_PAGE_TOKEN}
  testers: { ana: "7100000000000001" }
graph: { version: v25.0 }
users:
  source: data/users.ndjson
  id: user_id
  psid: ps_id
  last_inbound: last_inbound_at
  consent: opt_in
  timezone: zone
  attributes:
    country: string
    ltv: number
    orders: integer
    newsletter: boolean
    tags: string[]
    last_order_at: timestamp
    birthday: date
events:
  source: data/events.ndjson
  id: event_id
  user: user_id
  name: event
  at: at
  properties: { amount: number, order_id: string }
vars: { shop: Acme }
guards: { quiet_hours: { from: "21:00", to: "08:00" } }
`,
  [HELLO]: `status: active
segment: buyers
send: { at: 2026-12-01T10:00 }
purpose: promotion
message: { text: Hello }
`,
  [SHIPPED]: `status: active
segment: everyone
send: { on: order_shipped, where: { amount: { gt: 1 } } }
purpose: transaction
message: { text: "{{event.order_id}} is on its way" }
`,
  [BUYERS]: `where: { ltv: { gte: 1 } }
tests:
  - { name: a buyer is in, user: { ltv: 5 }, expect: in }
`,
  [USERS]: jsonLines(user(1), user(2)),
  [EVENTS]: jsonLines(event()),
};

/** The sound posthorn.yaml as that of a workspace that knows no events. */
export const WITHOUT_EVENTS: Files = {
  [MAIN]: (SOUND[MAIN] ?? "").replace(/events:\n( {2}.*\n)+/, ""),
};

/** A file of the sound workspace with one text in it replaced; it must be there once. */
export function edit(path: string, from: string, to: string): Files {
  const text = SOUND[path] ?? "";
  if (text.split(from).length !== 2) throw new Error(`${path} has "${from}" not once`);
  return { [path]: text.replace(from, () => to) };
}

/** A file of the sound workspace with lines added at its end. */
export function append(path: string, lines: string): Files {
  return { [path]: `${SOUND[path] ?? ""}${lines}\n` };
}

/** Writes the sound workspace with changes into a temporary folder. */
export function folderWith(files: Files): string {
  const folder = temporaryFolder();
  for (const [path, text] of Object.entries({ ...SOUND, ...files })) {
    if (text === null) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}
