import { wordDiff } from "../message/word-diff.ts";
import type { Plan, PlannedCampaign } from "../model/plan.ts";
import { mdCode, mdDetails, mdFence, mdText } from "./markdown.ts";
import { messageText } from "./message-text.ts";
import { count, countPeople, reasonsText } from "./reason-words.ts";
import { heldLines, isHeld, rolloutLines } from "./rollout-lines.ts";

/** How much of a plan is shown. */
export interface Tier {
  /** At most so many campaigns in detail. */
  readonly details: number;
  readonly samples: boolean;
  /** Whether campaigns that send nothing and do not change are named. */
  readonly quiet: boolean;
  /** At most so many rows in a table or list. */
  readonly rows: number;
}

const HEAD = "| | Campaign | Effect | People | Audience | Due |\n|---|---|---|--:|--:|---|";

/** A row for each campaign that sends or changes, those with most people first. */
export function campaignTable({ snapshot }: Plan, { rows }: Tier): string {
  const shown = snapshot.campaigns.filter(isShown);
  if (shown.length === 0) return "";
  const ranked = [...shown].sort(byPeople).slice(0, rows);
  const kept = rows >= shown.length ? shown : ranked;
  const others = shown.length === kept.length ? [] : [...shown].sort(byPeople).slice(rows);
  const people = others.reduce((sum, { action, eligible }) => sum + sent(action, eligible), 0);
  const rest =
    others.length === 0
      ? []
      : [`| | and ${count(others.length)} more campaigns | | ${count(people)} | | |`];
  return [HEAD, ...kept.map(tableRow), ...rest].join("\n");
}

function byPeople(a: PlannedCampaign, b: PlannedCampaign): number {
  return sent(b.action, b.eligible) - sent(a.action, a.eligible) || (a.id < b.id ? -1 : 1);
}

function sent(action: PlannedCampaign["action"], eligible: number): number {
  return action === "send" ? eligible : 0;
}

/** Whether it has a row. */
export function isShown({ action, change }: PlannedCampaign): boolean {
  return action === "send" || isChanged(change);
}

function isChanged(change: PlannedCampaign["change"]): boolean {
  return change !== undefined && change !== "none";
}

function tableRow(campaign: PlannedCampaign): string {
  const { id, action, eligible, matched, due_at, entering, leaving } = campaign;
  const moves = [entering ? `+${count(entering)}` : "", leaving ? `−${count(leaving)}` : ""];
  const moved = moves.filter((one) => one !== "").join(" ");
  const cells = [
    ICONS[action],
    mdCode(id),
    effect(campaign),
    action === "send" ? `**${count(eligible)}**` : "–",
    `${count(matched)}${moved === "" ? "" : ` (${moved})`}`,
    due_at ?? "–",
  ];
  return `| ${cells.join(" | ")} |`;
}

const ICONS: Readonly<Record<PlannedCampaign["action"], string>> = {
  send: "📤",
  upcoming: "🗓️",
  none: "·",
};

function effect({ action, change, renamed_from, changes }: PlannedCampaign): string {
  const does = { send: "sends now", upcoming: "sends later", none: "sends nothing" }[action];
  if (change === "added") return `added, ${does}`;
  if (change === "renamed") return `renamed from ${mdCode(renamed_from ?? "?")}, ${does}`;
  if (change !== "changed") return does;
  const keys = [...new Set((changes ?? []).map(({ path }) => path.split(".")[0] ?? path))];
  return `${keys.slice(0, 4).map(mdCode).join(", ")} changed, ${does}`;
}

/** One fold a campaign: the funnel, what changes, and the messages as their readers see them. */
export function campaignDetails(campaign: PlannedCampaign, tier: Tier): string[] {
  if (!isShown(campaign) || campaign.change === "none") return [];
  const { id, matched, eligible, left_out, samples, changes = [] } = campaign;
  const left = matched - eligible;
  const funnel = `${count(matched)} matched − ${count(left)} left out = **${count(eligible)}**`;
  const body = [
    left > 0 ? `${funnel}  \n${mdText(reasonsText(left_out))}` : funnel,
    changes.map(changeLine).join("\n"),
    rolloutLines(campaign.rollout)
      .map((line) => `- ${mdText(line)}`)
      .join("\n"),
    tier.samples ? samples.map(sampleLine).join("\n") : "",
    `${mdCode(`${campaign.source.file}:${campaign.source.line}`)}`,
  ];
  return [mdDetails(id, body.filter((part) => part !== "").join("\n\n"))];
}

