import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { parseFaults } from "../../src/sandbox/parse-faults.ts";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { person, posthorn, SMALL_CAMPAIGN, smallWorkspace } from "./posthorn.ts";

export const AT = "2026-12-01T09:30:00Z";
const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const FIRST = "waves: [4, 10, rest]";

interface Setting {
  readonly people?: number;
  readonly rollout?: string;
  readonly campaign?: string;
  readonly files?: Record<string, string>;
}

/** A workspace with so many people, whose campaign has a rollout, and a page to send to. */
export async function rolloutWorkspace({
  people = 30,
  rollout = FIRST,
  campaign,
  files,
}: Setting = {}) {
  const sandbox = await startSandbox({ pageId: "422500000000001" });
  onTestFinished(() => sandbox.close());
  const yaml = campaign ?? SMALL_CAMPAIGN;
  const cwd = smallWorkspace({
    "campaigns/hello.yaml": `${yaml}rollout: { ${rollout}, stop_if: { failed: 10% } }\n`,
    "data/users.ndjson": Array.from({ length: people }, (_, n) => JSON.stringify(person(n))).join(
      "\n",
    ),
    ...files,
  });
  const env = { POSTHORN_GRAPH_URL: sandbox.url, MESSENGER_PAGE_TOKEN: "any" };
  const run = (verb: string, now = AT, ...more: string[]) =>
    posthorn([verb, "--now", now, ...more], { cwd, env });
  const report = async (now = AT) => {
    const ran = await run("apply", now, "--format", "json");
    return { ...ran, report: JSON.parse(ran.out) };
  };
  const plan = async (now = AT) => JSON.parse((await run("plan", now, "--format", "json")).out);
  const faults = (text: string) => {
    const { plan: parsed } = parseFaults(text);
    if (parsed !== undefined) sandbox.setFaults(parsed);
  };
  const addRow = (text: string) => {
    const path = join(cwd, "campaigns/hello.yaml");
    const before = readFileSync(path, "utf8");
    const head = before.includes("acknowledge:") ? "" : "acknowledge:\n";
    writeFileSync(path, `${before}${head}  - { rule: rollout, ${text}, because: "looked into" }\n`);
  };
  /** Ends an apply by a signal once so many messages have reached somebody. */
  const applyUntil = async (delivered: number, signal: NodeJS.Signals) => {
    const child = spawn(process.execPath, [MAIN, "apply", "--now", AT], {
      ...{ cwd, stdio: "ignore" },
      env: { ...process.env, ...env, GITHUB_EVENT_NAME: "" },
    });
    const end = new Promise<number | null>((resolve) => child.on("close", resolve));
    while (sandbox.deliveredCount < delivered) await sleep(5);
    child.kill(signal);
    return end;
  };
  return { sandbox, cwd, run, report, plan, faults, addRow, applyUntil };
}
