import { describe, expect, test } from "vitest";
import { didYouMean, nearestName } from "../../src/diag/nearest.ts";

const KNOWN = ["country", "last_order_at", "ltv", "tags"];

describe("the nearest name", () => {
  const cases = [
    ["contry", "country"],
    ["cuontry", "country"],
    ["COUNTRY", "country"],
    ["last_order", "last_order_at"],
    ["tag", "tags"],
    ["birthday", undefined],
    ["xyz", undefined],
  ] as const;
  for (const [typed, meant] of cases) {
    test(`${typed} → ${meant}`, () => expect(nearestName(typed, KNOWN)).toBe(meant));
  }

  test("is asked for, or not mentioned", () => {
    expect(didYouMean("contry", KNOWN)).toBe(' Did you mean "country"?');
    expect(didYouMean("birthday", KNOWN)).toBe("");
  });
});