function changeLine({ path, before, after }: { path: string; before: unknown; after: unknown }) {
  if (typeof before === "string" && typeof after === "string") {
    return `- ${mdCode(path)} ${diffHtml(before, after)}`;
  }
  return `- ${mdCode(path)} ${mdText(valueText(before))} → ${mdText(valueText(after))}`;
}

function valueText(value: unknown): string {
  return value === null ? "nothing" : String(value);
}

function sampleLine(sample: PlannedCampaign["samples"][number]): string {
  const { variant, locale, people, message, before } = sample;
  const labels = [variant, locale ?? "base"].filter((label) => label !== null).join("/");
  const now = messageText(message as never);
  const shown = before === undefined ? mdText(now) : diffHtml(messageText(before as never), now);
  return `- ${mdCode(labels)} (${count(people)}) ${shown}`;
}

function diffHtml(before: string, after: string): string {
  const tags = { same: ["", ""], gone: ["<del>", "</del>"], new: ["<ins>", "</ins>"] } as const;
  return wordDiff(before, after)
    .map(({ kind, text }) => {
      // Blanks at the ends of a part are part of the text.
      const [, lead = "", middle = "", tail = ""] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? [];
      return `${lead && " "}${tags[kind][0]}${mdText(middle)}${tags[kind][1]}${tail && " "}`;
    })
    .join("");
}

/** Campaigns that the stop of a wave keeps back, with the lines that let them go on. */
export function heldBlocks({ snapshot }: Plan, most: number): string[] {
  const held = snapshot.campaigns.filter(isHeld);
  const more = held.length - most;
  const blocks = held.slice(0, most).map((campaign) => {
    const [head = "", ...lines] = heldLines(campaign, Number.POSITIVE_INFINITY);
    const quoted = [
      "[!CAUTION]",
      `**${mdText(head.slice("! ".length))}**`,
      ...mdFence(lines.join("\n")).split("\n"),
    ];
    return quoted.map((line) => `> ${line}`).join("\n");
  });
  return more > 0 ? [...blocks, `And ${count(more)} more campaigns that are stopped.`] : blocks;
}

/** Campaigns that the change takes away. */
export function removedLines({ snapshot }: Plan, most: number): string[] {
  const removed = snapshot.compared?.removed ?? [];
  if (removed.length === 0) return [];
  const lines = removed.slice(0, most).map(({ id, because, leaving }) => {
    const audience = leaving > 0 ? `, ${countPeople(leaving)} in its audience` : "";
    return `- ${mdCode(id)} ${because === "deleted" ? "removed" : `now ${because}`}${audience}`;
  });
  const more = removed.length - lines.length;
  const rest = more > 0 ? [`- and ${count(more)} more`] : [];
  return [
    ["**No longer active** (what was sent stays in the ledger)", "", ...lines, ...rest].join("\n"),
  ];
}

/** What neither sends nor changes: a line each where there is room, else a count. */
export function quietLines({ snapshot }: Plan, { quiet, rows }: Tier): string[] {
  const others = snapshot.campaigns.filter((one) => !isShown(one) && !isHeld(one));
  if (others.length === 0) return [];
  const upcoming = others.filter(({ action }) => action === "upcoming");
  const idle = others.filter(({ action }) => action === "none");
  const lines = [
    ...upcoming.map(({ id, due_at, eligible, matched }) => {
      const people = `${count(eligible)} of ${count(matched)} by today's data`;
      return `- ${mdCode(id)} next at ${due_at ?? "?"}, ${people}`;
    }),
    ...idle
      .filter(({ matched }) => matched > 0)
      .map(({ id, left_out }) => `- ${mdCode(id)} ${mdText(reasonsText(left_out))}`),
  ];
  const parts = [
    ...(upcoming.length > 0 ? [`${count(upcoming.length)} upcoming`] : []),
    ...(idle.length > 0 ? [`${count(idle.length)} with nothing to send`] : []),
  ].join(", ");
  const summary = `${count(others.length)} active and not part of this: ${parts}`;
  const room = quiet && lines.length > 0 && lines.length <= rows;
  return [room ? mdDetails(summary, lines.join("\n")) : `${summary}.`];
}
