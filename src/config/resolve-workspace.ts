import type { WrittenWorkspace } from "../model/generated/workspace-written.ts";
import { HOUR_MS, parseDuration, SECOND_MS } from "../model/instant.ts";
import type {
  EventSource,
  Graph,
  Guards,
  Page,
  SecretName,
  SourceFiles,
  UserSource,
} from "../model/workspace.ts";
import { REFERENCE } from "./env-reference.ts";
import { parseMinuteOfDay, parsePercent } from "./parse-units.ts";
import type { YamlFile } from "./read-yaml.ts";
import { attributesOf, eventColumns, userColumns } from "./vocabulary.ts";

const DEFAULT_RATE = "20/s";

/** The page with its defaults filled in. */
export function resolvePage(page: WrittenWorkspace["page"]): Page {
  const rate = page.rate ?? DEFAULT_RATE;
  return {
    id: page.id,
    accessToken: secretName(page.access_token),
    appSecret: page.app_secret === undefined ? undefined : secretName(page.app_secret),
    verifyToken: page.verify_token === undefined ? undefined : secretName(page.verify_token),
    mode: page.mode ?? "live",
    testers: page.testers ?? {},
    rate: rate === "unlimited" ? rate : { perSecond: Number.parseInt(rate, 10) },
    windowMarginMs: durationMs(page.window_margin) ?? HOUR_MS,
  };
}

function secretName(reference: string): SecretName {
  return { env: REFERENCE.exec(reference)?.[1] ?? "" };
}

function durationMs(written: string | undefined): number | undefined {
  return written === undefined ? undefined : parseDuration(written);
}

export function resolveGraph(graph: WrittenWorkspace["graph"]): Graph {
  return {
    url: (graph?.url ?? "https://graph.facebook.com").replace(/\/$/, ""),
    version: graph?.version ?? "v25.0",
    timeoutMs: durationMs(graph?.timeout) ?? 30 * SECOND_MS,
  };
}

export function resolveUsers(
  users: WrittenWorkspace["users"],
  files: SourceFiles,
  inbound: string | undefined,
): UserSource {
  return {
    files,
    id: users.id,
    psid: users.psid,
    lastInbound: users.last_inbound,
    consent: users.consent === "assumed" ? "assumed" : { column: users.consent },
    consentAt: users.consent_at,
    inbound,
    timezone: users.timezone,
    locale: users.locale,
    maxAgeMs: durationMs(users.max_age),
    attributes: attributesOf(userColumns(users), users.attributes),
  };
}

export function resolveEvents(
  events: NonNullable<WrittenWorkspace["events"]>,
  files: SourceFiles,
): EventSource {
  const { id, user, name, at } = events;
  return {
    files,
    id,
    user,
    name,
    at,
    properties: attributesOf(eventColumns(events), events.properties),
  };
}

export function resolveGuards(guards: WrittenWorkspace["guards"], file: YamlFile): Guards {
  const at = (key: string) => file.place(["guards", key]);
  const { max_recipients: limit, max_growth: growth, frequency_cap: cap } = guards ?? {};
  const quiet = guards?.quiet_hours;
  return {
    maxRecipients: limit === undefined ? undefined : { limit, at: at("max_recipients") },
    maxGrowth: growth && {
      percent: parsePercent(growth.percent),
      atLeast: growth.at_least ?? 0,
      at: at("max_growth"),
    },
    emptyAudience: guards?.empty_audience ?? "warn",
    frequencyCap: cap && { max: cap.max, periodMs: durationMs(cap.per) ?? 0 },
    quietHours: quiet && {
      fromMinute: parseMinuteOfDay(quiet.from),
      toMinute: parseMinuteOfDay(quiet.to),
    },
  };
}
