import type { Finding } from "../diag/diagnostic.ts";
import type { WrittenWorkspace } from "../model/generated/workspace-written.ts";
import { DAY_MS, parseDuration } from "../model/instant.ts";
import { columnRules } from "./column-rules.ts";
import { envFormFinding } from "./env-reference.ts";
import { isLoopback } from "./graph-url.ts";
import { SECRET_KEYS, secretLiteral } from "./mask-secrets.ts";
import type { ZoneFault } from "./zone-names.ts";

/** `posthorn.yaml`, of which only what has no faults of shape is left. */
export type SoundWorkspace = Partial<WrittenWorkspace>;

const MAX_RATE = 300;

type Rule = (written: SoundWorkspace, zoneFault: ZoneFault) => readonly Finding[];

const RULES: readonly Rule[] = [
  zoneRule,
  rateRule,
  unlimitedRule,
  marginRule,
  urlRule,
  quietHoursRule,
  testersRule,
  columnRules,
];

/** What a schema cannot say about `posthorn.yaml`. Sources and state have rules of their own. */
export function checkWorkspace(written: SoundWorkspace, zoneFault: ZoneFault): readonly Finding[] {
  return RULES.flatMap((rule) => rule(written, zoneFault));
}

/** A literal where the name of a secret belongs. The literal itself is told to nobody. */
export function secretFindings(page: unknown): readonly Finding[] {
  return SECRET_KEYS.flatMap((key) => {
    const path = ["page", key];
    const literal = secretLiteral(page, key);
    return literal === undefined ? [] : [envFormFinding(literal, path) ?? literalFinding(path)];
  });
}

function literalFinding(path: readonly string[]): Finding {
  const detail =
    "A secret must not stand in a file. Put it into an environment variable and write " +
    "that one's name, such as ${MESSENGER_PAGE_TOKEN}. If the file was ever pushed, " +
    "replace the secret: it is known.";
  return { code: "SECRET_LITERAL", path, summary: "Secret written into the file", detail };
}

function zoneRule({ timezone }: SoundWorkspace, zoneFault: ZoneFault): readonly Finding[] {
  const fault = timezone === undefined ? undefined : zoneFault(timezone);
  if (fault === undefined) return [];
  return [
    { code: "ZONE_UNKNOWN", path: ["timezone"], summary: "Unknown time zone", detail: fault },
  ];
}

function rateRule({ page }: SoundWorkspace): readonly Finding[] {
  const perSecond = Number.parseInt(page?.rate ?? "1", 10);
  if (!Number.isFinite(perSecond) || (perSecond >= 1 && perSecond <= MAX_RATE)) return [];
  const detail = `Write 1/s to ${MAX_RATE}/s: Meta takes no more than that from a page.`;
  return [{ code: "RATE_RANGE", path: ["page", "rate"], summary: "Rate out of range", detail }];
}

function unlimitedRule({ page, graph }: SoundWorkspace): readonly Finding[] {
  if (page?.rate !== "unlimited" || isLoopback(graph?.url ?? "")) return [];
  const detail =
    '"unlimited" is allowed only where graph.url is a loopback address. ' +
    `For Meta write 1/s to ${MAX_RATE}/s.`;
  return [{ code: "RATE_RANGE", path: ["page", "rate"], summary: "Rate out of range", detail }];
}

function marginRule({ page }: SoundWorkspace): readonly Finding[] {
  const marginMs = parseDuration(page?.window_margin ?? "1h") ?? 0;
  if (marginMs < DAY_MS) return [];
  const detail = "A margin of 24 hours or more leaves nothing of the 24 hour window. Write less.";
  const path = ["page", "window_margin"];
  return [{ code: "MARGIN_RANGE", path, summary: "Margin too large", detail }];
}

function urlRule({ graph }: SoundWorkspace): readonly Finding[] {
  const url = graph?.url ?? "https://graph.facebook.com";
  if (/^https:\/\/graph\.facebook\.com\/?$/.test(url) || isLoopback(url)) return [];
  const detail =
    "Only https://graph.facebook.com and loopback addresses such as http://127.0.0.1:8080 may " +
    "stand here: the token travels there. Another host goes into POSTHORN_GRAPH_URL.";
  return [{ code: "GRAPH_URL", path: ["graph", "url"], summary: "Host not allowed", detail }];
}

function quietHoursRule({ guards }: SoundWorkspace): readonly Finding[] {
  const quiet = guards?.quiet_hours;
  if (quiet === undefined || quiet.from !== quiet.to) return [];
  const detail = "from and to are the same time, so no hour is quiet. Write two, or neither.";
  const path = ["guards", "quiet_hours"];
  return [{ code: "QUIET_HOURS_EMPTY", path, summary: "Quiet hours without length", detail }];
}

function testersRule({ page }: SoundWorkspace): readonly Finding[] {
  const testers = Object.entries(page?.testers ?? {});
  return testers.flatMap(([name, psid], at) => {
    const twin = testers.slice(0, at).find(([, other]) => other === psid);
    if (twin === undefined) return [];
    const detail = `"${twin[0]}" has this PSID already. A tester has one name.`;
    const path = ["page", "testers", name];
    return [{ code: "TESTER_TWICE", path, summary: "Tester declared twice", detail }];
  });
}
