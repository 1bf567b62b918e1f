import type { Seen, Truth } from "../audience/truths.ts";
import type { Condition } from "../model/condition.ts";
import type { ExplainedCondition } from "../model/explanation.ts";
import { formatInstant } from "../model/instant.ts";
import { conditionText } from "../segment/condition-text.ts";
import { sourceOf } from "./guards.ts";

/** A condition's tree as the document has it; `psid` is masked wherever it stands. */
export function explainedCondition(truth: Truth, psid: string | null): ExplainedCondition {
  const { condition, holds, seen, of } = truth;
  const value = seen === null ? null : valueIn(condition, seen);
  const isMasked = psid !== null && value === psid;
  return {
    condition: conditionText(condition),
    holds,
    value: isMasked ? MASK : value,
    words: seen === null ? null : isMasked ? MASK : wordsOf(condition, seen, value),
    source: sourceOf(condition.at),
    of: of.map((member) => explainedCondition(member, psid)),
  };
}

const MASK = "•••";

function valueIn(condition: Condition, seen: Seen): ExplainedCondition["value"] {
  if (seen.kind === "chance") return seen.chance;
  if (seen.kind === "events") return seen.matching;
  const { value } = seen;
  if (value === null) return null;
  if (Array.isArray(value)) return [...value];
  const isInstant = condition.kind === "attribute" && condition.type === "timestamp";
  return isInstant ? formatInstant(Number(value)) : (value as string | number | boolean);
}

function wordsOf(
  condition: Condition,
  seen: Seen,
  value: ExplainedCondition["value"],
): string | null {
  if (seen.kind === "chance") return `chance ${seen.chance.toFixed(4)}`;
  if (seen.kind === "cell") {
    if (value === null) return "missing";
    const isText = condition.kind === "attribute" && condition.type === "string";
    return typeof value !== "string" || isText ? JSON.stringify(value) : value;
  }
  const { matching, all } = seen;
  if (all === 0) return "no event";
  const isWhole = condition.kind === "event" && condition.where === undefined;
  return isWhole ? eventsText(all) : `${matching} of ${eventsText(all)}`;
}

function eventsText(events: number): string {
  return events === 1 ? "1 event" : `${events} events`;
}
