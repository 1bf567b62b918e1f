import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { person, plainEnv, posthorn, SMALL_WORKSPACE, smallWorkspace } from "./posthorn.ts";

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const NOW = ["--now", "2026-12-01T09:30:00Z"];
const PEOPLE = 40;

/** A workspace in which an apply takes some seconds, so that another one meets it. */
async function slowWorkspace() {
  const sandbox = await startSandbox({ pageId: "422500000000001" });
  onTestFinished(() => sandbox.close());
  const rows = Array.from({ length: PEOPLE }, (_, n) => `${JSON.stringify(person(n))}\n`);
  const cwd = smallWorkspace({
    "posthorn.yaml": SMALL_WORKSPACE.replace("users:", "  rate: 5/s\nusers:"),
    "data/users.ndjson": rows.join(""),
  });
  const env = { POSTHORN_GRAPH_URL: sandbox.url, MESSENGER_PAGE_TOKEN: "any" };
  return { sandbox, cwd, env };
}

type Slow = Awaited<ReturnType<typeof slowWorkspace>>;

function start({ cwd, env }: Slow, args: readonly string[], over: Record<string, string> = {}) {
  const child = spawn(process.execPath, [MAIN, "apply", ...NOW, ...args], {
    cwd,
    env: { ...plainEnv(), ...env, ...over },
    stdio: ["ignore", "ignore", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

function leases({ cwd }: Slow): string[] {
  const names = readdirSync(join(cwd, "data"), { recursive: true, encoding: "utf8" });
  return names.filter((name) => name.includes("lease-"));
}

async function untilHeld(slow: Slow): Promise<void> {
  while (slow.sandbox.deliveredCount === 0) await new Promise((resolve) => setTimeout(resolve, 10));
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.on("close", resolve));
}

function says(child: ChildProcess, words: string): Promise<void> {
  return new Promise((resolve) => {
    let told = "";
    child.stderr?.on("data", (chunk) => {
      told += chunk;
      if (told.includes(words)) resolve();
    });
  });
}

test("6: a second apply names the holder and its CI job; plan takes no lock", async () => {
  const slow = await slowWorkspace();
  const job = {
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_REPOSITORY: "acme/campaigns",
    GITHUB_RUN_ID: "77",
  };
  const first = start(slow, [], job);
  await untilHeld(slow);
  const held = leases(slow);
  const second = await posthorn(["apply", ...NOW], slow);
  expect(second).toMatchObject({ exit: 6, out: "" });
  expect(second.err).toMatch(
    new RegExp(
      `^Another apply holds the state: run [0-9a-f-]{36} on \\S+, process ${first.pid}, ` +
        "since 20\\S+Z, https://github.com/acme/campaigns/actions/runs/77, " +
        "last heartbeat \\d+ s ago. Nothing was sent.",
    ),
  );
  expect((await posthorn(["plan", ...NOW], slow)).exit).toBe(0);
  expect(leases(slow)).toEqual(held);
  expect(await exitOf(first)).toBe(0);
  expect(slow.sandbox.deliveredCount).toBe(PEOPLE);
  expect(leases(slow)).toEqual([]);
});

test("--lock-timeout waits for another apply, gives up in time, and ends on a signal", async () => {
  const slow = await slowWorkspace();
  const first = start(slow, []);
  await untilHeld(slow);
  const patient = start(slow, ["--lock-timeout", "60s"]);
  const interrupted = start(slow, ["--lock-timeout", "60s"]);
  await says(interrupted, "Waiting for another apply.");
  interrupted.kill("SIGINT");
  expect(await exitOf(interrupted)).toBe(130);
  const hurried = await posthorn(["apply", ...NOW, "--lock-timeout", "1s"], slow);
  expect(hurried.exit).toBe(6);
  const exits = await Promise.all([exitOf(first), exitOf(patient)]);
  expect(exits).toEqual([0, 0]);
  const ids = slow.sandbox.delivered.map(({ deliveryId }) => deliveryId);
  expect(new Set(ids).size).toBe(PEOPLE);
  expect(ids).toHaveLength(PEOPLE);
});

test("three applies start at the same moment, again and again: nobody gets it twice", async () => {
  let lockedOut = 0;
  for (let round = 0; round < 4; round++) {
    const sandbox = await startSandbox({ pageId: "422500000000001" });
    onTestFinished(() => sandbox.close());
    const env = { POSTHORN_GRAPH_URL: sandbox.url, MESSENGER_PAGE_TOKEN: "any" };
    const cwd = smallWorkspace();
    const applies = await Promise.all(
      [1, 2, 3].map(() => posthorn(["apply", ...NOW], { cwd, env })),
    );
    const exits = applies.map(({ exit }) => exit);
    // One that comes when another is done finds nothing left to send.
    expect(exits.filter((exit) => exit !== 0 && exit !== 6)).toEqual([]);
    expect(exits).toContain(0);
    lockedOut += exits.filter((exit) => exit === 6).length;
    const ids = sandbox.delivered.map(({ deliveryId }) => deliveryId);
    expect(new Set(ids).size).toBe(3);
    expect(ids).toHaveLength(3);
  }
  expect(lockedOut).toBeGreaterThan(0);
});
