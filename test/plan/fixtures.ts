import type { Campaign } from "../../src/model/campaign.ts";
import type { Plan, PlannedCampaign } from "../../src/model/plan.ts";
import type { Workspace } from "../../src/model/workspace.ts";

/** Who has agreed, in every plan. */
export const CONSENT = { column: "opt_in", inbound: false };

const AT = { file: "posthorn.yaml", line: 3, column: 1 };

/** A live campaign that says hello to everyone; `over` changes what a test is about. */
export function campaignWith(over: Partial<Campaign> = {}): Campaign {
  return {
    id: "hello",
    rootId: "hello",
    description: "Says hello",
    status: "active",
    segmentId: "everyone",
    where: { kind: "segment", segment: "everyone", at: AT },
    send: { kind: "now", lateByMs: 86_400_000 },
    repeat: { kind: "once" },
    priority: 0,
    purpose: "requested_content",
    messaging: "UPDATE",
    notification: "REGULAR",
    personaId: undefined,
    content: {
      message: { text: "Hello" },
      locales: new Map(),
      variants: [],
      fallbacks: {},
      onMissing: "skip",
    },
    holdout: 0,
    maxRecipients: undefined,
    frequencyCap: { obey: true, counts: true },
    quietHours: "obey",
    rollout: undefined,
    acknowledge: [],
    tests: [],
    revision: `sha256:${"a".repeat(64)}`,
    written: { send: { at: "now" } },
    at: { file: "campaigns/hello.yaml", line: 1, column: 1 },
    ...over,
  };
}

/** A live page at 20/s with users that have a name and a country. */
export function workspaceWith(over: Partial<Workspace> = {}): Workspace {
  const attribute = (name: string, type: "string" | "timestamp" | "boolean" | "number") =>
    [name, { name, type, sensitive: type === "string" }] as const;
  return {
    id: "acme",
    root: "/workspace",
    timezone: "Europe/Berlin",
    page: {
      id: "422500000000001",
      accessToken: { env: "MESSENGER_PAGE_TOKEN" },
      appSecret: undefined,
      verifyToken: undefined,
      mode: "live",
      testers: {},
      rate: { perSecond: 20 },
      windowMarginMs: 3_600_000,
    },
    graph: { url: "https://graph.facebook.com", version: "v25.0", timeoutMs: 30_000 },
    people: {
      optIn: { words: [], payloads: [] },
      optOut: { words: undefined, payloads: [] },
      join: [],
    },
    users: {
      files: { pattern: "data/users.json", format: "json", fromEnv: false, at: AT },
      id: "user_id",
      psid: "ps_id",
      lastInbound: "last_inbound_at",
      consent: { column: "opt_in" },
      consentAt: undefined,
      inbound: undefined,
      timezone: "timezone",
      locale: "locale",
      maxAgeMs: undefined,
      attributes: new Map([
        attribute("user_id", "string"),
        attribute("ps_id", "string"),
        attribute("last_inbound_at", "timestamp"),
        attribute("opt_in", "boolean"),
        attribute("timezone", "string"),
        attribute("locale", "string"),
        attribute("first_name", "string"),
        attribute("country", "string"),
        attribute("ltv", "number"),
      ]),
    },
    events: {
      files: { pattern: "data/events.ndjson", format: "ndjson", fromEnv: false, at: AT },
      id: "event_id",
      user: "user_id",
      name: "event",
      at: "at",
      properties: new Map([
        attribute("event_id", "string"),
        attribute("user_id", "string"),
        attribute("event", "string"),
        attribute("at", "timestamp"),
        attribute("order_id", "string"),
        attribute("amount", "number"),
      ]),
    },
    vars: { shop: "Acme" },
    state: { kind: "folder", path: "data/state" },
    guards: {
      maxRecipients: undefined,
      maxGrowth: undefined,
      emptyAudience: "warn",
      frequencyCap: undefined,
      quietHours: undefined,
    },
    segments: new Map(),
    campaigns: [],
    warnings: [],
    ...over,
  };
}

/** A planned campaign with so many eligible people. */
export function plannedWith(
  eligible: number,
  over: Partial<PlannedCampaign> = {},
): PlannedCampaign {
  return {
    id: "hello",
    action: "send",
    purpose: "requested_content",
    due_at: "2026-12-01T09:00:00Z",
    occurrences: 1,
    superseded: 0,
    source: { file: "campaigns/hello.yaml", line: 1 },
    matched: eligible,
    eligible,
    ceiling: eligible,
    left_out: {},
    samples: [],
    seconds: 0,
    rollout: null,
    ...over,
  };
}

/** A plan document over these campaigns. */
export function planWith(campaigns: PlannedCampaign[]): Plan {
  const digest = `sha256:${"ab".repeat(32)}`;
  const sending = campaigns.filter(({ action }) => action === "send");
  const recipients = sending.reduce((sum, { eligible }) => sum + eligible, 0);
  return {
    format: "posthorn.plan/1",
    intent: { workspace: "acme", consent: CONSENT, campaigns: [], guards: {} },
    snapshot: {
      now: "2026-12-01T09:30:00Z",
      git: { head: null, base: null, dirty: false },
      campaigns,
      guards: [],
      warnings: [],
    },
    digests: { intent: digest, snapshot: digest },
    summary: { campaigns: sending.length, recipients, blocked: 0, warnings: 0 },
  };
}
