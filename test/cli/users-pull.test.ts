import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test, vi } from "vitest";
import { openSandbox } from "../sandbox/graph.ts";
import { posthornHere } from "./in-process.ts";
import { SMALL_WORKSPACE, smallWorkspace, startPosthorn } from "./posthorn.ts";

const TOKEN = "EAAB-a-token-of-the-test";
const PEOPLE = 130;

async function pageOf(people: number) {
  const startAt = Date.now() - 3_600_000;
  const sandbox = await openSandbox({
    people: Object.fromEntries(
      Array.from({ length: people }, (_, n) => [
        String(7_200_000_000_000_000 + n),
        { lastInboundAt: startAt + 1000 * n },
      ]),
    ),
  });
  const yaml = SMALL_WORKSPACE.replace("users:\n", "users:\n  inbound: data/inbound\n");
  const cwd = smallWorkspace({ "posthorn.yaml": yaml });
  return { cwd, env: { POSTHORN_GRAPH_URL: sandbox.url, MESSENGER_PAGE_TOKEN: TOKEN } };
}

const placeIn = (cwd: string) => join(cwd, "data/intake/pull.json");

function psidsIn(cwd: string): string[] {
  const folder = join(cwd, "data/inbound");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".ndjson"))
    .flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n").slice(1, -1))
    .map((line) => JSON.parse(line).psid);
}

test("a pull that is killed goes on where it was, and plans see whom it found", async () => {
  const { cwd, env } = await pageOf(PEOPLE);
  const { child, ended } = startPosthorn(["users", "pull"], { cwd, env });
  await vi.waitFor(() => expect(existsSync(placeIn(cwd))).toBe(true), {
    timeout: 20_000,
    interval: 5,
  });
  child.kill("SIGKILL");
  await ended;
  // Meta takes two calls a second, whoever makes them; above that it wants a longer pause.
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const before = psidsIn(cwd).length;
  expect(before).toBeGreaterThanOrEqual(50);
  expect(before).toBeLessThan(PEOPLE);

  const ran = await posthornHere(["users", "pull"], { cwd, env });
  expect(ran.exit).toBe(0);
  expect(ran.err).toMatch(/^Goes on with the pull of .+Z, after \d+ conversations, \d+ people/);
  expect(ran.out).toContain(`Read ${PEOPLE} conversations, with ${PEOPLE} people who wrote`);
  expect(new Set(psidsIn(cwd)).size).toBe(PEOPLE);
  expect(psidsIn(cwd)).toHaveLength(PEOPLE);
  expect(existsSync(placeIn(cwd))).toBe(false);
  expect(ran.out + ran.err).not.toContain(TOKEN);

  const planned = await posthornHere(["plan", "--format", "json"], { cwd, env });
  expect(JSON.parse(planned.out).snapshot.campaigns[0].matched).toBe(PEOPLE + 3);
});

test("as JSON, again: nothing is new", async () => {
  const { cwd, env } = await pageOf(2);
  await posthornHere(["users", "pull"], { cwd, env });
  const ran = await posthornHere(["users", "pull", "--format", "json"], { cwd, env });
  expect(ran).toMatchObject({ exit: 0, err: "" });
  expect(JSON.parse(ran.out)).toEqual({
    format: "posthorn.pulled/1",
    ...{ conversations: 2, people: 2, news: 0, opt_ins: 0, opt_outs: 0, silent: 0 },
    complete: true,
  });
});

test("without the token, without inbound, and with a place that is none", async () => {
  const { cwd, env } = await pageOf(1);
  const noToken = await posthornHere(["users", "pull"], { cwd, env: {} });
  expect(noToken).toMatchObject({ exit: 8, out: "" });
  expect(noToken.err).toContain("MESSENGER_PAGE_TOKEN is not set");
  const noFolder = await posthornHere(["users", "pull"], { cwd: smallWorkspace(), env });
  expect(noFolder).toMatchObject({ exit: 3, out: "" });
  mkdirSync(dirname(placeIn(cwd)), { recursive: true });
  writeFileSync(placeIn(cwd), "[");
  const ran = await posthornHere(["users", "pull"], { cwd, env });
  expect(ran).toMatchObject({ exit: 0, err: "" });
});
