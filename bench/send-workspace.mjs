// A workspace whose one campaign greets so many people, all of them eligible.

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";

/** The instant that the data stands still at. */
export const NOW = "2026-12-01T09:30:00Z";

const QUICK_REPLIES = [
  { content_type: "text", title: "More", payload: "MORE" },
  { content_type: "text", title: "Stop", payload: "STOP" },
];

/** The body of the Send API call for the person of this number. */
export function bodyOf(n, metadata) {
  return {
    recipient: { id: String(7_100_000_000_000_000 + n) },
    messaging_type: "UPDATE",
    message: { text: textFor(`Name${n}`), quick_replies: QUICK_REPLIES, metadata },
  };
}

function textFor(name) {
  const thanks = "thank you for riding with us this year. Your club card is waiting in the shop.";
  return `Hi ${name}, ${thanks}`;
}

/** Writes it into an empty folder. `rate` as in YAML; `url` on this machine. */
export async function writeSendWorkspace({ folder, people, url, rate, graph = "" }) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "campaigns"), { recursive: true });
  mkdirSync(join(folder, "data"), { recursive: true });
  writeFileSync(
    join(folder, "posthorn.yaml"),
    `workspace: bench
timezone: Europe/Berlin
page: { id: "422500000000001", access_token: "\${MESSENGER_PAGE_TOKEN}", rate: ${rate} }
graph: { url: "${url}"${graph} }
users:
  source: data/users.parquet
  id: user_id
  psid: ps_id
  last_inbound: last_inbound_at
  consent: opt_in
  attributes: { first_name: string }
state: data/state
guards: { max_recipients: 100000000 }
`,
  );
  writeFileSync(
    join(folder, "campaigns/thanks.yaml"),
    `description: Thanks everybody
status: active
segment: everyone
send: { at: now }
purpose: promotion
message:
  text: "${textFor("{{first_name}}")}"
  quick_replies: ${JSON.stringify(QUICK_REPLIES)}
`,
  );
  await writePeople(join(folder, "data/users.parquet"), people);
}

async function writePeople(path, people) {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run(`COPY (SELECT 'u' || n AS user_id, (7100000000000000 + n)::VARCHAR AS ps_id,
      true AS opt_in, TIMESTAMP '2026-12-01 08:00:00' AS last_inbound_at, 'Name' || n AS first_name
    FROM range(${people}) t(n)) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
}
