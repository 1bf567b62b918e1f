import { utimesSync } from "node:fs";
import { join } from "node:path";
import {
  type Case,
  EVENTS,
  edit,
  event,
  HELLO,
  jsonLines,
  MAIN,
  USERS,
  user,
} from "./base-files.ts";

const users = (name: string, rows: readonly object[], ...found: string[]): Case => ({
  name,
  files: { [USERS]: jsonLines(...rows) },
  found,
});

const LOG = "data/inbound/a.ndjson";
const JOIN = "people: { join: { ref: country } }";
const INBOUND = edit(MAIN, "users:\n", `${JOIN}\nusers:\n  inbound: data/inbound\n`);

/** What people told the page, with a header of the sound workspace but for what is given. */
function logOf(over: Readonly<Record<string, string>>, ...lines: readonly string[]) {
  const header = { format: "posthorn.inbound/1", workspace: "acme", page: "422500000000001" };
  return { [LOG]: [JSON.stringify({ ...header, ...over }), ...lines, ""].join("\n") };
}

/** What is wrong with users and events: found by `plan`, which reads them. */
export const DATA_CASES: readonly Case[] = [
  {
    name: "no file where the source says",
    files: { [USERS]: null },
    found: [`${MAIN}:9:11 DATA_FILE_MISSING`],
  },
  {
    name: "nobody at all",
    files: { [USERS]: "" },
    found: [`${MAIN}:9 DATA_EMPTY`, `${MAIN}:24 DATA_USER_UNKNOWN`],
  },
  {
    name: "a file that is cut off",
    files: { [USERS]: '{"user_id":"u1"}\n{"user' },
    found: [`${USERS}:2:1 DATA_UNREADABLE`],
  },
  {
    name: "a column that is nowhere",
    files: { ...edit(MAIN, USERS, "data/users.csv"), "data/users.csv": "user_id,zone\nu1,UTC\n" },
    found: Array(10).fill("data/users.csv:1:1 DATA_COLUMN_MISSING"),
  },
  users(
    "a row without an id",
    [user(1), user(2, { user_id: null })],
    `${USERS}:2:1 DATA_ID_MISSING`,
  ),
  users(
    "an id that stands twice",
    [user(1), user(2, { user_id: "u1" })],
    `${USERS}:2:1 DATA_DUPLICATE`,
  ),
  users("a value of another type", [user(1), user(2, { opt_in: "yes" })], `${USERS}:2:1 DATA_TYPE`),
  users("a PSID that is none", [user(1, { ps_id: "12" })], `${USERS}:1 DATA_PSID_MALFORMED`),
  users("a time zone that is none", [user(1, { zone: "CET+1" })], `${MAIN}:9 DATA_ZONE_UNKNOWN`),
  {
    name: "events of nobody",
    files: { [EVENTS]: jsonLines(event({ user_id: "u9" })) },
    found: [`${MAIN}:24 DATA_USER_UNKNOWN`],
  },
  {
    name: "a log of another page",
    files: { ...INBOUND, ...logOf({ page: "999990000000009" }) },
    found: [`${LOG}:1:1 DATA_UNREADABLE`],
  },
  {
    name: "a log with a line that is none",
    files: { ...INBOUND, ...logOf({}, "{") },
    found: [`${LOG}:2:1 DATA_UNREADABLE`],
  },
  {
    name: "somebody who may be two users",
    files: {
      ...INBOUND,
      ...logOf({}, JSON.stringify({ key: "k", kind: "referral", psid: "71999", at: 1, ref: "DE" })),
    },
    found: [`${MAIN}:11 DATA_PEOPLE_CONFLICT`],
  },
  {
    name: "data of last week",
    files: edit(MAIN, "timezone: zone", "timezone: zone\n  max_age: 24h"),
    found: [`${MAIN}:9 DATA_OLD`],
    prepare: (folder) => utimesSync(join(folder, USERS), 1_796_000_000, 1_796_000_000),
  },
];

/** What is worth knowing about a plan. */
export const PLAN_CASES: readonly Case[] = [
  {
    name: "consent that is assumed",
    files: edit(MAIN, "consent: opt_in", "consent: assumed"),
    found: [`${MAIN}:9 CONSENT_ASSUMED`],
  },
  {
    name: "a rate above what the inbox shows",
    files: edit(MAIN, "page:", "page:\n  rate: 41/s"),
    found: ["RATE_ABOVE_INBOX"],
  },
  {
    name: "a page in development mode",
    files: edit(MAIN, "page:", "page:\n  mode: development"),
    found: ["MODE_DEVELOPMENT"],
  },
  {
    name: "an occurrence that went by",
    files: edit(HELLO, "2026-12-01T10:00", "2026-11-20T10:00"),
    found: [`${HELLO}:1 OCCURRENCE_MISSED`],
  },
];
