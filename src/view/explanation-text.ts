import { styleText } from "node:util";
import type { Reason } from "../model/delivery.ts";
import type {
  ExplainedCondition,
  ExplainedMessage,
  ExplainedRule,
  Explanation,
} from "../model/explanation.ts";
import { escapeLine } from "./escape.ts";
import { messageText } from "./message-text.ts";
import { wrap } from "./wrap.ts";

interface ExplanationTextOptions {
  readonly color: boolean;
  /** Columns. */
  readonly width: number;
}

/** Readable without colour: what holds, what does not, what is not asked. */
const MARKS = { yes: "✓", no: "✗", none: "·" } as const;

const OUTCOME_MARKS: Readonly<Record<ExplainedRule["outcome"], string>> = {
  passes: MARKS.yes,
  leaves_out: MARKS.no,
  does_not_apply: MARKS.none,
};

/** An explanation for people: the verdict first, what led to it, and a last line for scripts. */
export function showExplanation(of: Explanation, { color, width }: ExplanationTextOptions): string {
  const sections = [
    [headline(of), ...wrap(verdictText(of), width)],
    of.notes.flatMap((note) => wrap(note, width, "! ")),
    ["Segment", ...conditionLines(of.where, width, 1)],
    of.trigger === null ? [] : ["Event", ...conditionLines(of.trigger, width, 1)],
    of.rules.length === 0 ? [] : ["Rules, the first ✗ counts", ...ruleLines(of.rules, width)],
    of.message === null ? [] : messageLines(of.message, width),
    [resultLine(of)],
  ];
  // One place for all: whatever comes from files or data stays on its own line.
  const shown = sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map(escapeLine).join("\n"));
  const text = `${shown.join("\n\n")}\n`;
  return color ? painted(text) : text;
}

function headline({ campaign, user, now }: Explanation): string {
  return `${campaign.id} for ${user}  as of ${now}`;
}

const VERDICT_WORDS: Readonly<Record<Exclude<Explanation["verdict"], "send">, string>> = {
  not_in_segment: "is not in the segment",
  not_active: "the campaign is not active",
  no_occurrence: "the schedule has nothing left to send",
  no_event: "has no event that could set it off",
  no_psid: "has no PSID",
  no_consent: "has not consented",
  not_tester: "is no tester, and the page is in development mode",
  holdout: "is held out for comparison",
  already_sent: "was sent to already",
  already_failed: "failed already, for good",
  unresolved: "the outcome of an earlier delivery is unknown",
  unreachable: "cannot be reached, says Meta",
  late: "it is too late",
  not_due: "is due later",
  quiet_hours: "is in quiet hours",
  outside_window: "is outside Meta's 24-hour window",
  frequency_cap: "is over the frequency cap",
  missing_value: "lacks a value that the message prints",
  invalid_message: "would get a message that Meta refuses",
} satisfies Record<Reason | string, string>;

function verdictText({ verdict, campaign, trigger, where, due_at }: Explanation): string {
  const due = due_at === null ? "" : ` at ${due_at}`;
  if (verdict === "send") {
    return campaign.action === "upcoming"
      ? `WOULD GET IT${due}, by today's data.`
      : campaign.action === "none"
        ? "WOULD GET IT, but for what is said below."
        : "GETS IT with the next apply.";
  }
  const isEvent = verdict === "not_in_segment" && where.holds && trigger?.holds === false;
  const words = isEvent ? "the event is not one that sets it off" : VERDICT_WORDS[verdict];
  const status = verdict === "not_active" ? ` (${campaign.status})` : "";
  return `DOES NOT GET IT: ${words}${status}.`;
}

function conditionLines(of: ExplainedCondition, width: number, depth: number): string[] {
  const mark = of.holds === null ? MARKS.none : of.holds ? MARKS.yes : MARKS.no;
  const { condition, words, source } = of;
  const head = `${"  ".repeat(depth)}${mark} `;
  const parts = words === null ? [condition] : [`${condition} —`, cut(words, width)];
  return [
    ...placed(wrap(parts, width, head), `${source.file}:${source.line}`, width),
    ...of.of.flatMap((member) => conditionLines(member, width, depth + 1)),
  ];
}

/** The place stands behind the last line, or below it where there is no room. */
function placed(lines: readonly string[], place: string, width: number): string[] {
  const last = `${lines.at(-1)}  ${place}`;
  if ([...last].length <= width) return [...lines.slice(0, -1), last];
  const indent = /^ */.exec(lines.at(0) ?? "")?.[0] ?? "";
  return [...lines, `${indent}    ${place}`];
}

function ruleLines(rules: readonly ExplainedRule[], width: number): string[] {
  const longest = Math.max(...rules.map(({ rule }) => rule.length));
  return rules.flatMap(({ rule, outcome, words }) =>
    wrap(words, width, `  ${OUTCOME_MARKS[outcome]} ${rule.padEnd(longest)}  `),
  );
}

function messageLines(of: ExplainedMessage, width: number): string[] {
  const { variant, locale, message, missing, faults } = of;
  const labels = [variant === null ? "" : `variant ${variant}, `, `locale ${locale ?? "base"}`];
  const none = missing.length > 0 ? `without ${missing.join(", ")}` : faults.join(" ");
  const text = message === null ? `none: ${none}` : messageText(message as never);
  return [`Message, ${labels.join("")}`, ...wrap(text, width, "  ")];
}

/** Stable: scripts may search for it. */
function resultLine({ verdict, campaign, occurrence }: Explanation): string {
  const which = occurrence === null ? "none" : JSON.stringify(occurrence);
  return `Result: verdict=${verdict} action=${campaign.action} occurrence=${which}`;
}

const LEAST_ROOM = 20;
/** What stands before and after a value on its line. */
const AROUND = 12;

function cut(text: string, width: number): string {
  const letters = [...text];
  const room = Math.max(LEAST_ROOM, width - AROUND);
  return letters.length <= room ? text : `${letters.slice(0, room - 1).join("")}…`;
}

function painted(text: string): string {
  const paint = (style: "green" | "red") => (mark: string) =>
    styleText(style, mark, { validateStream: false });
  return text.replaceAll(/^ *✓/gm, paint("green")).replaceAll(/^ *✗/gm, paint("red"));
}
