import type { JsonObject } from "../../src/model/json.ts";
import { FULL_MESSAGES } from "../message/full-messages.ts";

/** A file that is changed key by key, and the schema it is held to. */
export interface FullDocument {
  readonly path: string;
  readonly schema: string;
  readonly document: JsonObject;
}

const ATTRIBUTES = {
  country: { type: "string", sensitive: false },
  email: "string",
  ltv: "number",
  newsletter: "boolean",
  last_order_at: "timestamp",
  birthday: "date",
  tags: "string[]",
};

/** A workspace with every key it can have. */
export const WORKSPACE = {
  workspace: "acme",
  timezone: "Europe/Berlin",
  page: {
    id: "422500000000001",
    access_token: "${MESSENGER_PAGE_TOKEN}",
    app_secret: "${MESSENGER_APP_SECRET}",
    verify_token: "${MESSENGER_VERIFY_TOKEN}",
    mode: "live",
    testers: { ana: "7100000000000001" },
    rate: "20/s",
    window_margin: "1h",
  },
  graph: { version: "v25.0", timeout: "30s", url: "https://graph.facebook.com" },
  users: {
    source: "data/users.json",
    id: "user_id",
    psid: "ps_id",
    last_inbound: "last_inbound_at",
    consent: "opt_in",
    consent_at: "opt_in_at",
    inbound: "data/inbound",
    timezone: "timezone",
    locale: "locale",
    max_age: "24h",
    attributes: ATTRIBUTES,
  },
  people: {
    opt_in: { words: ["start"], payloads: ["OPT_IN"] },
    opt_out: { words: ["stop"], payloads: ["OPT_OUT"] },
    join: {
      ref: { attribute: "email", prefix: "u-" },
      payload: "user_id",
      email: "email",
      phone: "country",
    },
  },
  events: {
    source: "data/events.ndjson",
    id: "event_id",
    user: "user_id",
    name: "event",
    at: "at",
    properties: { amount: "number", order_id: { type: "string", sensitive: false } },
  },
  vars: { shop: "Acme" },
  state: "data/state",
  policy: { promotional_words: { de: ["Rabatt", "nur heute"], en: [] } },
  guards: {
    max_recipients: 25000,
    max_growth: { percent: "50%", at_least: 100 },
    empty_audience: "warn",
    frequency_cap: { max: 2, per: "7d" },
    quiet_hours: { from: "21:00", to: "08:00" },
  },
} as const satisfies JsonObject;

const SEGMENT = {
  description: "Everything that a condition can say",
  where: {
    all: [
      { country: "DE", email: { exists: true, has_value: true, ne: "a@b.c", ignore_case: true } },
      { country: { eq: "DE", in: ["DE", "AT"], not_in: ["CH"] } },
      { email: { contains: "a", starts_with: "a", ends_with: "m", matches: "^a" } },
      { ltv: { lt: 100, lte: 100, gt: 1, gte: 1, between: [1, 100] } },
      { last_order_at: { before: "2026-12-01", after: "2026-01-01", in_last: "30d" } },
      { last_order_at: { in_next: "7d", not_in_last: "90d", in_last_days: 7 } },
      { birthday: { on: "2026-12-24", anniversary: "today" } },
      { tags: { contains_any: ["vip"], contains_all: ["vip", "press"], is_empty: false } },
    ],
    any: [{ newsletter: true }, { sample: "10%", seed: "autumn" }],
    not: { segment: "everyone" },
    event: "order_placed",
    count: { eq: 2, ne: 3, in: [1, 2], not_in: [0], lt: 9, lte: 9, gt: 1, gte: 1, between: [1, 9] },
    in_last: "90d",
    where: { amount: { gt: 20 } },
  },
  tests: [
    {
      name: "a buyer is in",
      user: { country: "DE", tags: ["vip"] },
      events: [{ event: "order_placed", at: "2026-11-20T10:00:00Z", amount: 30 }],
      at: "2026-11-27T09:00:00Z",
      expect: "in",
    },
  ],
} as const satisfies JsonObject;

