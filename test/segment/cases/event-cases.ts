import type { JsonValue } from "../../../src/model/json.ts";
import type { Row } from "../../adapters/duckdb/source-files.ts";

/** A person's country and what they did, by id; the clock of all cases is `NOW`. */
export interface Doer {
  readonly country?: string;
  readonly ltv?: number;
  readonly events: readonly Row[];
}

const order = (at: string, amount?: number, coupon?: string | null): Row => ({
  event: "order",
  at,
  amount,
  coupon,
});

export const DOERS: Readonly<Record<string, Doer>> = {
  none: { events: [] },
  other: { country: "DE", events: [{ event: "visit", at: "2026-11-20T09:00:00Z", amount: 50 }] },
  one: { country: "DE", ltv: 10, events: [order("2026-11-20T09:00:00Z", 20, "X")] },
  two: {
    country: "AT",
    ltv: 100,
    events: [order("2026-11-20T09:00:00Z", 20.01), order("2026-11-21T09:00:00Z", 5, "")],
  },
  three: {
    ltv: 100,
    events: [
      order("2026-11-01T09:00:00Z", 30),
      order("2026-11-02T09:00:00Z", 30, null),
      order("2026-11-03T09:00:00Z", undefined, "X"),
    ],
  },
  // Thirty days before now: just outside, on the edge, just inside.
  before: { events: [order("2026-10-28T08:59:59.999Z", 1)] },
  edge: { events: [order("2026-10-28T09:00:00Z", 1)] },
  inside: { events: [order("2026-10-28T09:00:00.001Z", 1)] },
  // On now, and after it: an event to come has not happened.
  now: { events: [order("2026-11-27T09:00:00Z", 1)] },
  future: { events: [order("2026-11-27T09:00:00.001Z", 1)] },
};

const ALL = Object.keys(DOERS);
const ORDERED = ["one", "two", "three", "before", "edge", "inside", "now"];

function without(...names: readonly string[]): readonly string[] {
  return ALL.filter((name) => !names.includes(name));
}

export interface EventCase {
  readonly where: JsonValue;
  readonly fits: readonly string[];
}

export const EVENT_CASES: readonly EventCase[] = [
  { where: { event: "order" }, fits: ORDERED },
  { where: { event: "visit" }, fits: ["other"] },
  { where: { event: "Order" }, fits: [] },
  { where: { event: "order", count: { gte: 1 } }, fits: ORDERED },
  { where: { event: "order", count: { gte: 2 } }, fits: ["two", "three"] },
  { where: { event: "order", count: { gt: 2 } }, fits: ["three"] },
  { where: { event: "order", count: { eq: 2 } }, fits: ["two"] },
  { where: { event: "order", count: { eq: 0 } }, fits: without(...ORDERED) },
  { where: { event: "order", count: { lt: 1 } }, fits: without(...ORDERED) },
  { where: { event: "order", count: { lte: 0 } }, fits: without(...ORDERED) },
  { where: { event: "order", count: { lte: 1 } }, fits: without("two", "three") },
  { where: { event: "order", count: { lt: 3 } }, fits: without("three") },
  { where: { event: "order", count: { ne: 0 } }, fits: ORDERED },
  {
    where: { event: "order", count: { ne: 1 } },
    fits: ["none", "other", "two", "three", "future"],
  },
  { where: { event: "order", count: { gte: 0 } }, fits: ALL },
  { where: { event: "order", count: { between: [0, 1] } }, fits: without("two", "three") },
  { where: { event: "order", count: { between: [2, 3] } }, fits: ["two", "three"] },
  { where: { event: "order", count: { in: [0, 3] } }, fits: ["none", "other", "three", "future"] },
  { where: { event: "order", count: { not_in: [0, 1] } }, fits: ["two", "three"] },
  { where: { event: "order", count: { not_in: [2, 3] } }, fits: without("two", "three") },
  {
    where: { event: "order", count: { gte: 1, lt: 3 } },
    fits: ORDERED.filter((id) => id !== "three"),
  },
  { where: { event: "order", count: { gte: 0, lt: 3 } }, fits: without("three") },
  {
    where: { event: "order", in_last: "30d" },
    fits: ["one", "two", "three", "edge", "inside", "now"],
  },
  { where: { event: "order", in_last: "1s" }, fits: ["now"] },
  {
    where: { event: "order", count: { eq: 0 }, in_last: "30d" },
    fits: ["none", "other", "before", "future"],
  },
  { where: { event: "order", where: { amount: { gt: 20 } } }, fits: ["two", "three"] },
  { where: { event: "order", where: { amount: { gte: 20 } } }, fits: ["one", "two", "three"] },
  { where: { event: "order", count: { gte: 2 }, where: { amount: { gt: 20 } } }, fits: ["three"] },
  {
    where: { event: "order", count: { eq: 0 }, where: { amount: { gte: 5 } } },
    fits: without("one", "two", "three"),
  },
  { where: { event: "order", where: { amount: { exists: false } } }, fits: ["three"] },
  {
    where: { event: "order", where: { not: { amount: { gt: 5 } } } },
    fits: without("none", "other", "one", "future"),
  },
  { where: { event: "order", where: { coupon: "X" } }, fits: ["one", "three"] },
  { where: { event: "order", where: { coupon: "" } }, fits: ["two"] },
  { where: { event: "order", where: { coupon: { ne: "X" } } }, fits: ["two"] },
  {
    where: { event: "order", where: { coupon: { has_value: false } } },
    fits: without("none", "other", "one", "future"),
  },
  {
    where: { event: "order", where: { any: [{ coupon: "X" }, { amount: { lt: 2 } }] } },
    fits: ["one", "three", "before", "edge", "inside", "now"],
  },
  {
    where: { event: "order", where: { at: { before: "2026-11-01" } } },
    fits: ["before", "edge", "inside"],
  },
  // Both conditions hold for one event, not for two different ones.
  { where: { event: "order", where: { amount: 5, coupon: "" } }, fits: ["two"] },
  { where: { event: "order", where: { amount: 20.01, coupon: "" } }, fits: [] },
  { where: { not: { event: "order" } }, fits: without(...ORDERED) },
  { where: { country: "DE", event: "order" }, fits: ["one"] },
  { where: [{ country: "DE" }, { not: { event: "order" } }], fits: ["other"] },
];

