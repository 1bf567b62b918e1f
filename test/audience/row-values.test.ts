import { describe, expect, test } from "vitest";
import { Shapes } from "../../src/audience/row-values.ts";
import { identifier, sql } from "../../src/model/sql.ts";

describe("statements of one text", () => {
  test("share a shape, and each row brings its own values along", () => {
    const shapes = new Shapes();
    const ask = (name: string, least: number) => sql`(u.name = ${name} AND u.ltv > ${least})`;
    expect(shapes.add(ask("Ana", 1))).toEqual({
      "posthorn:shape": 0,
      "posthorn:string": ["Ana"],
      "posthorn:double": [1],
    });
    expect(shapes.add(ask("Bo", 2))).toMatchObject({ "posthorn:shape": 0 });
    expect(shapes.add(sql`(u.vip = ${true})`)).toMatchObject({ "posthorn:shape": 1 });
    expect(shapes.statements().map(({ statement }) => statement.text)).toEqual([
      '(u.name = "posthorn:string"[1] AND u.ltv > "posthorn:double"[1])',
      '(u.vip = "posthorn:boolean"[1])',
    ]);
  });

  test("differ where a value has another type", () => {
    const shapes = new Shapes();
    expect(shapes.add(sql`(${1} = ${[]}::VARCHAR[])`)).toMatchObject({ "posthorn:shape": 0 });
    expect(shapes.add(sql`(${1n} = ${["a"]}::VARCHAR[])`)).toEqual({
      "posthorn:shape": 1,
      "posthorn:bigint": [1],
      "posthorn:list": [["a"]],
    });
  });

  test("keep marks that stand in names and texts", () => {
    const shapes = new Shapes();
    shapes.add(sql`(${identifier('why"?')} = 'it''s ?' || ${"x"})`);
    expect(shapes.statements()[0]?.statement).toEqual({
      text: `("why""?" = 'it''s ?' || "posthorn:string"[1])`,
      values: [],
    });
  });

  test("read no values of another shape's rows, and grouped ones after HAVING", () => {
    const shapes = new Shapes();
    shapes.add(sql`(u.id IN (SELECT e.id FROM e WHERE (a = ${1}) GROUP BY e.id
      HAVING (count(*) > ${2})) AND b = ${3})`);
    const own = (at: number) =>
      `(CASE WHEN "posthorn:shape" = 0 THEN "posthorn:double"[${at}] END)`;
    expect(shapes.statements()[0]?.statement.text).toBe(
      `(u.id IN (SELECT e.id FROM e WHERE (a = ${own(1)}) GROUP BY e.id
      HAVING (count(*) > any_value(${own(2)}))) AND b = "posthorn:double"[3])`,
    );
  });
});
