// The workspace of one round: two campaigns, one by one's own moment and one by a cron rule.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export const PAGE_ID = "422500000000001";
export const CAMPAIGNS = ["hello", "daily"];

const WORKSPACE = (id, rate) => `workspace: ${id}
timezone: Europe/Berlin
page: { id: "${PAGE_ID}", access_token: "\${MESSENGER_PAGE_TOKEN}", rate: ${rate}/s }
graph: { timeout: 2s }
users:
  source: data/users.ndjson
  id: user_id
  psid: ps_id
  last_inbound: last_inbound_at
  consent: opt_in
  attributes: { first_name: string }
state: data/state
`;

const CAMPAIGN = (id, send) => `description: Says who it is
status: active
segment: everyone
send: ${send}
purpose: requested_content
message: { text: "${id}: hello {{first_name}}" }
`;

export function writeWorkspace(folder, { id, people, rate }) {
  const write = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write("posthorn.yaml", WORKSPACE(id, rate));
  write("campaigns/hello.yaml", CAMPAIGN("hello", "{ at: now }"));
  write("campaigns/daily.yaml", CAMPAIGN("daily", `{ every: "0 9 * * *" }`));
  const rows = Array.from({ length: people }, (_, n) => ({
    user_id: `u${n}`,
    ps_id: String(7_100_000_000_000_000 + n),
    opt_in: true,
    last_inbound_at: "2026-12-01T08:00:00Z",
    first_name: `Name${n}`,
  }));
  write("data/users.ndjson", rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
}
