import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { remoteWith } from "../adapters/git/repositories.ts";
import { person, plainEnv, posthorn, SMALL_WORKSPACE, smallWorkspace } from "./posthorn.ts";

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const KEY = "a key of at least thirty-two bytes";
const NOW = ["--now", "2026-12-01T09:30:00Z"];

async function rehearsal(people: number) {
  const sandbox = await startSandbox({ pageId: "422500000000001" });
  onTestFinished(() => sandbox.close());
  const { clone } = remoteWith(
    smallWorkspace({
      "posthorn.yaml": SMALL_WORKSPACE.replace("state: data/state", "state: git+branch:ph-state"),
      "data/users.ndjson": Array.from({ length: people }, (_, n) => JSON.stringify(person(n))).join(
        "\n",
      ),
    }),
  );
  const env = {
    POSTHORN_GRAPH_URL: sandbox.url,
    MESSENGER_PAGE_TOKEN: "any",
    POSTHORN_STATE_KEY: KEY,
  };
  return { sandbox, clone, env };
}

test("two runners race for one branch: one sends to all, the other is locked out", async () => {
  const { sandbox, clone, env } = await rehearsal(60);
  const folders = [clone(), clone(), clone()];
  const applies = await Promise.all(
    folders.map((cwd) => posthorn(["apply", ...NOW], { cwd, env })),
  );
  const exits = applies.map(({ exit }) => exit).sort();
  // Whoever comes when the first is done finds nothing left to send.
  expect(exits.filter((exit) => exit !== 0 && exit !== 6)).toEqual([]);
  expect(exits).toContain(0);
  const ids = sandbox.delivered.map(({ deliveryId }) => deliveryId);
  expect(ids).toHaveLength(60);
  expect(new Set(ids).size).toBe(60);
  const again = await posthorn(["apply", ...NOW, "--format", "json"], { cwd: clone(), env });
  expect(JSON.parse(again.out).totals.sent).toBe(0);
  expect(sandbox.deliveredCount).toBe(60);
});

test("a runner killed in mid-send leaves unknowns, the next one sends to the rest", async () => {
  const { sandbox, clone, env } = await rehearsal(1200);
  const cwd = clone();
  const child = spawn(process.execPath, [MAIN, "apply", ...NOW], {
    cwd,
    env: { ...plainEnv(), ...env },
  });
  const watch = setInterval(() => {
    if (sandbox.deliveredCount >= 30) child.kill("SIGKILL");
  }, 1);
  await new Promise((resolve) => child.on("close", resolve));
  clearInterval(watch);
  const killedAt = sandbox.deliveredCount;
  expect(killedAt).toBeLessThan(1200);

  const next = clone();
  const shown = await posthorn(["plan", ...NOW, "--format", "json"], { cwd: next, env });
  const [campaign] = JSON.parse(shown.out).snapshot.campaigns;
  const { unresolved, already_sent: sent = 0 } = campaign.left_out;
  expect(unresolved).toBeGreaterThan(0);
  // Whoever got it was claimed, and nobody who was claimed is sent to again.
  expect(unresolved + sent).toBeGreaterThanOrEqual(killedAt);
  expect(unresolved + sent + campaign.eligible).toBe(1200);
}, 60_000);
