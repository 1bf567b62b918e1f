import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { parseFaults } from "../../src/sandbox/parse-faults.ts";
import { posthornHere } from "../cli/in-process.ts";
import { ANA, BEN, call, openSandbox, send } from "../sandbox/graph.ts";
import { postWithoutEnd } from "./posting.ts";
import {
  APP_SECRET,
  factsIn,
  queuedIn,
  type Receiver,
  SECRETS,
  startReceiver,
  webhookWorkspace,
} from "./receiver.ts";

const midsOf = (cwd: string) => new Set(factsIn(cwd).map(({ key }) => key));

const DELIVERY = "d".repeat(64);

/** Ends it as a service is ended, and says how long that took. */
async function end({ child, ended }: Receiver): Promise<number> {
  const start = performance.now();
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  return performance.now() - start;
}

test("what happens on a page is known after a moment, whatever the network does", async () => {
  const cwd = webhookWorkspace();
  const receiver = await startReceiver(cwd);
  const text = "event_twice:40%,event_late=300ms:40%,bad_signature@5,seed=7";
  const faults = parseFaults(text).plan;
  const webhook = { url: `${receiver.url}/hook`, appSecret: APP_SECRET };
  const sandbox = await openSandbox({ webhook, ...(faults && { faults }) });
  const answer = async (psid: string, words: string) => {
    const inbound = { type: "text", text: words };
    const body = JSON.stringify({ psid, inbound });
    const headers = { "content-type": "application/json" };
    const { status } = await call(sandbox, "/sandbox/answers", { method: "POST", body, headers });
    expect(status).toBe(200);
  };
  for (let n = 0; n < 10; n++) await answer(n % 2 === 0 ? ANA : BEN, `Message ${n} of somebody`);
  await send(sandbox, { message: { text: "Hello", metadata: DELIVERY } });
  await vi.waitFor(() => expect(midsOf(cwd).size).toBe(10), { timeout: 10_000 });
  await end(receiver);

  const inbound = factsIn(cwd).filter(({ kind }) => kind === "message");
  expect(inbound).toHaveLength(9);
  expect(new Set(inbound.map(({ psid }) => psid))).toEqual(new Set([ANA, BEN]));
  const echoes = factsIn(cwd).filter(({ kind }) => kind === "echo");
  expect(echoes.map(({ delivery }) => delivery)).toEqual([DELIVERY]);
  const printed = receiver.printed();
  expect(printed).toMatch(/Calls: \d+ kept, \d+ refused for their signature\. Events: 9 of people/);
  for (const secret of [ANA, BEN, "of somebody", ...Object.values(SECRETS)]) {
    expect(printed).not.toContain(secret);
  }
  expect(queuedIn(cwd)).toEqual([]);
});

test("kill -9 under load, again and again: nothing answered with 200 is lost", async () => {
  const cwd = webhookWorkspace();
  const kept = new Set<string>();
  for (const [round, after] of [20, 150, 600, 2_000].entries()) {
    const receiver = await startReceiver(cwd);
    const posting = postWithoutEnd(receiver.url, `round${round}`);
    await vi.waitFor(() => expect(posting.kept.size).toBeGreaterThan(after), {
      timeout: 20_000,
      interval: 1,
    });
    receiver.child.kill("SIGKILL");
    await receiver.ended;
    await posting.stop();
    for (const mid of posting.kept) kept.add(mid);
  }
  expect(kept.size).toBeGreaterThan(2_770);
  const last = await startReceiver(cwd);
  await vi.waitFor(
    () => {
      const known = midsOf(cwd);
      expect([...kept].filter((mid) => !known.has(mid))).toEqual([]);
    },
    { timeout: 20_000, interval: 200 },
  );
  await end(last);
});

test("SIGTERM under load: it ends within 7 s, and what got 200 is queued or known", async () => {
  const cwd = webhookWorkspace();
  const receiver = await startReceiver(cwd);
  const posting = postWithoutEnd(receiver.url, "one");
  await vi.waitFor(() => expect(posting.kept.size).toBeGreaterThan(200), { timeout: 10_000 });
  expect(await end(receiver)).toBeLessThan(7_000);
  await posting.stop();
  const known = new Set([...midsOf(cwd), ...queuedIn(cwd).map(midOf)]);
  expect([...posting.kept].filter((mid) => !known.has(mid))).toEqual([]);
});

function midOf(body: Readonly<Record<string, unknown>>): unknown {
  const [entry] = body["entry"] as { messaging: { message: { mid: string } }[] }[];
  return entry?.messaging[0]?.message.mid;
}

test("a disk that fills up: 503 until there is room, and nothing kept is lost", async () => {
  const cwd = webhookWorkspace();
  const receiver = await startReceiver(cwd, 24);
  const posting = postWithoutEnd(receiver.url, "full");
  await vi.waitFor(() => expect(posting.putOff.size).toBeGreaterThan(0), { timeout: 10_000 });
  await posting.stop();
  expect(receiver.printed()).toContain("cannot be kept and are answered with 503");
  expect(receiver.printed()).toContain("the file would be larger than is allowed");
  expect(receiver.printed()).not.toMatch(/bug|^\s+at /m);
  await end(receiver);
  const next = await startReceiver(cwd);
  await vi.waitFor(
    () => expect([...posting.kept].filter((mid) => !midsOf(cwd).has(mid))).toEqual([]),
    { timeout: 20_000, interval: 200 },
  );
  expect([...posting.putOff].filter((mid) => midsOf(cwd).has(mid))).toEqual([]);
  await end(next);
});

describe("a workspace that says too little is told what is missing", () => {
  const run = (yaml: (text: string) => string, env: Record<string, string> = SECRETS) => {
    const cwd = webhookWorkspace();
    const written = webhookWorkspace({ "posthorn.yaml": yaml(readYaml(cwd)) });
    return posthornHere(["webhook", "--port", "0"], { cwd: written, env });
  };

  test.each(["app_secret", "verify_token"])("page.%s", async (key) => {
    const ran = await run((text) => text.replace(new RegExp(`  ${key}: .*\n`), ""));
    expect(ran).toMatchObject({ exit: 3, out: "" });
    expect(ran.err).toMatch(new RegExp(`posthorn\\.yaml lacks page\\.${key}, .* Add: ${key}: `));
  });

  test("a variable that is not set", async () => {
    const ran = await run((text) => text, { MESSENGER_APP_SECRET: APP_SECRET });
    expect(ran).toMatchObject({ exit: 8, out: "" });
    expect(ran.err).toContain("The environment variable MESSENGER_VERIFY_TOKEN is not set.");
  });

  test.each(["x", "65536", "-1", ""])("--port %j", async (port) => {
    const args = ["webhook", `--port=${port}`];
    const ran = await posthornHere(args, { cwd: webhookWorkspace(), env: SECRETS });
    expect(ran.exit).toBe(64);
  });
});

function readYaml(cwd: string): string {
  return readFileSync(join(cwd, "posthorn.yaml"), "utf8");
}
