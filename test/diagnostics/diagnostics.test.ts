import { describe, expect, test } from "vitest";
import { posthornHere } from "../cli/in-process.ts";
import type { Ran } from "../cli/posthorn.ts";
import { type Case, folderWith } from "./base-files.ts";
import { CASES, PLANNED } from "./cases.ts";

const NOW = ["--now", "2026-12-01T09:30:00Z"];
const golden: string[] = [];

function run(one: Case, args: readonly string[]): Promise<Ran> {
  const cwd = folderWith(one.files);
  one.prepare?.(cwd);
  return posthornHere([...args, ...NOW], { cwd, env: one.env ?? {} });
}

/** `file:line:column CODE` of every block of a text. */
function placesIn(text: string): string[] {
  return [...text.matchAll(/^(\S.*:\d+:\d+) {2}([A-Z][A-Z_0-9]+) {2}/gm)].map(
    ([, at, code]) => `${at} ${code}`,
  );
}

describe.each(CASES)("validate says of %s", (subject, cases) => {
  test.each(cases)("$name", async (one) => {
    const ran = await run(one, ["validate"]);
    expect(placesIn(ran.out)).toEqual(one.found);
    const isWarning = !/^(?!.*warning: ).*:\d+:\d+ {2}[A-Z]/m.test(ran.out);
    expect(ran).toMatchObject({ exit: isWarning ? 0 : 3, err: "" });
    if (one.found.length > 0) golden.push(`# ${subject}: ${one.name}\n\n${ran.out}`);
  });
});

describe.each(PLANNED)("plan says of %s", (subject, cases) => {
  test.each(cases)("$name", async (one) => {
    const ran = await run(one, ["plan", "--format", "json"]);
    const warnings = ran.out === "" ? [] : JSON.parse(ran.out).snapshot.warnings;
    const warned = warnings.map(
      ({ code, source }: { code: string; source: { file: string; line: number } | null }) =>
        source === null ? code : `${source.file}:${source.line} ${code}`,
    );
    expect([...placesIn(ran.err), ...warned]).toEqual(one.found);
    expect(ran.exit).toBe(warned.length > 0 ? 0 : 3);
    golden.push(`# ${subject}: ${one.name}\n\n${ran.err}${JSON.stringify(warnings, null, 1)}`);
  });
});

test("what people read of all these is as it was agreed", async () => {
  expect(golden.length).toBeGreaterThan(100);
  await expect(golden.join("\n")).toMatchFileSnapshot("./diagnostics.golden.txt");
});
