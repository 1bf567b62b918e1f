import type { Guard, Plan } from "../model/plan.ts";
import { mdCode, mdFence, mdText } from "./markdown.ts";
import { count } from "./reason-words.ts";

/** What the guards say, those that block first; `most` of them in full. */
export function guardBlocks({ snapshot }: Plan, most: number): string[] {
  const held = snapshot.guards
    .filter(({ outcome }) => outcome !== "pass")
    .sort((a, b) => rank(a) - rank(b));
  const shown = held.slice(0, most).map(guardBlock);
  const more = held.length - shown.length;
  const moved = snapshot.compared?.guards ?? [];
  return [
    ...shown,
    ...(more > 0 ? [`And ${count(more)} more guards that hold or warn.`] : []),
    ...(moved.length > 0 ? [movedBlock(moved)] : []),
  ];
}

function rank({ outcome, in_base }: Guard): number {
  if (outcome !== "block") return 2;
  return in_base ? 1 : 0;
}

function guardBlock(guard: Guard): string {
  const { rule, campaign, limit, actual, outcome, source, accept, in_base } = guard;
  const kind = outcome === "block" ? "CAUTION" : outcome === "warn" ? "WARNING" : "NOTE";
  const whose = campaign === null ? "" : ` ${mdCode(campaign)}:`;
  const where = source === null ? "" : ` (${mdCode(`${source.file}:${source.line}`)})`;
  const before = in_base ? " It holds without this change too." : "";
  const head =
    `**${rule}**${whose} ${count(actual)}, limit ${count(limit)}${where}. ` +
    `${OUTCOMES[outcome]}${before}`;
  const quoted = [`[!${kind}]`, head, ...acceptLines(accept, campaign)];
  return quoted.map((line) => `> ${line}`).join("\n");
}

const OUTCOMES: Readonly<Record<Guard["outcome"], string>> = {
  pass: "It passes.",
  block: "Nothing is sent while it holds.",
  accepted: "Accepted in the campaign's file.",
  warn: "It stops nothing.",
};

function acceptLines(accept: string | null, campaign: string | null): string[] {
  if (accept === null) return [];
  const file = campaign === null ? "a campaign's file" : mdCode(`campaigns/${campaign}.yaml`);
  return ["", `To accept it once, add to ${file}:`, "", ...mdFence(accept, "yaml").split("\n")];
}

/** A change cannot loosen the limits that it is judged by. */
function movedBlock(changes: readonly { path: string; before: unknown; after: unknown }[]): string {
  const lines = changes.map(
    ({ path, before, after }) =>
      `> - ${mdCode(path)} ${mdText(String(before))} → ${mdText(String(after))}`,
  );
  const head = "**Guards change.** This plan is judged by the ones of the base.";
  return ["> [!WARNING]", `> ${head}`, ...lines].join("\n");
}
