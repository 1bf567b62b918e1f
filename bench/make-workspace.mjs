// Writes a workspace for a benchmark:
//
//   node bench/make-workspace.mjs validate --out FOLDER --campaigns 1000 --segments 1000
//   node bench/make-workspace.mjs plan --out FOLDER [--format ndjson|parquet]
//
// `plan` expects FOLDER/data/users.FORMAT of make-users.mjs, whose --share decides how many match,
// and takes earlier sends from make-ledger.mjs.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { psidOf, USER_COLUMNS, userId } from "./user-columns.mjs";
import { campaignYaml, segmentYaml } from "./validate-files.mjs";

const SPECIAL = ["user_id", "ps_id", "last_inbound_at", "messenger_opt_in", "timezone", "locale"];

function workspaceYaml(format) {
  const attributes = Object.entries(USER_COLUMNS)
    .filter(([name]) => !SPECIAL.includes(name))
    .map(([name, type]) => `    ${name}: ${type}`);
  return `workspace: bench
timezone: Europe/Berlin
page: { id: "422500000000001", access_token: "\${MESSENGER_PAGE_TOKEN}", mode: live }
users:
  source: data/users.${format}
  id: user_id
  psid: ps_id
  last_inbound: last_inbound_at
  consent: messenger_opt_in
  timezone: timezone
  locale: locale
  attributes:
${attributes.join("\n")}
vars: { shop: Bench }
state: data/state
guards:
  max_recipients: 100000000
  frequency_cap: { max: 2, per: 7d }
`;
}

const SEGMENT = `description: Newsletter readers in the DACH region who ordered in the last 30 days
where:
  all:
    - country: { in: [DE, AT, CH] }
    - newsletter: true
    - last_order_at: { in_last: 30d }
    - any: [ { ltv: { gte: 100 } }, { tags: { contains: vip } } ]
`;

const TEST_GIVEN = `    user:
      first_name: Ana
      city: Berlin
      country: DE
      newsletter: true
      ltv: 150
      last_order_at: 2026-11-20T10:00:00Z
    at: 2026-12-01T09:30:00Z
`;

function planCampaignYaml(segment) {
  return `description: Thanks the buyers of the last weeks
status: active
segment: ${segment}
send: { at: 2026-12-01T10:00, timezone: Europe/Berlin, late_by: 24h }
purpose: promotion
message:
  text: "Hi {{first_name}}, thank you for riding through {{city}} with {{shop}}."
  quick_replies:
    - { content_type: text, title: More, payload: "MORE_{{country}}" }
    - { content_type: text, title: Stop, payload: STOP }
fallbacks: { first_name: there }
tests:
  - name: thanks a buyer by name
${TEST_GIVEN}    expect:
      outcome: send
      message:
        text: "Hi Ana, thank you for riding through Berlin with Bench."
        quick_replies:
          - { content_type: text, title: More, payload: MORE_DE }
          - { content_type: text, title: Stop, payload: STOP }
`;
}

function write(folder, path, text) {
  const target = join(folder, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}

const EVENTS = `events:
  source: data/events.ndjson
  id: event_id
  user: user_id
  name: event
  at: at
  properties: { amount: number }
`;

function writeValidateWorkspace({ folder, campaigns, segments }) {
  write(folder, "posthorn.yaml", workspaceYaml("ndjson") + EVENTS);
  const person = { user_id: userId(0), ps_id: psidOf(0), messenger_opt_in: true };
  write(folder, "data/users.ndjson", `${JSON.stringify(person)}\n`);
  write(folder, "data/events.ndjson", "");
  for (let index = 0; index < segments; index++) {
    write(folder, `segments/group-${index}.yaml`, segmentYaml(index));
  }
  for (let index = 0; index < campaigns; index++) {
    const yaml = campaignYaml(index, `group-${index % segments}`);
    write(folder, `campaigns/part-${index % 20}/thanks-${index}.yaml`, yaml);
  }
}

function writePlanWorkspace({ folder, format }) {
  write(folder, "posthorn.yaml", workspaceYaml(format));
  write(folder, "segments/recent-buyers.yaml", SEGMENT);
  write(folder, "campaigns/thanks.yaml", planCampaignYaml("recent-buyers"));
}

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: "string" },
    campaigns: { type: "string", default: "1000" },
    segments: { type: "string", default: "1000" },
    format: { type: "string", default: "ndjson" },
  },
});
const [kind] = positionals;
if (flags.out === undefined || (kind !== "validate" && kind !== "plan")) {
  console.error("Usage: make-workspace validate|plan --out FOLDER [--campaigns N --segments N]");
  process.exit(64);
}
if (kind === "validate") {
  const counts = { campaigns: Number(flags.campaigns), segments: Number(flags.segments) };
  writeValidateWorkspace({ folder: flags.out, ...counts });
} else {
  writePlanWorkspace({ folder: flags.out, format: flags.format });
}
