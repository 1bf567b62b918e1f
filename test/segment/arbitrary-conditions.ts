import fc from "fast-check";
import type { JsonValue } from "../../src/model/json.ts";
import type { Row } from "../adapters/duckdb/source-files.ts";

/** Random people, events and conditions, drawn from few values so that edges are often met. */

export const NOW = Date.parse("2026-11-27T09:00:00Z");
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const iso = (at: number) => new Date(at).toISOString();

const TEXTS = ["DE", "de", "Dé", "", " ", "Straße", "STRAẞE", "İd", "id", "👍", "a'b", "D E"];
const NUMBERS = [-1, 0, 0.5, 1, 2, 99.99, 100];
const WHOLES = [-1, 0, 1, 2, 3, 100];
const TAGS = ["vip", "new", "", 'a"b'];
const INSTANTS = [
  ...[0, 1, -1, -HOUR, HOUR, -DAY, -DAY - 1, -DAY + 1, DAY, -7 * DAY].map((ms) => iso(NOW + ms)),
  "2026-11-26T22:59:59.999Z",
  "2026-11-26T23:00:00.000Z",
  "2026-10-25T00:30:00.000Z",
  "2026-10-24T22:00:00.000Z",
  "2000-11-27T12:00:00.000Z",
  "2000-02-29T12:00:00.000Z",
];
const DATES = ["2026-11-27", "2026-11-26", "2026-11-28", "2026-11-20", "2026-10-25", "2000-02-29"];
const DURATIONS = ["1h", "24h", "1d", "7d", "1w", "60m"];

export const ATTRIBUTES = {
  word: "string",
  amount: "number",
  whole: "integer",
  flag: "boolean",
  moment: "timestamp",
  day: "date",
  tags: "string[]",
} as const;
export const PROPERTIES = { price: "number", coupon: "string" } as const;

const maybe = <T>(values: readonly T[]) =>
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: gone() });
const gone = () => fc.constantFrom(null, undefined);
const tagList = fc.subarray(TAGS);

const person = fc.record({
  word: maybe(TEXTS),
  amount: maybe(NUMBERS),
  whole: maybe(WHOLES),
  flag: maybe([true, false]),
  moment: maybe(INSTANTS),
  day: maybe(DATES),
  tags: fc.oneof({ weight: 4, arbitrary: tagList }, { weight: 1, arbitrary: gone() }),
});

/** People with ids u0, u1, …. */
export const people = fc
  .array(person, { minLength: 1, maxLength: 30 })
  .map((rows) => rows.map((row, n): Row => ({ user_id: `u${n}`, ...row })));

/** Events of the first forty people, some of whom may not be there. */
export const events = fc
  .array(
    fc.record({
      user_id: fc.nat(40).map((n) => `u${n}`),
      event: fc.constantFrom("order", "visit"),
      at: fc.constantFrom(...INSTANTS),
      price: maybe(NUMBERS),
      coupon: maybe(TEXTS),
    }),
    { maxLength: 60 },
  )
  .map((rows) => rows.map((row, n): Row => ({ event_id: `e${n}`, ...row })));

const operand = (name: string, value: fc.Arbitrary<JsonValue>) =>
  value.map((written): JsonValue => ({ [name]: written }));
const each = (names: readonly string[], value: fc.Arbitrary<JsonValue>) =>
  fc.constantFrom(...names).chain((name) => operand(name, value));
const some = (values: readonly JsonValue[]) =>
  fc.subarray([...values], { minLength: 1 }).map((list): JsonValue => list);
const pair = (values: readonly (string | number)[]) =>
  fc.tuple(fc.constantFrom(...values), fc.constantFrom(...values)).map(([a, b]): JsonValue => {
    return a <= b ? [a, b] : [b, a];
  });

