import { describe, expect, test } from "vitest";
import { identifier, join, raw, sql } from "../../src/model/sql.ts";

describe("sql", () => {
  test("binds every value and splices nested SQL with its values in order", () => {
    const inner = sql`${identifier("ltv")} > ${100}`;
    const query = sql`SELECT ${raw("1")} WHERE ${inner} AND name = ${"O'Neil"}`;
    expect(query).toEqual({
      text: `SELECT 1 WHERE "ltv" > ? AND name = ?`,
      values: [100, "O'Neil"],
    });
  });

  test("a list is one bound value", () => {
    expect(sql`list_contains(${["a", "b"]}, x)`.values).toEqual([["a", "b"]]);
  });

  test("a quote in a name is doubled", () => {
    expect(identifier('a"b').text).toBe('"a""b"');
  });

  test("joined parts keep their values in order", () => {
    expect(join([sql`${1}`, sql`${2}`], " OR ")).toEqual({ text: "? OR ?", values: [1, 2] });
  });
});
