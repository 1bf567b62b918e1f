import fc from "fast-check";
import { RE2JS } from "re2js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDuckdb } from "../../src/adapters/duckdb/duckdb-engine.ts";
import type { Finding } from "../../src/diag/diagnostic.ts";
import { raw, sql } from "../../src/model/sql.ts";
import type { SqlEngine } from "../../src/ports/sql-engine.ts";
import { attributeSql } from "../../src/segment/attribute-sql.ts";
import { checkPattern } from "../../src/segment/check-pattern.ts";
import { Spot } from "../../src/segment/spot.ts";

const TEXTS = [
  "",
  "a",
  "b",
  "abc",
  "ABC",
  "aaa",
  "é",
  "😀",
  "x",
  "K",
  "\n",
  "a\nb",
  "α",
  "1",
  " ",
  "ſ",
];

let engine: SqlEngine;
beforeAll(async () => {
  engine = await openDuckdb();
});
afterAll(() => engine.close());

function faultsOf(pattern: string): readonly Finding[] {
  const findings: Finding[] = [];
  checkPattern(pattern, new Spot(pattern, findings));
  return findings;
}

/** As a segment would ask it; throws where the engine does not take the pattern. */
async function matched(pattern: string): Promise<string[]> {
  const test = { op: "matches", pattern, ignoreCase: false } as const;
  const context = { now: 0, timezone: "UTC", test: { on: "string", test } } as const;
  const holds = attributeSql(raw("t"), "string", context);
  const rows = await engine.rows(
    sql`SELECT t FROM (SELECT unnest(${TEXTS}::VARCHAR[]) AS t) WHERE ${holds}`,
  );
  return TEXTS.filter((text) => rows.some((row) => row["t"] === text));
}

function matchedByPort(pattern: string): string[] {
  const compiled = RE2JS.compile(pattern);
  return TEXTS.filter((text) => compiled.matcher(text).find());
}

const REFUSED = [
  ["(?=a)", "look-around"],
  ["(?<=a)", "a group of a kind"],
  ["(?<name>a)", "a group of a kind"],
  ["(a)\\1", "does not compile"],
  ["a++", "does not compile"],
  ["[", "does not compile"],
  ["a{1001}", "does not compile"],
  ["\\p{Emoji}", "lacks, Emoji"],
  ["\\p{Cn}", "lacks, Cn"],
  ["[\\p{^LC}x]", "lacks, LC"],
  ["\\pL{500}", "too large"],
  ["(\\pL{100}){9}", "too large"],
  ["[\\pL\\pN]{400}", "too large"],
  [`[${"aeiou".repeat(20)}]{400}`, "too large"],
] as const;

const TAKEN = [
  "(?P<n>a)",
  "\\pL",
  "\\p{Greek}",
  "\\p{^Greek}",
  "\\PL+",
  "\\Qa.b\\E",
  "(?i)abc",
  "(?s)a.b",
  "(?m)^b$",
  "a{1000}",
  "(.{100}){10}",
  "\\z",
  "\\A",
  "\\bx\\b",
  "[[:alpha:]]",
  "\\x{1F600}",
  "[^]a]",
  "[a-]",
  "{",
  "]",
  "a{,5}",
  "(?i:A)b",
  "😀",
  "[😀-😂]",
  "",
  "a|",
  "(|a)*",
  "(?:)",
  "\\(?<a",
  "^[a-z0-9._%+-]{1,64}@[a-z0-9.-]{1,255}\\.[a-z]{2,}$",
  "\\pL{300}",
  "[^a]{900}",
  "(?i)k",
  "\\s\\S",
];

describe("a pattern that the check lets pass is taken by the engine, and means the same:", () => {
  test.for(TAKEN)("%s", async (pattern) => {
    expect(faultsOf(pattern)).toEqual([]);
    expect(await matched(pattern)).toEqual(matchedByPort(pattern));
  });

  test("whatever it is made of", async () => {
    const parts = fc.constantFrom(
      "a",
      "b",
      "é",
      "😀",
      ".",
      "\\d",
      "\\W",
      "\\pL",
      "\\p{Greek}",
      "\\P{Lu}",
      "[a-c]",
      "[^a]",
      "(",
      ")",
      "(?:",
      "(?i)",
      "(?<",
      "|",
      "*",
      "+",
      "?",
      "{2}",
      "{0,9}",
      "{30}",
      "{900}",
      "^",
      "$",
      "\\b",
      "\\",
      "[",
      "]",
      "\\Q",
      "\\E",
      "\\x{3b1}",
      "\n",
      "[[:word:]]",
      "\\1",
      "(?P<n>",
    );
    let taken = 0;
    const property = fc.asyncProperty(fc.array(parts, { maxLength: 7 }), async (some) => {
      const pattern = some.join("");
      if (faultsOf(pattern).length > 0) return;
      taken++;
      expect(await matched(pattern)).toEqual(matchedByPort(pattern));
    });
    await fc.assert(property, { numRuns: 400 });
    expect(taken).toBeGreaterThan(100);
  });
});

describe("a pattern that the engine would not take is refused with the reason:", () => {
  test.for(REFUSED)("%s", ([pattern, reason]) => {
    const findings = faultsOf(pattern);
    expect(findings).toMatchObject([{ code: "PATTERN_INVALID" }]);
    expect(findings[0]?.detail).toContain(reason);
  });
});
