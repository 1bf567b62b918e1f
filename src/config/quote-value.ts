import type { JsonValue } from "../model/json.ts";

const LONGEST = 60;

/** A written value for use in a sentence, cut where it is long. */
export function quoted(value: JsonValue | undefined): string {
  if (value === null || value === undefined) return "nothing";
  if (typeof value !== "object") return cut(JSON.stringify(value));
  return Array.isArray(value) ? "a list" : "a map";
}

/** The kind of a written value, in the words of the messages. */
export function kindOf(value: JsonValue): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "list";
  if (typeof value === "object") return "map";
  return typeof value === "string" ? "text" : typeof value;
}

/** `a`, `a or b`, `a, b or c`. */
export function wordList(words: readonly string[], last: "and" | "or"): string {
  const distinct = [...new Set(words)];
  if (distinct.length < 2) return distinct.join("");
  return `${distinct.slice(0, -1).join(", ")} ${last} ${distinct.at(-1)}`;
}

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}
