import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import fg from "fast-glob";
import { describe, expect, test } from "vitest";
import { readPlainYaml } from "../../src/config/plain-yaml.ts";
import { readWholeYaml } from "../../src/config/whole-yaml.ts";
import type { JsonPath, JsonValue } from "../../src/model/json.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const FORMS = [
  "a: |\n  one\n  two\n\nb: >-\n  x\n  y\nc:\n  - d: |+\n      text\n\n  - e\n",
  "a: [ b, c: d, { e: f, \"g\": 'h''i' }, [ ], { } ]\nk: { l, m: , \"n\":o }\n",
  "a:\n- b\n- - c\n  - d\n-\n  e: f\n",
  '"a\\tb": \'c\n\n  d\'\ne: f\n  g\n# comment\nh: "i\\\n   j" # c\n? k\n: l\n',
  "a: 1\nb: 1.5\nc: -0\nd: .inf\ne: 0x1F\nf: 0o17\ng: 1e3\nh: ~\ni:\nj: NO\nk: 21:00\nl: 5.\n",
  "a: 2026-12-01\nb: 1_000\nc: +12\nd: .5\ne: 0b1\nf: TRUE\ng: nULL\n12: x\nnull: y\n1.0: z\n",
];
const FILES = fg
  .sync(["posthorn.yaml", "{campaigns,segments}/**/*.yaml"], { cwd: ROOT })
  .map((path) => readFileSync(join(ROOT, path), "utf8"));
const BITS = ["\n", "\n  ", "\n- ", " ", ": ", ":", "- ", "-", "#", " #", "{", "}", "[", "]", ","];
const MORE = [
  "'",
  '"',
  "|",
  ">",
  "|\n",
  "? ",
  "\\",
  "%",
  "@",
  "!",
  "&a",
  "*a",
  "~",
  "1",
  "é",
  "😀",
];
const LAST = ["\u0085", "\r\n", "---\n", "...\n", "<<: ", "''", "\t", "\uFEFF", "\u0000", "\u2028"];

/** Pieces of YAML files with a few slips of the pen. */
const text = fc
  .record({
    file: fc.constantFrom(...FORMS, ...FORMS, ...FILES),
    from: fc.nat(4000),
    length: fc.integer({ min: 1, max: 400 }),
    slips: fc.array(
      fc.record({ at: fc.nat(400), put: fc.constantFrom("", ...BITS, ...MORE, ...LAST) }),
      { maxLength: 3 },
    ),
  })
  .map(({ file, from, length, slips }) => {
    const start = file.lastIndexOf("\n", from % file.length) + 1;
    return slips.reduce(
      (before, { at, put }) => before.slice(0, at) + put + before.slice(put === "" ? at + 1 : at),
      file.slice(start, start + length),
    );
  });

function paths(value: JsonValue, path: JsonPath = []): readonly JsonPath[] {
  if (typeof value !== "object" || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, one]) =>
    paths(one, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return [path, [...path, "missing"], ...inner];
}

describe("YAML as most files are written", () => {
  test("means and stands where the parser of every YAML says", () => {
    let readCount = 0;
    fc.assert(
      fc.property(text, (written) => {
        const plain = readPlainYaml(written);
        if (plain === undefined) return;
        readCount++;
        const whole = readWholeYaml(written);
        if (whole.kind === "deep") throw new Error("too deep");
        expect(whole.faults).toEqual([]);
        const value = whole.value();
        expect(plain.value).toEqual(value);
        for (const path of paths(value ?? null)) {
          for (const atKey of [false, true]) {
            const [start, end] = plain.range(path, atKey);
            const [wholeStart, wholeEnd] = whole.range(path, atKey);
            expect(start, JSON.stringify(path)).toBe(wholeStart);
            // The other one counts a comment behind a map as a part of it.
            expect(written.slice(end, wholeEnd)).toMatch(/^[\s:]*(?:#[\s\S]*)?$/);
          }
        }
      }),
      { numRuns: 3000 },
    );
    expect(readCount).toBeGreaterThan(200);
  });

  test("is what the example's files are", () => {
    expect(FILES.length).toBeGreaterThan(10);
    for (const file of FILES) expect(readPlainYaml(file)?.value).toEqual(wholeValue(file));
  });

  test.each([
    ["an anchor and an alias", "a: &b 1\nc: *b\n"],
    ["a tag", "a: !!str 1\n"],
    ["a directive", "%YAML 1.2\n---\na: 1\n"],
    ["several documents", "a: 1\n---\nb: 2\n"],
    ["a tab", "a:\tb\n"],
    ["a key that stands twice", "a: 1\na: 2\n"],
    ["a key that is a list", "[a]: 1\n"],
    ["a list", "- a\n"],
    ["nothing", ""],
    ["a bracket that never closes", "a: [b\n"],
    ["a line end of old computers", "a: 1\rb: 2\n"],
    ["a key of more than a thousand characters", `${"k".repeat(1001)}: 1\n`],
    ["an empty entry", "a:\n  -\n"],
    ["more nesting than anyone writes", `a: ${"[".repeat(120)}${"]".repeat(120)}\n`],
  ])("is not what has %s", (_, written) => {
    expect(readPlainYaml(written)).toBeUndefined();
  });

  test("keeps a key that every object has", () => {
    const { value } = readPlainYaml("__proto__: 1\nconstructor: 2\n") ?? {};
    expect(Object.entries(value ?? {})).toEqual([
      ["__proto__", 1],
      ["constructor", 2],
    ]);
  });
});

function wholeValue(written: string): JsonValue | undefined {
  const whole = readWholeYaml(written);
  return whole.kind === "deep" ? undefined : whole.value();
}
