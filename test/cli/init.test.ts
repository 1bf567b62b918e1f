import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  EXAMPLE_NOW,
  posthorn,
  SMALL_WORKSPACE,
  smallWorkspace,
  temporaryFolder,
} from "./posthorn.ts";

/** Every file below a folder, with its text. */
function snapshot(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path, readFileSync(path, "utf8")];
    }),
  );
}

describe("init", () => {
  test("makes an empty folder a workspace that validates, plans and rehearses", async () => {
    const cwd = join(temporaryFolder(), "new");
    const made = await posthorn(["init", "-C", cwd]);
    expect(made.exit).toBe(0);
    expect(made.out).toContain("+ posthorn.yaml\n");
    expect((await posthorn(["validate"], { cwd })).exit).toBe(0);
    const planned = await posthorn(["plan", "--now", EXAMPLE_NOW], { cwd });
    expect(planned.out).toContain("152 messages would be sent");
    const applied = await posthorn(["apply", "--sandbox", "--now", EXAMPLE_NOW], { cwd });
    expect(applied.exit).toBe(0);
    for (const path of [".gitignore", ".vscode/settings.json", "README.md", "schemas"]) {
      expect(existsSync(join(cwd, path))).toBe(true);
    }
    expect(readdirSync(join(cwd, ".github/workflows"))).toEqual([
      "campaigns-apply.yml",
      "campaigns-check.yml",
      "campaigns-plan.yml",
    ]);
  });

  test("the second time overwrites nothing, whatever was changed or taken away", async () => {
    const cwd = temporaryFolder();
    await posthorn(["init", "-C", cwd]);
    writeFileSync(join(cwd, "README.md"), "Ours\n");
    writeFileSync(join(cwd, "campaigns/order/shipped.yaml"), "status: draft\n");
    rmSync(join(cwd, "campaigns/birthday"), { recursive: true });
    const before = snapshot(cwd);
    const again = await posthorn(["init", "-C", cwd]);
    expect(again.exit).toBe(0);
    expect(again.out).toContain("Nothing to do: this is a workspace.");
    expect(snapshot(cwd)).toEqual(before);
  });

  test("gives an existing workspace its workflows and schemas, and no campaigns", async () => {
    const cwd = smallWorkspace();
    const before = snapshot(cwd);
    await posthorn(["init", "-C", cwd]);
    const after = snapshot(cwd);
    for (const [path, text] of before) expect(after.get(path)).toBe(text);
    expect(readdirSync(join(cwd, "campaigns"))).toEqual(["hello.yaml"]);
    expect(existsSync(join(cwd, ".github/workflows/campaigns-apply.yml"))).toBe(true);
  });

  test("its schemas are where the files' first lines say", async () => {
    const cwd = temporaryFolder();
    await posthorn(["init", "-C", cwd]);
    const lines = [...snapshot(cwd)].flatMap(([path, text]) => {
      const schema = /^# yaml-language-server: \$schema=(\S+)/m.exec(text)?.[1];
      return schema === undefined ? [] : [join(path, "..", schema)];
    });
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.filter((path) => !existsSync(path))).toEqual([]);
  });
});

test("a variable for the data: validate needs none, a plan says that it is not set", async () => {
  const yaml = SMALL_WORKSPACE.replace("data/users.ndjson", "${POSTHORN_USERS}");
  const cwd = smallWorkspace({ "posthorn.yaml": yaml });
  const checked = await posthorn(["validate"], { cwd });
  expect(checked.exit).toBe(0);
  expect(checked.out).toContain("ENV_MISSING  warning:");
  const planned = await posthorn(["plan"], { cwd });
  expect(planned.exit).toBe(3);
  expect(planned.err).toContain("The environment variable POSTHORN_USERS is not set");
  const env = { POSTHORN_USERS: join(cwd, "data/users.ndjson") };
  expect((await posthorn(["plan"], { cwd, env })).exit).toBe(0);
});
