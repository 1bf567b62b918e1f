import { chmodSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { person, posthorn, SMALL_CAMPAIGN, smallWorkspace } from "../cli/posthorn.ts";
import { confined, makeReadOnly } from "./confined.ts";
import { contentOf, graphFor, NOW, usedWorkspace } from "./used-workspace.ts";

const PEOPLE = 600;
const ROWS = Array.from({ length: PEOPLE }, (_, n) => `${JSON.stringify(person(n))}\n`).join("");

function segmentsOf(cwd: string): string[] {
  const ledger = join(cwd, "data/state/ledger");
  return readdirSync(ledger).map((name) => readFileSync(join(ledger, name), "utf8"));
}

test("a read-only state: plan works, apply says so and sends nothing", async () => {
  const { cwd, env, sandbox, state } = await usedWorkspace();
  writeFileSync(join(cwd, "campaigns/again.yaml"), SMALL_CAMPAIGN);
  makeReadOnly(cwd);
  const before = contentOf(cwd);
  const planned = await confined(["plan", ...NOW, "--format", "json"], {
    cwd,
    env,
    asNobody: true,
  });
  expect(JSON.parse(planned.out).summary.recipients).toBe(3);
  const ran = await confined(["apply", ...NOW], { cwd, env, asNobody: true });
  expect(ran).toMatchObject({ exit: 9, out: "" });
  expect(ran.err).toContain(`The state in ${state} cannot be written: permission is denied`);
  expect(contentOf(cwd)).toEqual(before);
  expect(sandbox.deliveredCount).toBe(3);
});

test("a ledger file that may not be read: told by its path, and nothing is sent", async () => {
  const { cwd, env, sandbox, segment } = await usedWorkspace();
  writeFileSync(join(cwd, "campaigns/again.yaml"), SMALL_CAMPAIGN);
  makeReadOnly(cwd);
  chmodSync(segment, 0);
  for (const verb of ["plan", "apply"]) {
    const ran = await confined([verb, ...NOW], { cwd, env, asNobody: true });
    expect(ran).toMatchObject({ exit: 9, out: "" });
    if (verb === "plan") expect(ran.err).toContain(`permission is denied (${segment})`);
  }
  expect(sandbox.deliveredCount).toBe(3);
});

test("a checkout that is read-only before its first apply: nothing is sent", async () => {
  const { env, sandbox } = await graphFor();
  const cwd = smallWorkspace();
  makeReadOnly(cwd);
  const ran = await confined(["apply", ...NOW], { cwd, env, asNobody: true });
  expect(ran).toMatchObject({ exit: 9, out: "" });
  expect(ran.err).toContain("data/state cannot be written: permission is denied");
  expect(sandbox.deliveredCount).toBe(0);
});

test("a disk without room for state.json: nothing is sent, and what was there stays", async () => {
  const { cwd, env, sandbox } = await usedWorkspace();
  writeFileSync(join(cwd, "campaigns/again.yaml"), SMALL_CAMPAIGN);
  const before = contentOf(cwd);
  const ran = await confined(["apply", ...NOW], { cwd, env, maxFileKb: 0 });
  expect(ran).toMatchObject({ exit: 9, out: "" });
  expect(ran.err).toContain("cannot be written: the file would be larger than is allowed");
  expect(contentOf(cwd)).toEqual(before);
  expect(sandbox.deliveredCount).toBe(3);
});

test("a disk that fills up in mid-send: whole lines only, and the next apply goes on", async () => {
  const { env, sandbox } = await graphFor();
  const cwd = smallWorkspace({ "data/users.ndjson": ROWS });
  const ran = await confined(["apply", ...NOW], { cwd, env, maxFileKb: 101 });
  expect(ran.exit).toBe(1);
  expect(ran.err).toMatch(/The ledger .+ cannot be written: the file would be larger/);
  expect(ran.err).not.toMatch(/bug|^\s+at /m);
  const sent = sandbox.deliveredCount;
  expect(sent).toBeGreaterThan(20);
  expect(sent).toBeLessThan(PEOPLE);
  expect(segmentsOf(cwd).filter((text) => !text.endsWith("}\n"))).toEqual([]);
  expect(readdirSync(join(cwd, "data/state"))).toEqual(["ledger", "state.json"]);

  const next = await posthorn(["apply", ...NOW, "--format", "json"], { cwd, env });
  expect(next.exit).toBe(0);
  const ids = sandbox.delivered.map(({ deliveryId }) => deliveryId);
  expect(new Set(ids).size).toBe(ids.length);
  const rows = (await posthorn(["ledger", "export"], { cwd })).out.trim().split("\n");
  const statuses = rows.map((row) => JSON.parse(row).status);
  expect(statuses).toHaveLength(PEOPLE);
  const unknown = statuses.filter((status) => status === "unknown").length;
  expect(ids.length).toBeLessThanOrEqual(PEOPLE);
  expect(ids.length).toBeGreaterThanOrEqual(PEOPLE - unknown);
});
