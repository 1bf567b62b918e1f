import { read } from "../config/written-workspace.ts";

const MAIN = `workspace: acme
timezone: Europe/Berlin
page:
  id: "422500000000001"
  access_token: \${MESSENGER_PAGE_TOKEN}
  mode: development
  testers: { ana: "7100000000000000" }
users:
  source: data/users.json
  id: user_id
  psid: ps_id
  last_inbound: last_inbound_at
  consent: opt_in
  timezone: timezone
  locale: locale
  attributes:
    country: string
    note: string
    ltv: number
    orders: integer
    vip: boolean
    joined_at: timestamp
    born: date
    tags: string[]
events:
  source: data/events.ndjson
  id: event_id
  user: who
  name: event
  at: at
  properties: { amount: number, order_id: string, shipped: date }
vars: { shop: Acme }
guards:
  frequency_cap: { max: 2, per: 7d }
  quiet_hours: { from: "21:00", to: "08:00" }
`;

const SEGMENTS: Readonly<Record<string, string>> = {
  germans: "where: { country: DE }",
  austrians: "where: { country: AT }",
  spenders: "where: { any: [ { ltv: { gt: 100 } }, { tags: { contains: vip } } ] }",
  readers: 'where: { not: { note: { matches: "(?i)^no|\\\\?$" } } }',
  young: "where: { born: { after: 1990-01-01 }, joined_at: { in_last: 30d } }",
  today: "where: { joined_at: { in_last_days: 1 } }",
  birthday: "where: { born: { anniversary: today } }",
  sampled: "where: { sample: 50% }",
  named: "where: { user_id: { in: [u1, u2] } }",
  ordered: "where: { event: order_placed, count: { gte: 2 }, where: { amount: { gt: 20 } } }",
  lately: "where: { event: order_placed, in_last: 30d }",
  idle: "where: { event: order_placed, count: { eq: 0 }, in_last: 30d }",
  noted: 'where: { event: order_placed, where: { order_id: { matches: "^(A|B)" } } }',
  mixed: "where: { all: [ { segment: spenders }, { not: { segment: idle } }, { orders: 3 } ] }",
};

const BODY = `status: active
purpose: transaction
message: { text: "Hi {{first}}, {{shop}} of {{country}} {{joined_at}} {{born}} {{ltv}}" }
fallbacks: { country: nowhere }
`.replace("{{first}}", "{{note}}");

const CAMPAIGNS: Readonly<Record<string, string>> = {
  once: "segment: germans\nsend: { at: 2026-12-01T10:00 }",
  cron: 'segment: spenders\nsend: { every: "0 10 * * MON", timezone: user }',
  again: "segment: everyone\nsend: { at: now }\nrepeat: { after: 7d }",
  held: "segment: everyone\nsend: { at: now }\nholdout: 50%",
  varied: `segment: everyone\nsend: { at: now }
variants: { a: { weight: 1 }, b: { weight: 2, message: { text: "B {{tags}} {{orders}}" } } }`,
  located: 'segment: everyone\nsend: { at: now }\nlocales: { de: { text: "Hallo {{note}}" } }',
  uncapped: `segment: everyone\nsend: { at: now }\nfrequency_cap: { obey: false }
quiet_hours: ignore\non_missing: blank`,
  shipped: `segment: everyone\nsend: { on: order_shipped, delay: 30m, late_by: 2h }`,
  placed: `segment: ordered
send: { on: order_placed, where: { amount: { gte: 10 }, shipped: { exists: true } }, delay: 0s }
repeat: once\nmessaging: RESPONSE`,
};

/** A workspace with a segment or campaign for every kind of condition and rule. */
export function manyCampaigns() {
  const files: Record<string, string> = { "posthorn.yaml": MAIN, "segments/buyers.yaml": "" };
  for (const [id, where] of Object.entries(SEGMENTS)) files[`segments/${id}.yaml`] = `${where}\n`;
  for (const [id, own] of Object.entries(CAMPAIGNS)) {
    files[`campaigns/${id}.yaml`] = `${BODY}${own}\n`;
  }
  files["segments/buyers.yaml"] = "where: { segment: everyone }\n";
  const { workspace, diagnostics } = read(files);
  if (workspace === undefined) throw new Error(JSON.stringify(diagnostics, null, 1));
  return workspace;
}
