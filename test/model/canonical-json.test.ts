import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson, digest } from "../../src/model/canonical-json.ts";

/** The same by JSON.stringify alone. */
function plainly(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

test("canonical JSON is that of JSON.stringify over sorted keys, whatever the value", () => {
  const key = fc.oneof(fc.string(), fc.nat({ max: 200 }).map(String));
  const { value } = fc.letrec((tie) => ({
    leaf: fc.oneof(
      fc.string({ unit: "binary" }),
      fc.double(),
      fc.boolean(),
      fc.constantFrom(null, undefined, -0, Number.NaN, new Date(0), "\ud800", "__proto__"),
    ),
    value: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      tie("leaf"),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(key, tie("value"), { maxKeys: 5 }),
    ),
  }));
  fc.assert(
    fc.property(value, (one) => {
      expect(canonicalJson([one])).toBe(plainly([one]));
    }),
    { numRuns: 2_000 },
  );
});

test("a digest goes by what a value says, not by the order of its keys", () => {
  expect(digest({ b: [1, { d: null, c: "x" }], a: true })).toBe(
    digest({ a: true, b: [1, { c: "x", d: null }] }),
  );
  // Revisions stand in ledgers: the same value has this digest for good.
  expect(digest({ b: 1, a: ["ä", 10, 2], 10: null, 9: {} })).toBe(
    "sha256:541b307d72792ec4c8d0224911bd6fd6055460cc69c5418d6bebd7d96e327ff9",
  );
});
