import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { parseFaults } from "../../src/sandbox/parse-faults.ts";
import type { SandboxOptions } from "../../src/sandbox/sandbox-options.ts";
import { temporaryFolder } from "../cli/posthorn.ts";
import { ANA, call, HandClock, NOW, openSandbox, PAGE, send, sendBody } from "./graph.ts";
import { openReceiver, type Received, type Receiver } from "./receiver.ts";

const SECRET = "the app's secret";

async function withReceiver(options: Partial<SandboxOptions> & { faultText?: string } = {}) {
  const receiver = await openReceiver();
  const { faultText: text = "", ...rest } = options;
  const faults = parseFaults(text).plan;
  const webhook = { url: receiver.url, appSecret: SECRET, ...rest.webhook };
  const clock = new HandClock();
  const given = { now: clock.now, ...rest, webhook, ...(faults && { faults }) };
  return { receiver, clock, sandbox: await openSandbox(given) };
}

/** The events once there are so many. */
async function events(receiver: Receiver, count: number) {
  await vi.waitFor(() => expect(receiver.events.length).toBeGreaterThanOrEqual(count));
  return receiver.events;
}

const isSigned = ({ body, headers }: Received): boolean => {
  const hex = createHmac("sha256", SECRET).update(body).digest("hex");
  return headers["x-hub-signature-256"] === `sha256=${hex}`;
};

describe("a message that reaches its person", () => {
  test("is told by an echo, a delivery and a read, in Meta's shape", async () => {
    const { receiver, sandbox } = await withReceiver();
    const { json } = await send(sandbox);
    const [page, ana] = [{ id: PAGE }, { id: ANA }];
    const mid = json.message_id;
    expect(await events(receiver, 3)).toEqual([
      {
        sender: page,
        recipient: ana,
        timestamp: NOW,
        message: { is_echo: true, app_id: 1111, metadata: "d1", mid, text: "Hello" },
      },
      { sender: ana, recipient: page, timestamp: NOW, delivery: { mids: [mid], watermark: NOW } },
      { sender: ana, recipient: page, timestamp: NOW, read: { watermark: NOW } },
    ]);
    const envelope = JSON.parse(receiver.calls[0]?.body ?? "");
    expect(envelope).toMatchObject({ object: "page", entry: [{ id: PAGE, time: NOW }] });
  });

  test("is told although its sender got no answer", async () => {
    const { receiver, sandbox } = await withReceiver({ faultText: "reset_after@1" });
    await expect(send(sandbox)).rejects.toThrow();
    expect((await events(receiver, 1))[0]).toMatchObject({ message: { metadata: "d1" } });
  });

  test("can be told before its sender gets the answer", async () => {
    const { receiver, sandbox } = await withReceiver({ faultText: "delay=5s@1" });
    const answer = send(sandbox).catch(() => "cut");
    expect(await events(receiver, 1)).toHaveLength(3);
    await sandbox.close();
    expect(await answer).toBe("cut");
  });

  test("of another kind carries its attachments", async () => {
    const { receiver, sandbox } = await withReceiver();
    const attachment = { type: "image", payload: { url: "https://a.example/1.jpg" } };
    await send(sandbox, { message: { attachment } });
    expect((await events(receiver, 1))[0]).toMatchObject({
      message: { attachments: [attachment] },
    });
  });
});

test("a message that is refused is told by nothing", async () => {
  const { receiver, sandbox } = await withReceiver({ people: { [ANA]: { blocked: true } } });
  await send(sandbox);
  await send(sandbox, { recipient: { id: "7100000000000009" } });
  expect(await events(receiver, 3)).toHaveLength(3);
  expect(receiver.events[0]).toMatchObject({ recipient: { id: "7100000000000009" } });
});

describe("every call is signed", () => {
  test("over the very bytes, in which nothing but ASCII stands", async () => {
    const { receiver, sandbox } = await withReceiver();
    await send(sandbox, { message: { text: "Größe 😀", metadata: "d1" } });
    await events(receiver, 3);
    expect(receiver.calls[0]?.body).toContain("Gr\\u00f6\\u00dfe \\ud83d\\ude00");
    expect(receiver.calls.map(isSigned)).toEqual(receiver.calls.map(() => true));
    expect(receiver.calls[0]?.headers["x-hub-signature-256"]).toHaveLength(71);
  });

  test("but where a fault forges one: it goes alone, and is not in the log", async () => {
    const logFile = join(temporaryFolder(), "events.ndjson");
    const webhook = { appSecret: SECRET, logFile };
    const { receiver, sandbox } = await withReceiver({ webhook, faultText: "bad_signature@2" });
    await send(sandbox);
    await events(receiver, 3);
    expect(receiver.calls.map(isSigned)).toEqual([true, false, true]);
    expect(receiver.calls.map(({ body }) => JSON.parse(body).entry[0].messaging.length)).toEqual([
      1, 1, 1,
    ]);
    const logged = readFileSync(logFile, "utf8");
    expect(logged).toContain("is_echo");
    expect(logged).not.toContain("delivery");
  });
});

