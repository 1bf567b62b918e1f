import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addRow,
  exactText,
  newRow,
  parseUsersText,
  removeRow,
  type UsersText,
  usersText,
  withValues,
} from "../../src/people/users-text.ts";

function parsed(text: string): UsersText {
  const users = parseUsersText(text);
  if (users === undefined) throw new Error("no array of objects");
  return users;
}

/** What becomes of the text when values are written into its first row. */
function written(text: string, values: Record<string, string | boolean>): string {
  const users = parsed(text);
  const [first] = users.rows;
  if (first !== undefined) users.rows[0] = withValues(first, values);
  return usersText(users);
}

describe("a users.json that is written to", () => {
  test.each([
    ["a value is replaced", '[{"a":1,"psid":null}]', '[{"a":1,"psid":"71"}]'],
    ["a key is added", '[{"a":1}]', '[{"a":1,"psid":"71"}]'],
    ["a key is added to none", "[{}]", '[{"psid":"71"}]'],
    ["blanks stay as they are", '[ { "a" : 1 } ]', '[ { "a" : 1, "psid":"71" } ]'],
    ["one line, blanks after commas", '[{"a": 1, "b": 2}]', '[{"a": 1, "b": 2, "psid": "71"}]'],
    [
      "a key a line",
      '[\n  {\n    "a": 1\n  }\n]\n',
      '[\n  {\n    "a": 1,\n    "psid": "71"\n  }\n]\n',
    ],
    ["a mark of the byte order", '\uFEFF[{"a":1}]', '\uFEFF[{"a":1,"psid":"71"}]'],
    ["other line ends", '[\r\n{"a":1}\r\n]\r\n', '[\r\n{"a":1,"psid":"71"}\r\n]\r\n'],
    [
      "digits, exponents, escapes",
      '[{"n":71000000000000012345,"e":1.0E+2,"s":"\\u00e4"}]',
      '[{"n":71000000000000012345,"e":1.0E+2,"s":"\\u00e4","psid":"71"}]',
    ],
    [
      "a key like it inside",
      '[{"x":{"psid":"1"},"y":["psid"]}]',
      '[{"x":{"psid":"1"},"y":["psid"],"psid":"71"}]',
    ],
    ["a key that is written with escapes", '[{"ps\\u0069d":"1"}]', '[{"ps\\u0069d":"71"}]'],
    [
      "brackets and quotes in texts",
      '[{"t":"]}\\"{[,","psid":"1"},{"b":"}"}]',
      '[{"t":"]}\\"{[,","psid":"71"},{"b":"}"}]',
    ],
  ])("%s", (_, before, after) => {
    expect(written(before, { psid: "71" })).toBe(after);
  });

  test("gets rows as the others stand, and loses them with what parted them", () => {
    const two = '[\n  {"a":1},\n  {"a":2}\n]\n';
    const users = parsed(two);
    addRow(users, newRow({ a: "x" }));
    expect(usersText(users)).toBe('[\n  {"a":1},\n  {"a":2},\n  { "a": "x" }\n]\n');
    removeRow(users, 2);
    expect(usersText(users)).toBe(two);
    removeRow(users, 0);
    expect(usersText(users)).toBe('[\n  {"a":2}\n]\n');
    removeRow(users, 0);
    expect(JSON.parse(usersText(users))).toEqual([]);
    addRow(users, newRow({ a: "y" }));
    addRow(users, newRow({ a: "z" }));
    expect(JSON.parse(usersText(users))).toEqual([{ a: "y" }, { a: "z" }]);
  });

  test("knows numbers by all their digits", () => {
    const [row] = parsed('[{"psid":71000000000000012345, "b":true}]').rows;
    expect(row && exactText(row, "psid")).toBe("71000000000000012345");
    expect(row && exactText(row, "b")).toBeUndefined();
  });

  test.each(["{}", "[1]", "[", "", "null", '[{"a":1},2]'])("is told from %j", (text) => {
    expect(parseUsersText(text)).toBeUndefined();
  });

  test("keeps every other value, whatever the document holds", () => {
    const rows = fc.array(fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 5 }), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(rows, fc.constantFrom(0, 1, 2, "\t"), fc.string(), (list, indent, name) => {
        const text = JSON.stringify(list, null, indent);
        const users = parsed(text);
        expect(usersText(users)).toBe(text);
        const expected = list.map((row) => ({ ...row, [name]: "written" }));
        for (const [at, row] of users.rows.entries()) {
          users.rows[at] = withValues(row, { [name]: "written" });
        }
        addRow(users, newRow({ [name]: "new" }));
        expect(JSON.parse(usersText(users))).toEqual(
          JSON.parse(JSON.stringify([...expected, { [name]: "new" }])),
        );
      }),
      { numRuns: 300 },
    );
  });
});