/** A campaign with every key it can have beside those of its schedule and its audience. */
const CAMPAIGN = {
  description: "Everything that a campaign can say",
  status: "active",
  was: "old/name",
  segment: "everyone",
  send: { at: "2026-12-01T10:00", timezone: "user", late_by: "6h" },
  repeat: "once",
  priority: 1,
  purpose: "transaction",
  messaging: "UPDATE",
  message: { text: "Hi {{email}}" },
  locales: { de: { text: "Hallo {{email}}" } },
  variants: {
    a: { weight: 50 },
    b: { weight: 50, message: { text: "Hey" }, locales: { de: { text: "Na" } } },
  },
  notification: "SILENT_PUSH",
  persona: "10900000000001",
  holdout: "5%",
  fallbacks: { email: "there" },
  on_missing: "skip",
  max_recipients: 2000,
  frequency_cap: { obey: true, counts: true },
  quiet_hours: "obey",
  rollout: { waves: [25, 500, "rest"], stop_if: { failed: "2%", unavailable: "20%" } },
  acknowledge: [
    { rule: "max_growth", limit: "120%", until: "2026-12-01", because: "a first week" },
    { rule: "rollout", occurrence: "once", because: "a second look" },
  ],
  tests: [
    {
      name: "greets by name",
      user: { email: "ana@example.com", tags: ["vip"] },
      events: [{ event: "order_placed", at: "2026-11-20T10:00:00Z", amount: 30 }],
      sent: [{ campaign: "campaign", at: "2026-11-26T09:00:00Z" }],
      at: "2026-11-27T09:00:00Z",
      expect: { outcome: "send", message: { text: "Hi ana@example.com" } },
    },
  ],
} as const satisfies JsonObject;

const ON_EVENT = {
  status: "draft",
  where: { country: "DE" },
  send: { on: "order_placed", where: { amount: { gt: 0 } }, delay: "10m", late_by: "24h" },
  repeat: { after: "7d" },
  purpose: "transaction",
  message: { text: "Hi {{event.order_id}}" },
  was: ["older/name", "oldest/name"],
  tests: [
    {
      name: "thanks for an order",
      event: { event: "order_placed", at: "2026-11-27T08:00:00Z", order_id: "A17" },
      expect: { outcome: "not_in_segment" },
    },
  ],
} as const satisfies JsonObject;

const EVERY = {
  status: "active",
  segment: "everyone",
  send: {
    every: "0 10 * * MON",
    timezone: "Europe/Berlin",
    from: "2026-12-01",
    until: "2027-02-01",
    late_by: "6h",
  },
  purpose: "transaction",
  message: { text: "Hi" },
} as const satisfies JsonObject;

const campaign = (document: JsonObject): FullDocument => ({
  path: "campaigns/campaign.yaml",
  schema: "campaign",
  document,
});

/** Every kind of file, together with every key of its schema. */
export const FULL_DOCUMENTS: readonly FullDocument[] = [
  { path: "posthorn.yaml", schema: "workspace", document: WORKSPACE },
  { path: "segments/segment.yaml", schema: "segment", document: SEGMENT },
  campaign(CAMPAIGN),
  campaign(ON_EVENT),
  campaign(EVERY),
];

function template(payload: JsonObject): JsonObject {
  return { attachment: { type: "template", payload } };
}

/** Keys that exclude others, and those that are alike in several templates. */
const MORE_MESSAGES: readonly JsonObject[] = [
  template({
    template_type: "media",
    elements: [{ media_type: "image", attachment_id: "1857777774821032" }],
  }),
  template({ template_type: "product", elements: [{ id: "4000000000000001" }], sharable: true }),
  template({
    template_type: "button",
    text: "Play?",
    buttons: [
      { type: "game_play", title: "Play", game_metadata: { player_id: "1", context_id: "2" } },
    ],
  }),
  template({
    template_type: "generic",
    elements: [
      {
        title: "Blue mug",
        default_action: {
          type: "web_url",
          url: "https://shop.example/mug",
          webview_height_ratio: "tall",
          messenger_extensions: true,
          fallback_url: "https://shop.example/",
          webview_share_button: "hide",
        },
      },
    ],
  }),
];

/** A campaign for each kind of message, together with every key of it. */
export const FULL_CAMPAIGNS: readonly FullDocument[] = [
  ...Object.values(FULL_MESSAGES),
  ...MORE_MESSAGES,
].map((message) =>
  campaign({
    status: "active",
    segment: "everyone",
    send: { at: "now" },
    purpose: "transaction",
    messaging: "template" in message ? "UTILITY" : "UPDATE",
    message,
  }),
);
