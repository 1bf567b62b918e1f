import { describe, expect, test } from "vitest";
import { workspaceFolder } from "../../src/adapters/workspace-folder/workspace-folder.ts";
import { narrowedTests } from "../../src/config/narrowed-tests.ts";
import { type ReadWorkspace, readWorkspace } from "../../src/config/read-workspace.ts";
import { exampleWorkspace } from "../cli/posthorn.ts";
import { type Files, folderOf } from "./written-workspace.ts";

const CASE = "  - { name: one, user: { ltv: 5 }, expect: in }\n";
const SEGMENT = `where: { ltv: { gte: 1 } }\ntests:\n${CASE}`;
const campaign = (segment: string, more = "") => `status: active
segment: ${segment}
send: { at: 2026-12-01T10:00 }
tests:
  - { name: one, user: { ltv: 5 }, at: 2026-12-01T10:00:00Z, expect: { outcome: send } }
purpose: promotion
message: { text: Hello }
${more}`;
const FILES: Files = {
  "segments/buyers.yaml": SEGMENT,
  "segments/loyal.yaml": SEGMENT.replace("{ ltv: { gte: 1 } }", "{ segment: buyers }"),
  "segments/others.yaml": SEGMENT,
  "campaigns/hello.yaml": campaign("everyone"),
  "campaigns/loyal-ones.yaml": campaign("loyal"),
  "campaigns/thanks.yaml": campaign("others"),
};

/** The files whose tests are read where these are named. */
function testedIn(folder: string, ...named: string[]): string[] {
  const files = narrowedTests(workspaceFolder(folder), new Set(named));
  return testsOf(readWorkspace(files, {})).map(({ file }) => file);
}

function testsOf({ workspace, diagnostics }: ReadWorkspace) {
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const holders = [...(workspace?.segments.values() ?? []), ...(workspace?.campaigns ?? [])];
  return holders.filter(({ tests }) => tests.length > 0).map(({ at }) => at);
}

describe("the tests of a workspace, narrowed to named files", () => {
  test.each<[string, readonly string[]]>([
    ["campaigns/hello.yaml", ["campaigns/hello.yaml"]],
    ["campaigns/thanks.yaml", ["campaigns/thanks.yaml"]],
    ["segments/others.yaml", ["segments/others.yaml", "campaigns/thanks.yaml"]],
    [
      "segments/buyers.yaml",
      ["segments/buyers.yaml", "segments/loyal.yaml", "campaigns/loyal-ones.yaml"],
    ],
  ])("%s: its own, and those of all that builds on it", (named, expected) => {
    expect(testedIn(folderOf(FILES), named)).toEqual(expected);
  });

  test("are all of them where posthorn.yaml is named", () => {
    expect(testedIn(folderOf(FILES), "posthorn.yaml")).toHaveLength(6);
  });

  test("are none where a file is named that has nothing to do with them", () => {
    expect(testedIn(folderOf({ ...FILES, "README.md": "# Hello" }), "README.md")).toEqual([]);
  });

  test("stay where an id may hide behind an escape", () => {
    const hidden = campaign('"oth\\u0065rs"');
    const folder = folderOf({ ...FILES, "campaigns/thanks.yaml": hidden });
    expect(testedIn(folder, "segments/others.yaml")).toContain("campaigns/thanks.yaml");
  });

  test("stay where a value of theirs is used elsewhere in the file", () => {
    const shared = campaign("others").replace("ltv: 5", "ltv: &five 5");
    const folder = folderOf({ ...FILES, "campaigns/thanks.yaml": `${shared}priority: *five\n` });
    expect(testedIn(folder, "campaigns/hello.yaml")).toContain("campaigns/thanks.yaml");
  });

  test.each([
    ["a list at the margin", `tests:\n${CASE.trimStart()}`],
    ["windows' line ends", `tests:\n${CASE}`.replaceAll("\n", "\r\n")],
    ["a quoted key", `"tests":\n${CASE}`],
    ["a flow", "tests: [{ name: one, user: { ltv: 5 },\n  expect: in }]\n"],
    ["comments and blanks within", `tests:\n# one\n\n${CASE}\n# two\n`],
  ])("are taken away whole: %s", (_, written) => {
    const segment = `${written}where: { ltv: { gte: 1 } }\ndescription: "ä — first"\n`;
    const folder = folderOf({ ...FILES, "segments/others.yaml": segment });
    expect(testedIn(folder, "campaigns/hello.yaml")).toEqual(["campaigns/hello.yaml"]);
    expect(testedIn(folder, "segments/others.yaml")).toContain("segments/others.yaml");
  });
});

test("what is read without tests is the example workspace but for its tests", () => {
  const folder = exampleWorkspace();
  const whole = readWorkspace(workspaceFolder(folder), {});
  const narrowed = readWorkspace(narrowedTests(workspaceFolder(folder), new Set(["x"])), {});
  const bare = ({ workspace, diagnostics }: ReadWorkspace) => ({
    diagnostics,
    segments: [...(workspace?.segments.values() ?? [])].map((one) => ({ ...one, tests: [] })),
    campaigns: workspace?.campaigns.map(({ written: { tests: _, ...written }, ...one }) => ({
      ...one,
      written,
      tests: [],
      revision: one.revision,
    })),
  });
  expect(testsOf(whole).length).toBeGreaterThan(10);
  expect(testsOf(narrowed)).toEqual([]);
  expect(bare(narrowed)).toEqual(bare(whole));
});
