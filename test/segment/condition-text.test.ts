import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import type { Condition } from "../../src/model/condition.ts";
import type { JsonValue } from "../../src/model/json.ts";
import { checkCondition } from "../../src/segment/check-condition.ts";
import { conditionText } from "../../src/segment/condition-text.ts";
import { attributesOf } from "../adapters/duckdb/data-workspace.ts";
import { ATTRIBUTES, conditionOver, PROPERTIES } from "./arbitrary-conditions.ts";

const at = { file: "segments/s.yaml", line: 1, column: 1 };

function checked(written: JsonValue): Condition | undefined {
  const { condition } = checkCondition(written, {
    attributes: attributesOf(ATTRIBUTES),
    events: attributesOf(PROPERTIES),
    segments: new Set(["first"]),
    seed: "mine",
    timezone: "Europe/Berlin",
    place: () => at,
  });
  return condition;
}

/** What is shown on a line of its own. */
function leavesOf(condition: Condition): Condition[] {
  if (condition.kind === "not") return leavesOf(condition.of);
  if ("of" in condition) return condition.of.flatMap(leavesOf);
  return condition.kind === "event" ? [{ ...condition, where: undefined }] : [condition];
}

test("the text of a condition, read as YAML, is that condition", () => {
  let read = 0;
  const property = fc.property(conditionOver(["first"]), (written) => {
    const condition = checked(written);
    if (condition === undefined) return;
    for (const leaf of leavesOf(condition)) {
      const flow = parse(`{ ${conditionText(leaf)} }`) as JsonValue;
      expect(checked(flow)).toEqual(leaf);
      read += 1;
    }
  });
  fc.assert(property, { numRuns: 500 });
  expect(read).toBeGreaterThan(500);
});

test("groups are their word, what is in them is shown below", () => {
  const of = [{ kind: "segment", segment: "everyone", at } as const];
  expect(conditionText({ kind: "any", of, at })).toBe("any");
  expect(conditionText({ kind: "not", of: { kind: "all", of, at }, at })).toBe("not");
});

test("a share is written without the dust of arithmetic", () => {
  const sample = { kind: "sample", share: 0.07, seed: "s", at } as const;
  expect(conditionText(sample)).toBe("sample: 7%, seed: s");
});
