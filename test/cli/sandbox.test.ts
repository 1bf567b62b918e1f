import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { posthorn, smallWorkspace } from "./posthorn.ts";

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const PAGE = "422500000000001";

interface Started {
  readonly url: string;
  readonly text: string;
  readonly child: ChildProcess;
}

/** `posthorn sandbox` in a process of its own, once it listens. */
function startedSandbox(cwd: string, args: readonly string[] = []): Promise<Started> {
  const child = spawn(process.execPath, [MAIN, "sandbox", ...args], { cwd });
  onTestFinished(() => void child.kill("SIGKILL"));
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
      const url = /listens on (http:\/\/127\.0\.0\.1:\d+)/.exec(text)?.[1];
      if (url !== undefined && text.includes("Ctrl-C")) resolve({ url, text, child });
    });
    child.once("exit", (exit) => reject(new Error(`ended with ${exit}: ${text}`)));
  });
}

async function deliveredTo(url: string): Promise<number> {
  const answered = await fetch(`${url}/sandbox/messages`);
  const { count } = (await answered.json()) as { count: number };
  return count;
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once("exit", resolve));
}

describe("posthorn sandbox", () => {
  test("serves until Ctrl-C, and leaves the webhook log whole", async () => {
    const cwd = smallWorkspace();
    const { url, text, child } = await startedSandbox(cwd, ["--webhook-log", "events.ndjson"]);
    expect(text).toContain('Webhook events go to events.ndjson, signed with the secret "sandbox".');
    const answered = await fetch(`${url}/v25.0/${PAGE}/messages`, {
      method: "POST",
      headers: { authorization: "Bearer any", "content-type": "application/json" },
      body: JSON.stringify({
        recipient: { id: "7100000000000001" },
        messaging_type: "UPDATE",
        message: { text: "Hello", metadata: "d1" },
      }),
    });
    expect(answered.status).toBe(200);
    const exit = exitOf(child);
    child.kill("SIGINT");
    expect(await exit).toBe(0);
    const line = JSON.parse(readFileSync(join(cwd, "events.ndjson"), "utf8"));
    expect(line.entry[0].messaging[0].message).toMatchObject({ is_echo: true, metadata: "d1" });
  });

  test("takes what `apply --sandbox` sends, who finds it by POSTHORN_GRAPH_URL", async () => {
    const cwd = smallWorkspace();
    const { url } = await startedSandbox(cwd);
    const env = { POSTHORN_GRAPH_URL: `${url}/` };
    const args = ["apply", "--sandbox", "--now", "2026-12-01T09:30:00Z"];
    expect((await posthorn(args, { cwd, env })).exit).toBe(0);
    expect(await deliveredTo(url)).toBe(3);
    const listed = await (await fetch(`${url}/sandbox/conversations?campaign=hello`)).json();
    expect(listed).toMatchObject({ total: 3, rows: [{ campaign: "hello" }, {}, {}] });
    expect(readdirSync(join(cwd, "data"))).toContain("state-sandbox");
    expect(readdirSync(join(cwd, "data"))).not.toContain("state");
    expect((await posthorn([...args, "--fresh"], { cwd, env })).exit).toBe(0);
    expect(await deliveredTo(url)).toBe(6);
  });

  test("is not what `apply --sandbox` sends to when POSTHORN_GRAPH_URL is elsewhere", async () => {
    const env = { POSTHORN_GRAPH_URL: "https://graph.example" };
    const args = ["apply", "--sandbox", "--now", "2026-12-01T09:30:00Z", "--format", "json"];
    const ran = await posthorn(args, { cwd: smallWorkspace(), env });
    expect(JSON.parse(ran.out).totals.sent).toBe(3);
  });

  test("obeys its faults", async () => {
    const { url } = await startedSandbox(smallWorkspace(), ["--faults", "613:100%"]);
    const answered = await fetch(`${url}/v25.0/${PAGE}/messages?access_token=any`, {
      method: "POST",
      body: "{}",
    });
    expect(await answered.text()).toContain('"code":613');
  });

  test.each([
    ["--port", "70000", "--port takes a number from 0 to 65535"],
    ["--webhook", "nowhere", "--webhook takes an http or https address"],
    ["--faults", "sneeze:1%", 'No fault is named "sneeze"'],
  ])("with %s %s is usage", async (flag, value, words) => {
    const ran = await posthorn(["sandbox", flag, value], { cwd: smallWorkspace() });
    expect(ran.exit).toBe(64);
    expect(ran.err).toContain(words);
  });
});
