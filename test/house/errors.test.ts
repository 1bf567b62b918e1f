import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { CASES as DOCTOR_CASES } from "../cli/doctor-cases.ts";
import { CASES, PLANNED } from "../diagnostics/cases.ts";
import { SOURCES, TESTS } from "./source-files.ts";

/** Codes that need more than files: the test that raises each. */
const RAISED_ELSEWHERE: Readonly<Record<string, string>> = {
  BASE_INVALID: "test/cli/base.test.ts",
  CAMPAIGN_LIKE_RENAMED: "test/cli/base.test.ts",
  EVENT_UNREADABLE: "test/people/ingest.test.ts",
  GRAPH_VERSION: "test/cli/target.test.ts",
  HALTED: "test/cli/stop-and-go-on.test.ts",
  ONLY_AND_CAPS: "test/cli/guards.test.ts",
  ...Object.fromEntries(DOCTOR_CASES.map(([, , code]) => [code, "test/cli/doctor-cases.ts"])),
  META_REFUSED: "test/doctor/page-checks.test.ts",
  PAGE_NOT_LISTED: "test/doctor/page-checks.test.ts",
  PAGE_REFUSED: "test/doctor/page-checks.test.ts",
  PAGE_RESTRICTED: "test/doctor/page-checks.test.ts",
  PAGE_WARNED: "test/doctor/page-checks.test.ts",
  TOKEN_NOT_INSPECTED: "test/doctor/checks.test.ts",
  TOKEN_NOT_OF_PAGE: "test/doctor/checks.test.ts",
  TOKEN_OF_OTHER_PAGE: "test/doctor/checks.test.ts",
};

const listed = new Set(
  [...readFileSync("docs/errors.md", "utf8").matchAll(/^\| `([A-Z0-9_]+)` \|/gm)].map(
    ([, code]) => code ?? "",
  ),
);
const source = SOURCES.map(({ text }) => text).join("\n");
const raised = new Set(
  [...CASES, ...PLANNED].flatMap(([, cases]) =>
    cases.flatMap(({ found }) => found.map((one) => one.split(" ").at(-1) ?? "")),
  ),
);

describe("every diagnostic code", () => {
  test("of the source has a row in docs/errors.md", () => {
    const codes = [...source.matchAll(/\bcode: "([A-Z][A-Z0-9_]+)"/g)].map(
      ([, code]) => code ?? "",
    );
    expect(codes.length).toBeGreaterThan(100);
    expect(codes.filter((code) => !listed.has(code))).toEqual([]);
  });

  test("of docs/errors.md stands in the source", () => {
    expect(listed.size).toBeGreaterThan(100);
    expect([...listed].filter((code) => !source.includes(`"${code}"`))).toEqual([]);
  });

  test("of docs/errors.md is raised by a test", () => {
    const unraised = [...listed].filter(
      (code) => !raised.has(code) && RAISED_ELSEWHERE[code] === undefined,
    );
    expect(unraised).toEqual([]);
  });

  test("that a test raises has a row in docs/errors.md", () => {
    expect([...raised].filter((code) => !listed.has(code))).toEqual([]);
  });

  test("raised elsewhere is named by the test that is said to raise it", () => {
    for (const [code, path] of Object.entries(RAISED_ELSEWHERE)) {
      expect(TESTS.find((one) => one.path === path)?.text, code).toContain(code);
    }
  });
});
