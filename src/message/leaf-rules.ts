import { Ajv } from "ajv";
import { SEND_API_MESSAGE_SCHEMA } from "../model/generated/send-api-message-schema.ts";
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
  collector ??= buildCollector();
  return collector(message);
}

/** The key of `leafRules` for a place in the message. */
export function pointerTo(path: JsonPath): string {
  return path.map((key) => `/${key}`).join("");
}

/** Whether Meta can open it: http or https, a host, no blanks. */
export function isHttpUrl(text: string): boolean {
  return /^https?:\/\/[^\s/?#\\]+(?:[/?#]\S*)?$/i.test(text);
}

let collector: ((message: JsonObject) => LeafRules) | undefined;

/**
 * The schema is asked rather than walked: ajv itself evaluates `if`, `$ref` and `allOf`, and the
 * keywords for texts, replaced by ones that always hold, note where they were met.
 */
function buildCollector(): (message: JsonObject) => LeafRules {
  let rules = new Map<string, LeafRule>();
  const ajv = new Ajv({ strict: false, allErrors: true });
  for (const [keyword, add] of Object.entries(KEYWORDS)) {
    ajv.removeKeyword(keyword);
    ajv.addKeyword({
      keyword,
      type: "string",
      validate: (
        value: unknown,
        ...[, parent, at]: [string, object?, { instancePath: string }?]
      ) => {
        const pointer = at?.instancePath ?? "";
        rules.set(pointer, add(describe(rules.get(pointer) ?? FREE_LEAF, parent), value));
        return true;
      },
    });
  }
  const validate = ajv.compile(SEND_API_MESSAGE_SCHEMA);
  return (message) => {
    rules = new Map();
    validate(message);
    return rules;
  };
}

const KEYWORDS: Readonly<Record<string, (rule: LeafRule, value: unknown) => LeafRule>> = {
  minLength: (rule, value) => ({ ...rule, minLength: Math.max(rule.minLength, Number(value)) }),
  maxLength: (rule, value) => ({ ...rule, maxLength: Math.min(rule.maxLength, Number(value)) }),
  pattern: (rule, value) => ({
    ...rule,
    patterns: [...rule.patterns, new RegExp(String(value), "u")],
  }),
  format: (rule) => ({ ...rule, isUrl: true }),
};

function describe(rule: LeafRule, schema: object | undefined): LeafRule {
  const words = (schema as { readonly description?: unknown } | undefined)?.description;
  return typeof words === "string" ? { ...rule, description: words } : rule;
}
