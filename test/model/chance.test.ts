import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { chance } from "../../src/model/chance.ts";

describe("chance", () => {
  test("is the first 52 bits of SHA-256(kind, 0, seed, 0, user id) over 2^52", () => {
    const digest = createHash("sha256").update("holdout\0order/shipped\0u-17").digest();
    const bits = digest.readBigUInt64BE(0) >> 12n;
    expect(chance("holdout", "order/shipped", "u-17")).toBe(Number(bits) / 2 ** 52);
  });

  test("is spread evenly over [0, 1)", () => {
    const people = Array.from({ length: 20_000 }, (_, index) => chance("sample", "s", `u${index}`));
    expect(Math.min(...people)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...people)).toBeLessThan(1);
    for (const share of [0.05, 0.5, 0.9]) {
      const below = people.filter((x) => x < share).length / people.length;
      expect(Math.abs(below - share)).toBeLessThan(0.015);
    }
  });

  test("of one kind says nothing about another kind or seed", () => {
    expect(chance("sample", "a", "u")).not.toBe(chance("holdout", "a", "u"));
    expect(chance("sample", "a", "u")).not.toBe(chance("sample", "b", "u"));
  });
});
