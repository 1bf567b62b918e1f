import type { Place } from "../diag/diagnostic.ts";
import type { AttributeType } from "./attribute.ts";
import type { Instant } from "./instant.ts";

/** A segment's or campaign's `where:`, typed: names known, operators fitting, units fixed. */
export type Condition =
  | { readonly kind: "all" | "any"; readonly of: readonly Condition[]; readonly at: Place }
  | { readonly kind: "not"; readonly of: Condition; readonly at: Place }
  | AttributeCondition
  | EventCondition
  | SampleCondition
  | SegmentCondition;

/** `country: { in: [DE, AT] }`. False for a missing value, `exists` and `has_value` aside. */
export interface AttributeCondition {
  readonly kind: "attribute";
  readonly name: string;
  readonly type: AttributeType;
  readonly test: AttributeTest;
  readonly at: Place;
}

/** `event: order_placed` with count, period and property conditions. */
export interface EventCondition {
  readonly kind: "event";
  readonly event: string;
  /** The number of matching events is put to every one of these tests. */
  readonly count: readonly NumberTest[];
  /** Only events in [now − periodMs, now]; undefined: all events up to now. */
  readonly periodMs: number | undefined;
  /** Over the event's properties; undefined: any event of that name. */
  readonly where: Condition | undefined;
  readonly at: Place;
}

/** `sample: 10%`: the people whose chance of kind `sample` under `seed` is below `share`. */
export interface SampleCondition {
  readonly kind: "sample";
  /** From 0 to 1. */
  readonly share: number;
  readonly seed: string;
  readonly at: Place;
}

/** `segment: id`; `everyone` is built in. */
export interface SegmentCondition {
  readonly kind: "segment";
  readonly segment: string;
  readonly at: Place;
}

export type NumberTest =
  | { readonly op: "eq" | "ne" | "lt" | "lte" | "gt" | "gte"; readonly value: number }
  | { readonly op: "in" | "not_in"; readonly values: readonly number[] }
  | { readonly op: "between"; readonly from: number; readonly to: number };

export type StringTest =
  | {
      readonly op: "eq" | "ne" | "contains" | "starts_with" | "ends_with";
      readonly value: string;
      readonly ignoreCase: boolean;
    }
  | {
      readonly op: "in" | "not_in";
      readonly values: readonly string[];
      readonly ignoreCase: boolean;
    }
  | { readonly op: "matches"; readonly pattern: string; readonly ignoreCase: boolean };

/** A day is written as it stands in the calendar of the workspace's zone. */
export type MomentBound =
  | { readonly kind: "instant"; readonly at: Instant }
  | { readonly kind: "day"; readonly date: string };

export type MomentTest =
  | { readonly op: "before" | "after"; readonly bound: MomentBound }
  | { readonly op: "between"; readonly from: MomentBound; readonly to: MomentBound }
  | { readonly op: "on"; readonly date: string }
  | { readonly op: "in_last" | "in_next" | "not_in_last"; readonly periodMs: number }
  | { readonly op: "in_last_days"; readonly days: number }
  | { readonly op: "anniversary" };

export type ListTest =
  | { readonly op: "contains"; readonly value: string }
  | { readonly op: "contains_any" | "contains_all"; readonly values: readonly string[] }
  | { readonly op: "is_empty"; readonly value: boolean };

export type PresenceTest = {
  readonly op: "exists" | "has_value";
  readonly value: boolean;
};

/** One operator with its operand; which ones fit is decided by the attribute's type. */
export type AttributeTest =
  | { readonly on: "presence"; readonly test: PresenceTest }
  | { readonly on: "string"; readonly test: StringTest }
  | { readonly on: "number"; readonly test: NumberTest }
  | { readonly on: "boolean"; readonly test: { readonly op: "eq"; readonly value: boolean } }
  | { readonly on: "moment"; readonly test: MomentTest }
  | { readonly on: "list"; readonly test: ListTest };
