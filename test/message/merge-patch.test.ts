import fc from "fast-check";
import { expect, test } from "vitest";
import { mergePatch } from "../../src/message/merge-patch.ts";
import type { JsonObject } from "../../src/model/json.ts";

/** RFC 7396 appendix A, the rows whose target and patch are objects. */
const CASES: readonly (readonly [JsonObject, JsonObject, JsonObject])[] = [
  [{ a: "b" }, { a: "c" }, { a: "c" }],
  [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
  [{ a: "b" }, { a: null }, {}],
  [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
  [{ a: ["b"] }, { a: "c" }, { a: "c" }],
  [{ a: "c" }, { a: ["b"] }, { a: ["b"] }],
  [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
  [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
];

for (const [target, patch, want] of CASES) {
  test(`${JSON.stringify(target)} patched with ${JSON.stringify(patch)}`, () => {
    expect(mergePatch(target, patch)).toEqual(want);
  });
}

test("a patched key keeps its place, a new one comes last", () => {
  expect(Object.keys(mergePatch({ a: 1, b: 2 }, { c: 3, a: 4 }))).toEqual(["a", "b", "c"]);
});

test("neither argument is changed", () => {
  const target = { a: { b: 1 } };
  const patch = { a: { b: null, c: 2 } };
  mergePatch(target, patch);
  expect([target, patch]).toEqual([{ a: { b: 1 } }, { a: { b: null, c: 2 } }]);
});

test("a key called __proto__ is a key like any other", () => {
  const patch = JSON.parse('{"__proto__": {"text": "x"}}') as JsonObject;
  const merged = mergePatch({}, patch);
  expect(Object.keys(merged)).toEqual(["__proto__"]);
  expect(merged["text"]).toBeUndefined();
});

test("a patch applied twice is the patch applied once", () => {
  const json = fc.dictionary(fc.constantFrom("a", "b", "c"), fc.jsonValue({ maxDepth: 3 }));
  fc.assert(
    fc.property(json, json, (target, patch) => {
      const once = mergePatch(target as JsonObject, patch as JsonObject);
      expect(mergePatch(once, patch as JsonObject)).toEqual(once);
    }),
  );
});