/** The segments that the next cases name. */
export const SEGMENTS: Readonly<Record<string, JsonValue>> = {
  germans: { country: "DE" },
  buyers: { event: "order", count: { gte: 1 } },
  "german-buyers": [{ segment: "germans" }, { segment: "buyers" }],
  strangers: { not: { segment: "german-buyers" } },
};

export const JOINED_CASES: readonly EventCase[] = [
  { where: { segment: "everyone" }, fits: ALL },
  { where: { not: { segment: "everyone" } }, fits: [] },
  { where: { segment: "germans" }, fits: ["other", "one"] },
  { where: { segment: "german-buyers" }, fits: ["one"] },
  { where: { segment: "strangers" }, fits: without("one") },
  { where: { not: { segment: "strangers" } }, fits: ["one"] },
  { where: { all: [{ country: "DE" }, { ltv: { gte: 10 } }] }, fits: ["one"] },
  { where: { all: { country: "DE", ltv: { gte: 10 } } }, fits: ["one"] },
  { where: { country: "DE", ltv: { gte: 10 } }, fits: ["one"] },
  { where: [{ country: "DE" }, { ltv: { gte: 10 } }], fits: ["one"] },
  {
    where: { any: [{ country: "DE" }, { ltv: { gte: 100 } }] },
    fits: ["other", "one", "two", "three"],
  },
  {
    where: {
      any: [
        { country: "AT", ltv: 10 },
        { country: "DE", ltv: 10 },
      ],
    },
    fits: ["one"],
  },
  {
    where: { not: { any: [{ country: "DE" }, { country: "AT" }] } },
    fits: without("other", "one", "two"),
  },
  // Missing makes ne false, and not turns that.
  { where: { country: { ne: "DE" } }, fits: ["two"] },
  { where: { not: { country: { ne: "DE" } } }, fits: without("two") },
  { where: { not: { not: { country: { ne: "DE" } } } }, fits: ["two"] },
  { where: { not: { country: "DE" } }, fits: without("other", "one") },
  { where: { not: [{ country: "AT" }, { ltv: 100 }] }, fits: without("two") },
  { where: { user_id: { in: ["one", "edge"] } }, fits: ["one", "edge"] },
  { where: { sample: "0%" }, fits: [] },
  { where: { sample: "100%" }, fits: ALL },
  { where: { not: { sample: "100%" } }, fits: [] },
];
