import type { Diagnostic } from "../diag/diagnostic.ts";
import type { Campaign } from "../model/campaign.ts";
import { formatInstant, HOUR_MS, type Instant } from "../model/instant.ts";
import type { PlannedCampaign, Warning } from "../model/plan.ts";
import type { Workspace } from "../model/workspace.ts";
import type { UserData } from "../ports/user-data.ts";
import type { PlanInput } from "./build-plan.ts";
import { sourceOf } from "./guards.ts";

/** Above this many messages a second Meta's inbox stops showing them all (section 5). */
const INBOX_RATE = 40;

/** What is worth knowing about the whole plan: files, data, rate. */
export function planWarnings(workspace: Workspace, users: UserData, now: Instant): Warning[] {
  const found = [...workspace.warnings, ...users.diagnostics];
  return [
    ...found.filter((one) => one.severity === "warning").map(fromDiagnostic),
    ...assumedConsent(workspace),
    ...oldData(workspace, users, now),
    ...fastRate(workspace),
  ];
}

/** `halted`: why applies are halted; null: they are not. */
export function haltWarnings(halted: string | null): Warning[] {
  if (halted === null) return [];
  const detail =
    `Somebody halted applies: ${halted}. They send nothing until ` +
    "`posthorn halt --lift` ends that.";
  return [{ code: "HALTED", summary: "Applies are halted", detail, source: null }];
}

/** How many a page in development mode loses, of all campaigns that were judged. */
export function developmentMode(
  { page }: Workspace,
  campaigns: readonly PlannedCampaign[],
): Warning[] {
  if (page.mode !== "development") return [];
  const lost = campaigns.map(({ left_out: leftOut }) => leftOut["not_tester"] ?? 0);
  const messages = lost.reduce((sum, count) => sum + count, 0);
  const from = lost.filter((count) => count > 0).length;
  const testers = Object.keys(page.testers).length;
  const counted = messages === 0 ? "Nobody is lost by that now." : lossWords(messages, from);
  return [
    {
      code: "MODE_DEVELOPMENT",
      summary: "Testers alone are reached",
      detail:
        `page.mode is development: of all people only those of page.testers (${testers}) are ` +
        `reached. ${counted} Set page.mode to live once the app is.`,
      source: null,
    },
  ];
}

function lossWords(messages: number, campaigns: number): string {
  const many = messages === 1 ? "1 message" : `${messages.toLocaleString("en-US")} messages`;
  const from = campaigns === 1 ? "1 campaign" : `${campaigns} campaigns`;
  return `That keeps back ${many} of ${from}.`;
}

/** `wasStopped`: a wave of it was stopped and never acknowledged. */
export function missedOccurrence({ id, at }: Campaign, wasStopped: boolean): Warning {
  const why = wasStopped
    ? "and the stop of its rollout was not acknowledged. Who was left does not get it any more."
    : "and no apply tried it. It is not sent any more.";
  return {
    code: "OCCURRENCE_MISSED",
    summary: "An occurrence went by unsent",
    detail:
      `The time of "${id}" has passed, late_by included, ${why} ` +
      "Give it a new time, or set a longer late_by.",
    source: sourceOf(at),
  };
}

/**
 * Who is judged alone is not told what the others are about to send: that nobody is over the cap
 * then holds for what was sent, not for what will be.
 */
export function onlyAndCaps({ guards, campaigns }: Workspace, only: PlanInput["only"]): Warning[] {
  if (only === undefined || guards.frequencyCap === undefined) return [];
  const active = campaigns.filter(({ status }) => status === "active");
  const isCapped = active.some(({ id, frequencyCap }) => only.has(id) && frequencyCap.obey);
  const others = active.filter(({ id, frequencyCap }) => !only.has(id) && frequencyCap.counts);
  if (!isCapped || others.length === 0) return [];
  const ids = others.map(({ id }) => id);
  const more = ids.length > 3 ? ` and ${ids.length - 3} more` : "";
  return [
    {
      code: "ONLY_AND_CAPS",
      summary: "Campaigns that are left out may be first in line",
      detail:
        `--only leaves out ${ids.slice(0, 3).join(", ")}${more}. Without it they might be sent ` +
        "first and use up the frequency cap of some who would get a message now.",
      source: null,
    },
  ];
}

function fromDiagnostic({ code, summary, detail, at }: Diagnostic): Warning {
  return { code, summary, detail, source: sourceOf(at) };
}

function assumedConsent({ users }: Workspace): Warning[] {
  if (users.consent !== "assumed") return [];
  return [
    {
      code: "CONSENT_ASSUMED",
      summary: "Consent is assumed",
      detail:
        "posthorn.yaml says `consent: assumed`: everyone counts as having agreed to messages. " +
        "Meta wants explicit permission. Name a boolean column in users.consent.",
      source: sourceOf(users.files.at),
    },
  ];
}

function oldData({ users }: Workspace, data: UserData, now: Instant): Warning[] {
  if (users.maxAgeMs === undefined || data.modifiedAt === undefined) return [];
  const ageMs = now - data.modifiedAt;
  if (ageMs <= users.maxAgeMs) return [];
  const hours = (ms: number) => `${Math.floor(ms / HOUR_MS)} h`;
  return [
    {
      code: "DATA_OLD",
      summary: "User data is old",
      detail:
        `The newest user file was written at ${formatInstant(data.modifiedAt)}, ${hours(ageMs)} ` +
        `ago; max_age is ${hours(users.maxAgeMs)}. Export it again before sending.`,
      source: sourceOf(users.files.at),
    },
  ];
}

function fastRate({ page }: Workspace): Warning[] {
  if (page.rate !== "unlimited" && page.rate.perSecond <= INBOX_RATE) return [];
  const rate = page.rate === "unlimited" ? "unlimited" : `${page.rate.perSecond}/s`;
  return [
    {
      code: "RATE_ABOVE_INBOX",
      summary: "The rate is more than Meta's inbox can show",
      detail:
        `page.rate is ${rate}. Above ${INBOX_RATE} messages a second the Page inbox stops ` +
        "showing and sending until it drops. " +
        `Set page.rate to ${INBOX_RATE}/s or less if people use it.`,
      source: null,
    },
  ];
}