describe("faults of events", () => {
  test.each([
    ["no_echo@1", ["delivery", "read"]],
    ["no_delivery@1", ["echo", "read"]],
    ["no_read@1", ["echo", "delivery"]],
    ["no_mids@1", ["echo", "delivery without mids", "read"]],
    ["event_twice@1", ["echo", "echo", "delivery", "read"]],
    ["event_late=50ms@1", ["delivery", "read", "echo"]],
  ])("%s", async (faults, expected) => {
    const { receiver, sandbox } = await withReceiver({ faultText: faults });
    await send(sandbox);
    expect((await events(receiver, expected.length)).map(kindOf)).toEqual(expected);
  });

  test("count the events that they could strike", async () => {
    const { receiver, sandbox } = await withReceiver({ faultText: "no_echo@2" });
    for (const id of ["d1", "d2", "d3"]) {
      await send(sandbox, { message: { text: "Hello", metadata: id } });
    }
    const echoes = (await events(receiver, 8)).filter((event) => kindOf(event) === "echo");
    expect(echoes.map(({ message }) => (message as { metadata: string }).metadata)).toEqual([
      "d1",
      "d3",
    ]);
  });

  test("of the Page: a restriction is told as a policy event", async () => {
    const { receiver, sandbox } = await withReceiver({ faultText: "restricted@1" });
    await send(sandbox);
    expect((await events(receiver, 1))[0]).toMatchObject({
      recipient: { id: PAGE },
      policy_enforcement: { action: "block", reason: expect.any(String) },
    });
    expect(receiver.events[0]).not.toHaveProperty("sender");
  });
});

function kindOf(event: Readonly<Record<string, unknown>>): string {
  if (event["message"] !== undefined) return "echo";
  const { delivery } = event;
  if (delivery === undefined) return "read";
  return (delivery as { mids?: unknown }).mids === undefined ? "delivery without mids" : "delivery";
}

describe("the log", () => {
  test("has one body a line, as it was posted, also without a receiver", async () => {
    const logFile = join(temporaryFolder(), "events.ndjson");
    const sandbox = await openSandbox({ webhook: { appSecret: SECRET, logFile } });
    for (let n = 0; n < 300; n++)
      await send(sandbox, { message: { text: "Hi", metadata: `d${n}` } });
    await sandbox.close();
    const bodies = readFileSync(logFile, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const echoed = bodies.flatMap(({ entry }) =>
      entry[0].messaging.flatMap((event: { message?: { metadata: string } }) =>
        event.message === undefined ? [] : [event.message.metadata],
      ),
    );
    expect(echoed).toEqual(Array.from({ length: 300 }, (_, n) => `d${n}`));
  });
});

describe("a receiver that is down", () => {
  test("is tried three times; then the events are lost, and counted", async () => {
    const { receiver, sandbox } = await withReceiver();
    receiver.status = 500;
    await send(sandbox);
    await vi.waitFor(() => expect(sandbox.webhooks?.lost).toBe(3), { timeout: 5000 });
    expect(receiver.calls).toHaveLength(3);
    expect(new Set(receiver.calls.map(({ body }) => body)).size).toBe(1);
    expect(sandbox.webhooks).toMatchObject({ posted: 0, waiting: 0, lastFailure: "HTTP 500" });
  });

  test("for a moment gets them in order nevertheless", async () => {
    const { receiver, sandbox } = await withReceiver();
    receiver.status = 503;
    await send(sandbox);
    await vi.waitFor(() => expect(receiver.calls).toHaveLength(1));
    receiver.status = 200;
    await vi.waitFor(() => expect(sandbox.webhooks?.posted).toBe(3), { timeout: 5000 });
    expect(sandbox.webhooks).toMatchObject({ lost: 0, lastFailure: null });
  });

  test("does not hold up sends", async () => {
    const webhook = { url: "http://127.0.0.1:9", appSecret: SECRET };
    const sandbox = await openSandbox({ webhook });
    for (let n = 0; n < 50; n++) await send(sandbox);
    expect(sandbox.deliveredCount).toBe(50);
  });
});

test("many events share a call", async () => {
  const { receiver, sandbox } = await withReceiver();
  const body = JSON.stringify(sendBody());
  const one = () => call(sandbox, `/v25.0/${PAGE}/messages`, { method: "POST", body });
  await Promise.all(Array.from({ length: 200 }, one));
  await events(receiver, 600);
  expect(receiver.calls.length).toBeLessThan(300);
  expect(receiver.events).toHaveLength(600);
});