const presence = each(["exists", "has_value"], fc.boolean());
const text = fc.oneof(
  fc.constantFrom(...TEXTS),
  fc
    .tuple(
      fc.oneof(
        each(["eq", "ne", "contains", "starts_with", "ends_with"], fc.constantFrom(...TEXTS)),
        each(["in", "not_in"], some(TEXTS)),
        operand("matches", fc.constantFrom("^D", "e$", "^.$", "[a-z]", "ß", "")),
      ),
      fc.constantFrom({}, { ignore_case: true }, { ignore_case: false }),
    )
    .map(([test, fold]): JsonValue => ({ ...(test as object), ...fold })),
  presence,
);
const number = (values: readonly number[]) =>
  fc.oneof(
    fc.constantFrom(...values),
    each(["eq", "ne", "lt", "lte", "gt", "gte"], fc.constantFrom(...values)),
    each(["in", "not_in"], some(values)),
    operand("between", pair(values)),
    presence,
  );
const moment = fc.oneof(
  each(["before", "after"], fc.constantFrom(...INSTANTS, ...DATES)),
  operand("between", fc.oneof(pair(INSTANTS), pair(DATES))),
  operand("on", fc.constantFrom(...DATES)),
  each(["in_last", "in_next", "not_in_last"], fc.constantFrom(...DURATIONS)),
  operand("in_last_days", fc.constantFrom(0, 1, 7, 33)),
  fc.constant({ anniversary: "today" }),
  presence,
);
const list = fc.oneof(
  operand("contains", fc.constantFrom(...TAGS)),
  each(["contains_any", "contains_all"], some(TAGS)),
  operand("is_empty", fc.boolean()),
  presence,
);

const attribute = fc.oneof(
  operand("word", text),
  operand("amount", number(NUMBERS)),
  operand("whole", number([...WHOLES, 0.5])),
  operand("flag", fc.oneof(fc.boolean(), operand("eq", fc.boolean()), presence)),
  operand("moment", moment),
  operand("day", moment),
  operand("tags", list),
);
const property = fc.oneof(operand("price", number(NUMBERS)), operand("coupon", text));

const count = fc.oneof(
  each(["eq", "ne", "lt", "lte", "gt", "gte"], fc.nat(3)),
  each(["in", "not_in"], some([0, 1, 2, 3])),
  operand("between", pair([0, 1, 2, 3])),
);
const event = fc.record(
  {
    event: fc.constantFrom("order", "visit", "none"),
    count,
    in_last: fc.constantFrom(...DURATIONS),
    where: fc.oneof(
      property,
      property.map((one): JsonValue => ({ not: one })),
      fc.array(property, { minLength: 1, maxLength: 2 }).map((any): JsonValue => ({ any })),
    ),
  },
  { requiredKeys: ["event"] },
);
const sample = fc.record(
  { sample: fc.constantFrom("0%", "10%", "50%", "99.5%", "100%"), seed: fc.constant("other") },
  { requiredKeys: ["sample"] },
);

/** Conditions that may name the segments of those ids. */
export function conditionOver(segments: readonly string[]): fc.Arbitrary<JsonValue> {
  const segment = operand("segment", fc.constantFrom("everyone", ...segments));
  return fc.letrec<{ any: JsonValue }>((tie) => {
    const parts = fc.array(tie("any"), { minLength: 1, maxLength: 3 });
    return {
      any: fc.oneof(
        { maxDepth: 4, depthIdentifier: "condition" },
        { weight: 6, arbitrary: attribute },
        { weight: 2, arbitrary: event as fc.Arbitrary<JsonValue> },
        { weight: 1, arbitrary: sample as fc.Arbitrary<JsonValue> },
        { weight: 1, arbitrary: segment },
        { weight: 1, arbitrary: fc.tuple(attribute, event).map(joined) },
        { weight: 2, arbitrary: each(["all", "any"], parts as fc.Arbitrary<JsonValue>) },
        { weight: 1, arbitrary: parts as fc.Arbitrary<JsonValue> },
        { weight: 2, arbitrary: operand("not", tie("any")) },
      ),
    };
  }).any;
}

/** Several keys side by side mean all of them. */
function joined([one, other]: [JsonValue, object]): JsonValue {
  return { ...(one as object), ...other };
}
