import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { posthorn, SMALL_WORKSPACE, smallWorkspace } from "./posthorn.ts";

/** A workspace in which nothing but posthorn.yaml can be read. */
function brokenWorkspace(): string {
  const cwd = smallWorkspace({
    "posthorn.yaml": SMALL_WORKSPACE.replace("data/users.ndjson", "${POSTHORN_USERS}"),
    "campaigns/hello.yaml": "segment: nobody\n",
  });
  rmSync(join(cwd, "data/users.ndjson"));
  return cwd;
}

test("a halt does not wait for a broken campaign or missing data to be mended", async () => {
  const cwd = brokenWorkspace();
  expect((await posthorn(["plan"], { cwd })).exit).toBe(3);
  const halted = await posthorn(["halt", "--because", "wrong text"], { cwd });
  expect(halted).toMatchObject({ exit: 0, err: "" });
  expect(halted.out).toContain("wrong text");
  expect((await posthorn(["halt", "--lift"], { cwd })).exit).toBe(0);
});

test("a posthorn.yaml that is not valid is told, and nothing is written", async () => {
  const cwd = smallWorkspace({ "posthorn.yaml": "workspace: small\nstat: data/state\n" });
  const ran = await posthorn(["halt"], { cwd });
  expect(ran.exit).toBe(3);
  expect(ran.err).toContain("posthorn.yaml is not valid; nothing was done.");
  expect(readFileSync(join(cwd, "posthorn.yaml"), "utf8")).toContain("stat: data/state");
});

test("a fault is told with its own exit where the job's files cannot be written", async () => {
  const env = { GITHUB_OUTPUT: "/nowhere/at/all" };
  const ran = await posthorn(["plan"], { cwd: brokenWorkspace(), env });
  expect(ran.exit).toBe(3);
  expect(ran.err).toContain("campaigns/hello.yaml");
  expect(ran.err).not.toMatch(/\n\s+at /);
});
