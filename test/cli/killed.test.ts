import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { person, posthorn, SMALL_WORKSPACE, smallWorkspace } from "./posthorn.ts";

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const PEOPLE = 900;
const NOW = ["--now", "2026-12-01T09:30:00Z"];

/** Runs an apply and kills it as soon as so many messages have reached somebody. */
function applyKilledAfter(
  sent: number,
  of: { cwd: string; env: Record<string, string>; delivered: () => number },
): Promise<NodeJS.Signals | null> {
  const env = { ...process.env, ...of.env, CI: "" };
  const child = spawn(process.execPath, [MAIN, "apply", ...NOW], { cwd: of.cwd, env });
  const watch = setInterval(() => {
    if (of.delivered() >= sent) child.kill("SIGKILL");
  }, 1);
  return new Promise((resolve) =>
    child.on("close", (_, signal) => {
      clearInterval(watch);
      resolve(signal);
    }),
  );
}

test("kill -9 in mid-send, again and again: nobody gets it twice, every claim counts", async () => {
  const sandbox = await startSandbox({ pageId: "422500000000001" });
  onTestFinished(() => sandbox.close());
  const env = { POSTHORN_GRAPH_URL: sandbox.url, MESSENGER_PAGE_TOKEN: "any" };
  const fast = SMALL_WORKSPACE.replace("users:", "  rate: 200/s\nusers:");
  const cwd = smallWorkspace({
    "posthorn.yaml": `${fast}graph: { url: "${sandbox.url}" }\n`,
    "data/users.ndjson": Array.from({ length: PEOPLE }, (_, n) => JSON.stringify(person(n))).join(
      "\n",
    ),
  });
  const delivered = () => sandbox.deliveredCount;
  let kills = 0;
  for (const share of [0.1, 0.3, 0.45, 0.6]) {
    const signal = await applyKilledAfter(share * PEOPLE, { cwd, env, delivered });
    if (signal === "SIGKILL") kills++;
  }
  const last = await posthorn(["apply", ...NOW, "--format", "json"], { cwd, env });
  expect(kills).toBeGreaterThanOrEqual(3);
  expect(last.exit).toBe(0);

  const ids = sandbox.delivered.map((message) => message.deliveryId);
  expect(new Set(ids).size).toBe(ids.length);
  const exported = await posthorn(["ledger", "export"], { cwd });
  const rows: { status: string; delivery_id: string }[] = exported.out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(rows).toHaveLength(PEOPLE);
  expect(new Set(rows.map((row) => row.status))).toEqual(new Set(["sent", "unknown"]));
  const sent = new Set(rows.filter((row) => row.status === "sent").map((row) => row.delivery_id));
  expect([...sent].filter((id) => !ids.includes(id))).toEqual([]);
  expect(JSON.parse(last.out).unresolved_before).toBe(rows.length - sent.size);
});
