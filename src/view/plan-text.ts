import { styleText } from "node:util";
import type { Guard, Plan, PlannedCampaign, Warning } from "../model/plan.ts";
import { changeLines, comparedLines } from "./change-lines.ts";
import { escapeLine } from "./escape.ts";
import { horizonLines } from "./horizon-lines.ts";
import { messageText } from "./message-text.ts";
import { count, countPeople, duration, givesWay, reasonParts } from "./reason-words.ts";
import { heldLines, isHeld, rolloutLines } from "./rollout-lines.ts";
import { wrap } from "./wrap.ts";

interface PlanTextOptions {
  readonly color: boolean;
  /** Columns; samples are cut to fit. */
  readonly width: number;
}

/** A plan for people: the verdict first, people before objects, and a last line for scripts. */
export function showPlan(plan: Plan, options: PlanTextOptions): string {
  const { campaigns, guards, warnings } = plan.snapshot;
  const ofAction = (action: string) => campaigns.filter((one) => one.action === action);
  const held = campaigns.filter(isHeld);
  const idle = ofAction("none").filter((campaign) => !isHeld(campaign));
  const sections = [
    [headline(plan), planVerdict(plan)],
    comparedLines(plan),
    ...held.map((campaign) => heldLines(campaign, options.width)),
    ...ofAction("send")
      .filter(isTouched)
      .map((campaign) => sending(campaign, options)),
    ofAction("send")
      .filter((campaign) => !isTouched(campaign))
      .map(untouched),
    ofAction("upcoming").flatMap(upcoming),
    idleLines(idle, options.width),
    horizonLines(plan.snapshot.horizon),
    guards.filter((guard) => guard.outcome !== "pass").flatMap(guardLines),
    warnings.map(warningLine),
    [`Consent: ${consentRule(plan)}.`, resultLine(plan)],
  ];
  // One place for all: whatever comes from files or data stays on its own line.
  const shown = sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map(escapeLine).join("\n"));
  const text = `${shown.join("\n\n")}\n`;
  return options.color ? text.replace(planVerdict(plan), (line) => paint(line, plan)) : text;
}

function headline({ intent, snapshot, digests }: Plan): string {
  const commit = snapshot.git.head === null ? "" : `  commit ${snapshot.git.head.slice(0, 7)}`;
  const dirty = snapshot.git.dirty ? " (changed since)" : "";
  const digest = digests.intent.slice("sha256:".length, "sha256:".length + 8);
  return `Plan ${digest}  ${intent.workspace}  as of ${snapshot.now}${commit}${dirty}`;
}

/** One line: how many, or what stands in the way. */
export function planVerdict({ summary, snapshot }: Plan): string {
  const { blocked, recipients, campaigns } = summary;
  const guards = blocked === 1 ? "1 guard holds" : `${blocked} guards hold`;
  if (blocked > 0) return `BLOCKED: ${guards}. Nothing would be sent.`;
  if (recipients > 0) {
    const from = campaigns === 1 ? "1 campaign" : `${campaigns} campaigns`;
    const people = recipients === 1 ? "1 message" : `${count(recipients)} messages`;
    return `${people} would be sent, from ${from}.`;
  }
  const next = snapshot.campaigns
    .flatMap(({ action, due_at, id }) => (action === "upcoming" && due_at ? [{ id, due_at }] : []))
    .sort((a, b) => (a.due_at < b.due_at ? -1 : 1))[0];
  const then = next === undefined ? "" : ` Next: ${next.id} at ${next.due_at}.`;
  return `Nothing would be sent.${then}`;
}

/** Who counts as having agreed: `where opt_in is true`. */
export function consentRule({ intent }: Plan): string {
  const { column, inbound } = intent.consent;
  const rule = column === null ? "assumed of everyone" : `where ${column} is true`;
  return `${rule}${inbound ? ", or by what people told the page since" : ""}`;
}

