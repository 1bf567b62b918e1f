import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { posthornHere } from "./in-process.ts";
import { SMALL_CAMPAIGN, smallWorkspace } from "./posthorn.ts";

const failing = (name: string) => `${SMALL_CAMPAIGN}tests:
  - name: ${name}
    user: { first_name: Ana }
    at: 2026-12-01T10:00:00Z
    expect: { outcome: late }
`;
const FILES = {
  "campaigns/hello.yaml": failing("fails here"),
  "campaigns/other.yaml": failing("fails there"),
};

function validate(cwd: string, ...args: string[]) {
  return posthornHere(["validate", ...args], { cwd });
}

describe("validate with files named", () => {
  test("runs the tests of those alone, and checks all files", async () => {
    const cwd = smallWorkspace(FILES);
    const ran = await validate(cwd, "campaigns/hello.yaml");
    expect(ran).toMatchObject({ exit: 3, err: "" });
    expect(ran.out).toContain("fails here");
    expect(ran.out).not.toContain("fails there");
    expect(ran.out).toContain("Checked: campaigns=2 segments=0 tests=1");
    const broken = smallWorkspace({ ...FILES, "campaigns/other.yaml": "status: loud\n" });
    expect((await validate(broken, "campaigns/hello.yaml")).out).toContain(
      "campaigns/other.yaml:1",
    );
  });

  test("takes several, absolute ones too, and runs all tests without any", async () => {
    const cwd = smallWorkspace(FILES);
    const both = await validate(cwd, join(cwd, "campaigns/hello.yaml"), "./campaigns/other.yaml");
    expect(both.out).toContain("tests=2");
    expect((await validate(cwd)).out).toContain("tests=2");
    expect((await validate(cwd, "posthorn.yaml")).out).toContain("tests=2");
    expect((await validate(cwd, "data/users.ndjson")).out).toContain("tests=0");
  });

  test("ends with 64 for one that is not there", async () => {
    const ran = await validate(smallWorkspace(FILES), "campaigns/helo.yaml");
    expect(ran).toMatchObject({ exit: 64, out: "" });
    expect(ran.err).toBe("There is no file campaigns/helo.yaml in the workspace.\n");
  });
});
