import type { JsonValue } from "./json.ts";

/** The types that a user attribute or an event property can be declared as. */
const ATTRIBUTE_TYPES = [
  "string",
  "number",
  "integer",
  "boolean",
  "timestamp",
  "date",
  "string[]",
] as const;

export type AttributeType = (typeof ATTRIBUTE_TYPES)[number];

/** A column of the user data or the events that segments and messages may name. */
export interface Attribute {
  readonly name: string;
  readonly type: AttributeType;
  /** Whether plans mask its values; true for strings unless the workspace says otherwise. */
  readonly sensitive: boolean;
}

/** Attributes by name. */
export interface Attributes extends ReadonlyMap<string, Attribute> {
  /** Names whose declaration cannot be read: who uses one is not at fault. Absent: none. */
  isUnsure?(name: string): boolean;
}

/**
 * The values of one user, event or `vars:`, by name, as messages and tests see them:
 * instants as ISO text with zone, dates as `YYYY-MM-DD`, missing as null or absent.
 */
export interface Values {
  readonly [name: string]: JsonValue;
}
