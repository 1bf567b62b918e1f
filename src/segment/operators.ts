import type { AttributeType } from "../model/attribute.ts";

const PRESENCE = ["exists", "has_value"] as const;
const NUMBER = ["eq", "ne", "in", "not_in", "lt", "lte", "gt", "gte", "between"] as const;
const MOMENT = [
  "before",
  "after",
  "between",
  "on",
  "in_last",
  "in_next",
  "not_in_last",
  "in_last_days",
  "anniversary",
] as const;
const STRING = [
  "eq",
  "ne",
  "in",
  "not_in",
  "contains",
  "starts_with",
  "ends_with",
  "matches",
] as const;
const LIST = ["contains", "contains_any", "contains_all", "is_empty"] as const;

const BY_TYPE: Readonly<Record<AttributeType, readonly string[]>> = {
  string: STRING,
  number: NUMBER,
  integer: NUMBER,
  boolean: ["eq"],
  timestamp: MOMENT,
  date: MOMENT,
  "string[]": LIST,
};

/** The operators that fit a type, those of every type last (SPEC section 3). */
export function operatorsOf(type: AttributeType): readonly string[] {
  return [...BY_TYPE[type], ...PRESENCE];
}

/** Every operator of every type. */
export const OPERATORS: ReadonlySet<string> = new Set([
  ...Object.values(BY_TYPE).flat(),
  ...PRESENCE,
]);
