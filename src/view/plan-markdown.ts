import { DefectError } from "../diag/errors.ts";
import type { Plan } from "../model/plan.ts";
import { horizonLines } from "./horizon-lines.ts";
import { mdCode, mdDetails, mdFence, mdText } from "./markdown.ts";
import {
  campaignDetails,
  campaignTable,
  heldBlocks,
  isShown,
  quietLines,
  removedLines,
  type Tier,
} from "./plan-markdown-campaigns.ts";
import { guardBlocks } from "./plan-markdown-guards.ts";
import { consentRule } from "./plan-text.ts";
import { count } from "./reason-words.ts";

/**
 * GitHub refuses a comment above 65,536 characters; whether it means bytes is not said, so stay
 * well below in bytes.
 */
export const COMMENT_BYTES = 60_000;

/** GitHub drops a job summary above 1 MiB as a whole. */
export const SUMMARY_BYTES = 900_000;

/** Each gives up something more; what is said of guards, totals and digest stays in all. */
const TIERS: readonly Tier[] = [
  { details: Number.POSITIVE_INFINITY, samples: true, quiet: true, rows: Number.POSITIVE_INFINITY },
  {
    details: Number.POSITIVE_INFINITY,
    samples: false,
    quiet: true,
    rows: Number.POSITIVE_INFINITY,
  },
  { details: 20, samples: false, quiet: false, rows: Number.POSITIVE_INFINITY },
  { details: 0, samples: false, quiet: false, rows: Number.POSITIVE_INFINITY },
  { details: 0, samples: false, quiet: false, rows: 300 },
  { details: 0, samples: false, quiet: false, rows: 20 },
];

export interface PlanMarkdown {
  readonly text: string;
  /** Whether nothing was left out. */
  readonly complete: boolean;
}

/** The first line of the one comment that a workspace has in a pull request. */
function commentMarker(workspace: string): string {
  return `<!-- posthorn:plan v1 workspace=${workspace.replace(/[^\w.-]/g, "_")} -->`;
}

/** A plan as Markdown of at most `maxBytes`, cut between blocks and never inside of one. */
export function showPlanMarkdown(plan: Plan, maxBytes: number): PlanMarkdown {
  for (const [index, tier] of TIERS.entries()) {
    const room = index === TIERS.length - 1 ? Number.POSITIVE_INFINITY : maxBytes;
    if (leastBytes(plan, tier) > room) continue;
    const text = joined(blocksOf(plan, tier, index === 0), room);
    if (text !== undefined) return { text, complete: index === 0 };
  }
  throw new DefectError("the last tier has room for everything");
}

/** What the table takes at least, so that one of thousands of rows is not rendered in vain. */
function leastBytes({ snapshot }: Plan, { rows }: Tier): number {
  const shown = snapshot.campaigns.filter(isShown).length;
  return Math.min(shown, rows) * LEAST_ROW_BYTES;
}

const LEAST_ROW_BYTES = Buffer.byteLength("| · | `a` | sends now | – | 1 | – |\n");

/** Undefined as soon as the blocks come to more than `maxBytes`; what follows is not rendered. */
function joined(blocks: Iterable<string>, maxBytes: number): string | undefined {
  let [text, bytes] = ["", 0];
  for (const block of blocks) {
    if (block === "") continue;
    const part = text === "" ? block : `\n\n${block}`;
    bytes += Buffer.byteLength(part);
    if (bytes + 1 > maxBytes) return undefined;
    text += part;
  }
  return `${text}\n`;
}

function* blocksOf(plan: Plan, tier: Tier, complete: boolean): Generator<string> {
  const { campaigns, warnings } = plan.snapshot;
  yield commentMarker(plan.intent.workspace);
  yield heading(plan);
  yield verdict(plan);
  yield* guardBlocks(plan, tier.rows);
  yield* heldBlocks(plan, tier.rows);
  yield campaignTable(plan, tier);
  yield* removedLines(plan, tier.rows);
  let details = 0;
  for (const campaign of campaigns) {
    if (details >= tier.details) break;
    for (const block of campaignDetails(campaign, tier)) {
      details++;
      yield block;
    }
  }
  yield* quietLines(plan, tier);
  yield* horizonBlock(plan, tier.rows);
  yield* warningBlock(warnings, tier.rows);
  if (!complete) yield CUT;
  yield footer(plan);
}

const CUT =
  "> [!IMPORTANT]\n> This comment is shortened: the plan is longer than a comment may be. " +
  "**Read the whole plan in the job summary before approving.**";

function heading({ intent, snapshot, summary }: Plan): string {
  const commit = snapshot.git.head === null ? "" : ` · ${mdCode(snapshot.git.head.slice(0, 7))}`;
  const held = summary.blocked === 1 ? "1 guard" : `${summary.blocked} guards`;
  const state = summary.blocked > 0 ? ` · ⛔ blocked by ${held}` : "";
  return `### Campaign plan · ${mdText(intent.workspace)}${commit}${state}`;
}

function verdict({ snapshot, summary }: Plan): string {
  const { recipients, campaigns } = summary;
  const messages = recipients === 1 ? "1 message" : `${count(recipients)} messages`;
  const from = campaigns === 1 ? "1 campaign" : `${count(campaigns)} campaigns`;
  const now =
    recipients === 0
      ? "**Nothing would be sent now.**"
      : `**${messages} would be sent now**, from ${from}. A message cannot be unsent.`;
  const changed = snapshot.campaigns.filter(({ change }) => change && change !== "none").length;
  const removed = snapshot.compared?.removed.length ?? 0;
  if (snapshot.compared === undefined) return now;
  return `${now} This change touches ${plural(changed + removed, "campaign")}.`;
}

function horizonBlock({ snapshot }: Plan, most: number): string[] {
  const [title, ...lines] = horizonLines(snapshot.horizon);
  if (title === undefined || lines.length > most) return [];
  return [mdDetails(title, mdFence(lines.join("\n")))];
}

function warningBlock(warnings: Plan["snapshot"]["warnings"], most: number): string[] {
  if (warnings.length === 0) return [];
  const lines = warnings.slice(0, most).map(({ detail, source }) => {
    const at = source === null ? "" : ` ${mdCode(`${source.file}:${source.line}`)}`;
    return `- ${mdText(detail)}${at}`;
  });
  const more = warnings.length - lines.length;
  return [
    [
      `**${plural(warnings.length, "warning")}**`,
      "",
      ...lines,
      ...(more > 0 ? [`- and ${count(more)} more`] : []),
    ].join("\n"),
  ];
}

function footer(plan: Plan): string {
  const { snapshot, digests } = plan;
  const base = snapshot.git.base === null ? "" : `, compared with ${snapshot.git.base.slice(0, 7)}`;
  return (
    `<sub>As of ${snapshot.now}${base}. Consent: ${mdText(consentRule(plan))}. ` +
    `Approve by intent: ${mdCode(digests.intent)}. ` +
    "People are counts; values of people stand as •••.</sub>"
  );
}

function plural(many: number, word: string): string {
  return `${count(many)} ${word}${many === 1 ? "" : "s"}`;
}
