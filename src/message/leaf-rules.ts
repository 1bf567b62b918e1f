import {
  LEAF_NOTES,
  type LeafNote,
  walkLeaves,
} from "../model/generated/send-api-message-leaves.ts";
import type { JsonObject, JsonPath } from "../model/json.ts";

/** What the schema asks of one text of a message. */
export interface LeafRule {
  readonly minLength: number;
  /** In UTF-16 units. */
  readonly maxLength: number;
  readonly patterns: readonly RegExp[];
  readonly isUrl: boolean;
  /** What the schema says of it, in words. */
  readonly description: string;
}

/** What is asked of a text of which the schema says nothing. */
export const FREE_LEAF: LeafRule = {
  minLength: 0,
  maxLength: Number.POSITIVE_INFINITY,
  patterns: [],
  isUrl: false,
  description: "",
};

/** The rules of a message's texts by JSON Pointer. */
export type LeafRules = ReadonlyMap<string, LeafRule>;

/** What the schema asks of each text of `message`, given what else stands in it. */
export function leafRules(message: JsonObject): LeafRules {
  const collector = new LeafCollector();
  walkLeaves.call(collector, message);
  return collector.rules;
}

/** The key of `leafRules` for a place in the message. */
export function pointerTo(path: JsonPath): string {
  return path.map((key) => `/${key}`).join("");
}

/** Whether Meta can open it: http or https, a host, no blanks. */
export function isHttpUrl(text: string): boolean {
  return /^https?:\/\/[^\s/?#\\]+(?:[/?#]\S*)?$/i.test(text);
}

/**
 * The schema is asked rather than walked: ajv itself evaluates `if`, `$ref` and `allOf`, and the
 * keywords for texts, replaced by ones that always hold, note where they were met.
 */
class LeafCollector {
  readonly rules = new Map<string, LeafRule>();

  note(pointer: string, index: number): void {
    this.rules.set(pointer, withNote(this.rules.get(pointer) ?? FREE_LEAF, index));
  }
}

/** Most texts are asked the same, so that few rules are made more than once. */
const followers = new Map<LeafRule, LeafRule[]>();

function withNote(rule: LeafRule, index: number): LeafRule {
  const known = followers.get(rule) ?? [];
  followers.set(rule, known);
  known[index] ??= added(rule, LEAF_NOTES[index]);
  return known[index];
}

function added(rule: LeafRule, note: LeafNote | undefined): LeafRule {
  if (note === undefined) return rule;
  const { keyword, value, description } = note;
  const add = KEYWORDS[keyword] ?? ((same: LeafRule) => same);
  return add({ ...rule, description: description ?? rule.description }, value);
}

const KEYWORDS: Readonly<Record<string, (rule: LeafRule, value: string | number) => LeafRule>> = {
  minLength: (rule, value) => ({ ...rule, minLength: Math.max(rule.minLength, Number(value)) }),
  maxLength: (rule, value) => ({ ...rule, maxLength: Math.min(rule.maxLength, Number(value)) }),
  pattern: (rule, value) => ({
    ...rule,
    patterns: [...rule.patterns, new RegExp(String(value), "u")],
  }),
  format: (rule) => ({ ...rule, isUrl: true }),
};
