import { describe, expect, test } from "vitest";
import { sizeDiagnostics } from "../../src/config/condition-sizes.ts";
import type { Condition } from "../../src/model/condition.ts";

const at = (line: number) => ({ file: "segments/s.yaml", line, column: 1 });
const LEAF: Condition = { kind: "sample", share: 0.5, seed: "s", at: at(1) };

function named(segment: string, line = 1): Condition {
  return { kind: "segment", segment, at: at(line) };
}

function all(...of: Condition[]): Condition {
  return { kind: "all", of, at: at(2) };
}

/** s0 names s1, which names s2, … each within `not:`. */
function chain(length: number): Map<string, Condition> {
  return new Map(
    Array.from({ length }, (_, n) => [
      `s${n}`,
      { kind: "not", of: n === length - 1 ? LEAF : named(`s${n + 1}`, n + 1), at: at(n + 1) },
    ]),
  );
}

describe("conditions with their segments written out", () => {
  test("may have 10,000 conditions, and one more is too many", () => {
    const many = (count: number) => all(...Array.from({ length: count - 1 }, () => LEAF));
    expect(sizeDiagnostics(new Map([["s", many(10_000)]]), [])).toEqual([]);
    expect(sizeDiagnostics(new Map([["s", many(10_001)]]), [])).toMatchObject([
      { code: "CONDITION_LARGE", severity: "error", at: { line: 2 } },
    ]);
  });

  test("may have 400 levels, and one more is too many", () => {
    expect(sizeDiagnostics(chain(399), [])).toEqual([]);
    expect(sizeDiagnostics(chain(400), [])).toMatchObject([{ code: "CONDITION_LARGE" }]);
  });

  test("are told once, where the first that is too large names another", () => {
    expect(sizeDiagnostics(chain(1_000), [named("s0")])).toHaveLength(1);
  });

  test("that double with every step are told in no time", () => {
    const doubling = new Map(
      Array.from({ length: 60 }, (_, n) => [
        `s${n}`,
        n === 59
          ? LEAF
          : all(named(`s${n + 1}`), { kind: "not", of: named(`s${n + 1}`), at: at(3) }),
      ]),
    );
    expect(sizeDiagnostics(doubling, [])).toHaveLength(1);
  });

  test("of campaigns are looked at as well", () => {
    const half = all(...Array.from({ length: 6_000 }, () => LEAF));
    const segments = new Map([["half", half]]);
    expect(sizeDiagnostics(segments, [named("half")])).toEqual([]);
    const twice = all(named("half", 7), named("half", 8));
    expect(sizeDiagnostics(segments, [twice, undefined])).toMatchObject([{ at: { line: 7 } }]);
  });

  test("that go in circles end, and are told as cycles elsewhere", () => {
    const circle = new Map([
      ["a", named("b")],
      ["b", named("a")],
    ]);
    expect(sizeDiagnostics(circle, [named("a")])).toEqual([]);
  });
});
