// Writes users for the plan benchmark:
//
//   node bench/make-users.mjs --count 1000000 --out FOLDER [--format ndjson|parquet]
//                             [--share 0.01|most] [--unique]
//
// --share is the part of the users that fits the segment of `make-workspace.mjs plan`; "most" is
// 95 %. --unique gives everybody a first name of their own, so that no two messages are equal.
// FOLDER/users.ndjson or FOLDER/users.parquet; the same bytes of NDJSON for the same flags.

import { once } from "node:events";
import { createWriteStream, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { NOW, psidOf, seededChance, USER_COLUMNS, userId } from "./user-columns.mjs";

const USERS_PER_WRITE = 2_000;
const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const DUCKDB_TYPES = {
  string: "VARCHAR",
  boolean: "BOOLEAN",
  timestamp: "TIMESTAMP",
  date: "DATE",
  number: "DOUBLE",
  integer: "BIGINT",
  "string[]": "VARCHAR[]",
};
const NAMES = ["Ana", "Béla", "Cem", "Dörte", "Eva", 'Flo "F"', "Gül", "Hanna", "李", "Zoë 🚲"];
const PLACES = [
  { country: "DE", city: "Berlin", timezone: "Europe/Berlin", locale: "de_DE" },
  { country: "AT", city: "Wien", timezone: "Europe/Vienna", locale: "de_AT" },
  { country: "CH", city: "Zürich", timezone: "Europe/Zurich", locale: "fr_CH" },
  { country: "FR", city: "Lyon", timezone: "Europe/Paris", locale: "fr_FR" },
  { country: "US", city: "Portland", timezone: "America/Los_Angeles", locale: "en_US" },
];
const TAGS = ["club", "returns", "student", "wholesale"];
const DEVICES = ["ios", "android", "web"];

const chance = seededChance(1912);
const maybe = (share) => chance() < share;
const below = (limit) => Math.floor(chance() * limit);
const pick = (list) => list[below(list.length)];
const daysAgo = (from, to) => new Date(NOW - Math.floor((from + chance() * (to - from)) * DAY));
const iso = (date) => `${date.toISOString().slice(0, 19)}Z`;

/** What the segment asks for: DACH, newsletter, an order in 30 days, 100 spent or a VIP. */
function drawFitting() {
  const isVip = maybe(0.3);
  return {
    ...PLACES[below(3)],
    newsletter: true,
    last_order_at: iso(daysAgo(0.1, 29)),
    ltv: isVip ? below(100) : 100 + below(90_000) / 100,
    tags: isVip ? ["vip", pick(TAGS)] : [pick(TAGS)],
  };
}

/** Anybody else: misses the segment by the date of the order, whatever the rest says. */
function drawOther() {
  return {
    ...pick(PLACES),
    newsletter: maybe(0.7),
    last_order_at: maybe(0.2) ? null : iso(daysAgo(31, 900)),
    ltv: below(60_000) / 100,
    tags: maybe(0.4) ? [] : [pick(TAGS)],
  };
}

function drawUser(index, { share, unique }) {
  const drawn = maybe(share) ? drawFitting() : drawOther();
  const id = userId(index);
  return {
    user_id: id,
    ps_id: maybe(0.98) ? psidOf(index) : null,
    first_name: maybe(0.95) ? pick(NAMES) + (unique ? index : "") : null,
    last_name: `Name${below(10_000)}`,
    email: `${id}@example.com`,
    country: drawn.country,
    city: maybe(0.98) ? drawn.city : null,
    locale: drawn.locale,
    timezone: drawn.timezone,
    device: pick(DEVICES),
    messenger_opt_in: maybe(0.97),
    newsletter: drawn.newsletter,
    last_inbound_at: iso(maybe(0.95) ? daysAgo(0, 0.9) : daysAgo(2, 60)),
    last_order_at: drawn.last_order_at,
    created_at: iso(daysAgo(900, 2_000)),
    birthday: iso(daysAgo(7_000, 25_000)).slice(0, 10),
    ltv: drawn.ltv,
    orders: below(12),
    points: below(5_000),
    tags: drawn.tags,
  };
}

/** One user a line, never more than one write's worth in memory. */
async function writeUsers({ path, count, ...drawing }) {
  const file = createWriteStream(path);
  for (let start = 0; start < count; start += USERS_PER_WRITE) {
    let lines = "";
    const end = Math.min(start + USERS_PER_WRITE, count);
    for (let index = start; index < end; index++) {
      lines += `${JSON.stringify(drawUser(index, drawing))}\n`;
    }
    if (!file.write(lines)) await once(file, "drain");
  }
  file.end();
  await once(file, "finish");
}

async function convertToParquet(source, target) {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  const columns = Object.entries(USER_COLUMNS).map(([name, type]) => {
    return `${name}: '${DUCKDB_TYPES[type]}'`;
  });
  const quoted = (path) => `'${path.replaceAll("'", "''")}'`;
  await connection.run(`COPY (SELECT * FROM read_json(${quoted(source)},
    format = 'newline_delimited', columns = {${columns.join(", ")}})) TO ${quoted(target)}`);
  connection.closeSync();
  instance.closeSync();
}

const { values: flags } = parseArgs({
  options: {
    count: { type: "string" },
    out: { type: "string" },
    format: { type: "string", default: "ndjson" },
    share: { type: "string", default: "0.01" },
    unique: { type: "boolean", default: false },
  },
});
const count = Number(flags.count);
const share = flags.share === "most" ? 0.95 : Number(flags.share);
const isUsable = Number.isInteger(count) && count > 0 && share >= 0 && share <= 1 && flags.out;
if (!isUsable || !["ndjson", "parquet"].includes(flags.format)) {
  console.error(
    "Usage: make-users --count N --out FOLDER [--format ndjson|parquet] [--share S] [--unique]",
  );
  process.exit(64);
}
mkdirSync(flags.out, { recursive: true });
const ndjson = join(flags.out, "users.ndjson");
await writeUsers({ path: ndjson, count, share, unique: flags.unique });
if (flags.format === "parquet") {
  await convertToParquet(ndjson, join(flags.out, "users.parquet"));
  rmSync(ndjson);
}
