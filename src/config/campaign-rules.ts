import type { Finding } from "../diag/diagnostic.ts";
import { nearestName } from "../diag/nearest.ts";
import type { WrittenCampaign } from "../model/generated/campaign-written.ts";
import { isCalendarDate } from "../model/instant.ts";
import { noSuchDay } from "./send-rules.ts";

/** A campaign, of which only what has no faults of shape is left. */
export type SoundCampaign = Partial<WrittenCampaign>;

const DEAD_MESSAGING: ReadonlySet<unknown> = new Set([
  "MESSAGE_TAG",
  "HUMAN_AGENT",
  "CONFIRMED_EVENT_UPDATE",
  "ACCOUNT_UPDATE",
  "POST_PURCHASE_UPDATE",
]);

type Rule = (written: SoundCampaign) => readonly Finding[];

const RULES: readonly Rule[] = [responseRule, promotionRule, weightsRule, wavesRule];

/** What a schema cannot say about a campaign taken by itself. */
export function checkCampaign(written: SoundCampaign): readonly Finding[] {
  const rows = written.acknowledge ?? [];
  return [...RULES.flatMap((rule) => rule(written)), ...rows.flatMap(acknowledgeFindings)];
}

/**
 * Who it is for must be said once. Takes the whole document: a `segment:` of the wrong shape is
 * there all the same.
 */
export function audienceFindings(document: object): readonly Finding[] {
  const hasSegment = Object.hasOwn(document, "segment");
  const hasWhere = Object.hasOwn(document, "where");
  if (hasSegment !== hasWhere) return [];
  if (!hasSegment) {
    // A misspelt one is told as an unknown key, and an empty file lacks more than this.
    if (Object.keys(document).length === 0) return [];
    if (Object.keys(document).some((key) => nearestName(key, ["segment", "where"]))) return [];
    const detail = "Write segment: and the id of a segment (or everyone), or conditions in where:.";
    return [{ code: "KEY_MISSING", path: [], summary: "Key missing", detail }];
  }
  const detail = '"segment" and "where" exclude each other. Keep one of them.';
  const at = { path: ["where"], atKey: true };
  return [{ code: "KEY_CONFLICT", ...at, summary: "Keys exclude each other", detail }];
}

/**
 * Messaging that Meta has ended or keeps for people. Takes the written value, which the schema
 * refuses too, in fewer words. Source: messenger-platform.md section 2.
 */
export function deadMessaging(messaging: unknown): readonly Finding[] {
  if (!DEAD_MESSAGING.has(messaging)) return [];
  const why =
    messaging === "HUMAN_AGENT"
      ? "Meta allows HUMAN_AGENT only for messages that a person writes, never for a campaign."
      : "Meta ended message tags for updates on 27 April 2026 and refuses them in every version.";
  const detail =
    `${why} Use UPDATE inside of the 24 hour window, ` +
    "or UTILITY with an approved template outside of it.";
  return [
    { code: "MESSAGING_DEAD", path: ["messaging"], summary: "Messaging type not usable", detail },
  ];
}

function responseRule({ messaging, send }: SoundCampaign): readonly Finding[] {
  if (messaging !== "RESPONSE" || send === undefined || "on" in send) return [];
  const detail =
    "RESPONSE answers something a person did, so it needs send: { on: … }. Use UPDATE.";
  const path = ["messaging"];
  return [{ code: "RESPONSE_WITHOUT_EVENT", path, summary: "RESPONSE without event", detail }];
}

function promotionRule({ messaging, purpose }: SoundCampaign): readonly Finding[] {
  if (messaging !== "UTILITY" || purpose !== "promotion") return [];
  const detail = "Meta forbids promotion in UTILITY messages. Use UPDATE, or correct the purpose.";
  return [
    { code: "UTILITY_PROMOTION", path: ["purpose"], summary: "Promotion as UTILITY", detail },
  ];
}

function weightsRule({ variants }: SoundCampaign): readonly Finding[] {
  if (variants === undefined) return [];
  if (Object.values(variants).some((variant) => variant.weight > 0)) return [];
  const detail = "All weights are 0, so nobody would get any variant. Give one of them a weight.";
  return [{ code: "WEIGHTS_ZERO", path: ["variants"], summary: "Weights sum to zero", detail }];
}

function wavesRule({ rollout }: SoundCampaign): readonly Finding[] {
  if (rollout === undefined) return [];
  const first = rollout.waves.indexOf("rest");
  if (first === rollout.waves.length - 1) return [];
  const path = ["rollout", "waves", ...(first === -1 ? [] : [first])];
  const detail = "rest takes everyone who is left: it stands once, as the last wave.";
  return [{ code: "WAVES_REST", path, summary: "Last wave is not the rest", detail }];
}

type WrittenAcknowledgement = NonNullable<WrittenCampaign["acknowledge"]>[number];

function acknowledgeFindings(row: WrittenAcknowledgement, at: number): readonly Finding[] {
  const path = ["acknowledge", at];
  const found: Finding[] = [];
  if (row.until !== undefined && !isCalendarDate(row.until))
    found.push(noSuchDay([...path, "until"]));
  const detail = acknowledgeFault(row);
  if (detail === undefined) return found;
  return [
    ...found,
    { code: "ACKNOWLEDGE_FORM", path, summary: "Row does not fit its rule", detail },
  ];
}

function acknowledgeFault(row: WrittenAcknowledgement): string | undefined {
  const { rule, limit, occurrence } = row;
  if (rule === "rollout") {
    if (occurrence !== undefined && limit === undefined) return undefined;
    return "A row for rollout carries occurrence: (the id of the stopped one) and no limit:.";
  }
  if (occurrence !== undefined) return "Only a row for rollout carries occurrence:.";
  if (rule === "empty_audience") {
    return limit === undefined ? undefined : "A row for empty_audience carries no limit:.";
  }
  if (rule === "max_recipients") {
    return typeof limit === "number"
      ? undefined
      : "A row for max_recipients carries limit: and a count.";
  }
  const isPercent = typeof limit === "string";
  return isPercent
    ? undefined
    : "A row for max_growth carries limit: and a percentage, such as 120%.";
}