function sending(campaign: PlannedCampaign, options: PlanTextOptions): string[] {
  const { id, eligible, matched, left_out, purpose, due_at, seconds } = campaign;
  const since = due_at === null ? "" : `, due ${due_at}`;
  const left = matched - eligible;
  const funnel = `${count(matched)} matched − ${count(left)} left out = ${count(eligible)}`;
  return [
    `> ${id}  ${countPeople(eligible)}  (${purpose}${since}, about ${duration(seconds)})`,
    ...changeLines(campaign).map((line) => `    ${line}`),
    `    ${funnel}`,
    ...(left > 0 ? wrap(reasonParts(left_out), options.width, "    ") : []),
    ...campaign.samples.map((sample) => `    ${cut(sampleLine(sample), options.width - 4)}`),
    ...rolloutLines(campaign.rollout).flatMap((line) => wrap(line, options.width, "    ")),
    ...(campaign.superseded > 0 ? [`    ${givesWay(campaign.superseded)}`] : []),
    `    ${campaign.source.file}:${campaign.source.line}`,
  ];
}

function sampleLine({ variant, locale, people, message }: PlannedCampaign["samples"][number]) {
  const labels = [variant, locale ?? "base"].filter((label) => label !== null).join("/");
  return `${labels} (${count(people)}): ${messageText(message as never)}`;
}

/** With a base, a due campaign that the change does not touch is one line. */
function isTouched({ change }: PlannedCampaign): boolean {
  return change !== "none";
}

function untouched({ id, eligible }: PlannedCampaign): string {
  return `> ${id}  ${countPeople(eligible)}  (not touched by this change)`;
}

function upcoming(campaign: PlannedCampaign): string[] {
  const { id, due_at, eligible, matched } = campaign;
  const people = `${count(eligible)} of ${count(matched)} by today's data`;
  const more = [...rolloutLines(campaign.rollout).slice(0, 1), ...changeLines(campaign)];
  return [`@ ${id}  next at ${due_at ?? "?"}  ${people}`, ...more.map((line) => `    ${line}`)];
}

/** Whoever is matched and left out has a reason here too. */
function idleLines(idle: readonly PlannedCampaign[], width: number): string[] {
  if (idle.length === 0) return [];
  const whys = idle.filter(({ matched }) => matched > 0);
  return [
    `${count(idle.length)} active, with nothing to send now.`,
    ...whys.flatMap(({ id, left_out }) =>
      wrap([`${id}:`, ...reasonParts(left_out)], width, "    "),
    ),
  ];
}

function guardLines(guard: Guard): string[] {
  const { rule, campaign, limit, actual, outcome, source, accept, in_base } = guard;
  const whose = campaign === null ? "" : ` ${campaign}:`;
  const at = source === null ? "" : `  ${source.file}:${source.line}`;
  const where = in_base ? `${at}  (without this change too)` : at;
  const head = `! ${outcome}: ${rule}${whose} ${count(actual)}, limit ${count(limit)}${where}`;
  if (accept === null) return [head];
  const lines = accept.split("\n").map((line) => `      ${line}`);
  const file = campaign === null ? "the campaign's file" : `campaigns/${campaign}.yaml`;
  return [head, `    To accept it once, add to ${file}:`, ...lines];
}

/** `warning DATA_OLD posthorn.yaml:24: …`. */
export function warningLine({ code, summary, detail, source }: Warning): string {
  const where = source === null ? "" : ` ${source.file}:${source.line}`;
  return `warning ${code}${where}: ${summary}. ${detail}`;
}

/** Stable: scripts may search for it. */
function resultLine({ summary }: Plan): string {
  const { campaigns, recipients, blocked, warnings } = summary;
  const reached = `campaigns=${campaigns} recipients=${recipients}`;
  return `Result: ${reached} blocked=${blocked} warnings=${warnings}`;
}

function cut(text: string, width: number): string {
  const letters = [...text];
  return letters.length <= width ? text : `${letters.slice(0, width - 1).join("")}…`;
}

function paint(line: string, { summary }: Plan): string {
  const style = summary.blocked > 0 ? "red" : summary.recipients > 0 ? "green" : "bold";
  return styleText(style, line, { validateStream: false });
}
