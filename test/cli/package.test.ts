import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { plainEnv, temporaryFolder } from "./posthorn.ts";

test("the package works in an empty folder: schemas and example are in it, no dev files", () => {
  const folder = temporaryFolder();
  // What `prepack` would build is built already; building it again would disturb other tests.
  const pack = ["pack", "--ignore-scripts", "--json", "--pack-destination", folder];
  const [packed] = JSON.parse(execFileSync("npm", pack, { encoding: "utf8" }));
  execFileSync("tar", ["-xzf", join(folder, packed.filename), "-C", folder]);
  const main = join(folder, "package/dist/main.js");
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
  const cwd = join(folder, "empty");
  mkdirSync(cwd);
  const run = (...args: string[]) =>
    execFileSync(process.execPath, [main, ...args], { cwd, env: plainEnv(), encoding: "utf8" });
  expect(run("--version").trim()).toBe(packed.version);
  run("init");
  expect(run("validate")).toContain("Checked: campaigns=");
  expect(run("plan", "--now", "2026-12-01T09:30:00Z")).toContain("152 messages would be sent");
  for (const path of ["schemas/campaign.schema.json", "dist/sandbox", "LICENSE"]) {
    expect(existsSync(join(folder, "package", path))).toBe(true);
  }
  for (const path of ["src", "test", "bench", "scripts", "tsconfig.json", ".ci"]) {
    expect(existsSync(join(folder, "package", path))).toBe(false);
  }
});
