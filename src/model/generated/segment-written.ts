// Generated from schemas/ by scripts/generate.mjs. Change the schema, not this file.
import type { JsonValue } from "../json.ts";

/**
 * A value as the user data has it: timestamps in ISO 8601, missing as null.
 */
export type Value = (string | number | boolean | null) | string[];

/**
 * segments/** /*.yaml: a named condition over users and their events. Its id is the path without segments/ and .yaml.
 */
export interface WrittenSegment {
  /**
   * What it is for, in a sentence: reviewers and plans show it.
   */
  description?: string;
  /**
   * Who is in the segment.
   */
  where: JsonValue;
  /**
   * Examples that validate judges: who is in and who is out.
   */
  tests?: Test[];
}
/**
 * A person, and whether the segment holds them.
 */
export interface Test {
  /**
   * What the test shows, as a sentence. Unique in the file.
   */
  name: string;
  /**
   * Attributes of the person, by name. What is not named is missing.
   */
  user?: {
    [k: string]: Value;
  };
  /**
   * Events of that person.
   */
  events?: TestEvent[];
  /**
   * The moment at which the test looks. Without it: 2026-01-01T12:00:00Z.
   */
  at?: string;
  /**
   * Whether the person is in the segment.
   */
  expect: "in" | "out";
}
/**
 * An event: its name, when it was, and its properties.
 */
export interface TestEvent {
  /**
   * Name of the event.
   */
  event: string;
  /**
   * When it happened. Without it: the test's own at.
   */
  at?: string;
  [k: string]: Value | string | undefined;
}
