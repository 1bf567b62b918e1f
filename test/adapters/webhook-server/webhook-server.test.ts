import { describe, expect, test } from "vitest";
import { startWebhookServer } from "../../../src/adapters/webhook-server/start-webhook-server.ts";
import { metaJson, signature } from "../../../src/sandbox/webhooks/sign-body.ts";
import { APP_SECRET, openServer, post, signatureOf, talk, VERIFY_TOKEN } from "./webhook-server.ts";

const BODY = '{"object":"page","entry":[]}';
const MAX_BYTES = 16 * 1024 * 1024;

describe("a webhook that is signed with the app's secret", () => {
  test("is answered with 200 once it is kept, byte for byte", async () => {
    const { url, kept, server } = await openServer();
    const body = metaJson({ text: "Größe 😀" });
    expect(await post(url, body, signature(body, APP_SECRET))).toBe(200);
    expect(await post(`${url}/any/path?x=1`, "ü", signatureOf("ü"))).toBe(200);
    expect(kept).toEqual([body, "ü"]);
    expect(server.counts).toMatchObject({ accepted: 2, forged: 0, deferred: 0 });
  });

  test("is answered with 503 where it cannot be kept, and with 200 once it can", async () => {
    const { url, kept, disk, server } = await openServer();
    disk.isFull = true;
    expect(await post(url, BODY)).toBe(503);
    disk.isFull = false;
    expect(await post(url, BODY)).toBe(200);
    expect(kept).toEqual([BODY]);
    expect(server.counts).toMatchObject({ accepted: 1, deferred: 1 });
  });
});

describe("a webhook that is not is refused, and nothing of it is kept", () => {
  const right = signatureOf(BODY);
  test.each([
    ["of another secret", signatureOf(BODY, "another")],
    ["of another body", signatureOf(`${BODY} `)],
    ["with one digit changed", right.replace(/.$/, (last) => (last === "0" ? "1" : "0"))],
    ["cut short", right.slice(0, -1)],
    ["with more behind it", `${right}0`],
    ["in upper case", `sha256=${right.slice(7).toUpperCase()}`],
    ["without its algorithm", right.slice(7)],
    ["of the old kind", `sha1=${"0".repeat(40)}`],
    ["that is empty", ""],
  ])("%s", async (_, forged) => {
    const { url, kept, server } = await openServer();
    expect(await post(url, BODY, forged)).toBe(403);
    expect(kept).toEqual([]);
    expect(server.counts).toMatchObject({ accepted: 0, forged: 1 });
  });

  test("without any, or without a body", async () => {
    const { url, kept, server } = await openServer();
    expect((await fetch(url, { method: "POST", body: BODY })).status).toBe(403);
    expect(await post(url, "")).toBe(403);
    expect(kept).toEqual([]);
    expect(server.counts.forged).toBe(2);
  });
});

describe("the handshake", () => {
  const ask = async (url: string, over: Record<string, string | undefined> = {}) => {
    const asked = {
      "hub.mode": "subscribe",
      "hub.verify_token": VERIFY_TOKEN,
      "hub.challenge": "1158201444",
      ...over,
    };
    const sent = Object.entries(asked).filter(([, value]) => value !== undefined);
    const answer = await fetch(`${url}/?${new URLSearchParams(sent as [string, string][])}`);
    return { status: answer.status, text: await answer.text(), answer };
  };

  test("gives the challenge back as it came, as plain text", async () => {
    const { url, server } = await openServer();
    const { status, text, answer } = await ask(url);
    expect([status, text]).toEqual([200, "1158201444"]);
    expect(answer.headers.get("content-type")).toContain("text/plain");
    expect((await ask(url, { "hub.challenge": "<b>&" })).text).toBe("<b>&");
    expect(server.counts).toMatchObject({ subscribed: 2, unverified: 0 });
  });

  test.each([
    ["another token", { "hub.verify_token": "another" }],
    ["a longer token", { "hub.verify_token": `${VERIFY_TOKEN}x` }],
    ["no token", { "hub.verify_token": undefined }],
    ["another mode", { "hub.mode": "unsubscribe" }],
    ["no challenge", { "hub.challenge": undefined }],
    ["a challenge that is none", { "hub.challenge": "1".repeat(257) }],
  ])("is refused with %s", async (_, over) => {
    const { url, server } = await openServer();
    expect(await ask(url, over)).toMatchObject({ status: 403, text: "" });
    expect(server.counts).toMatchObject({ subscribed: 0, unverified: 1 });
  });
});

test("/health tells how it is, in counts", async () => {
  const { url } = await openServer();
  await post(url, BODY);
  const answer = await fetch(`${url}/health`);
  expect(await answer.json()).toMatchObject({ status: "ok", accepted: 1, forged: 0 });
});

test("other methods are not allowed", async () => {
  const { url } = await openServer();
  for (const method of ["PUT", "DELETE", "OPTIONS"]) {
    expect((await fetch(url, { method, ...(method === "PUT" && { body: BODY }) })).status).toBe(
      405,
    );
  }
});

describe("limits", () => {
  test("a body of 16 MB is taken, one byte more is not", async () => {
    const { url, kept } = await openServer();
    const body = Buffer.alloc(MAX_BYTES, "1");
    expect(await post(url, body)).toBe(200);
    const { port } = new URL(url);
    const head = `POST / HTTP/1.1\r\nhost: x\r\ncontent-length: ${MAX_BYTES + 1}\r\n\r\n`;
    expect(await talk(Number(port), head)).toMatch(/^HTTP\/1.1 413 /);
    expect(kept.map(({ length }) => length)).toEqual([MAX_BYTES]);
  });

  test("a body that does not say its length is cut off at the same one", async () => {
    const { server, kept } = await openServer();
    const half = "0".repeat(MAX_BYTES / 2);
    const chunk = `${half.length.toString(16)}\r\n${half}\r\n`;
    const head = "POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n";
    const answer = await talk(server.port, head, chunk, chunk, "1\r\n0\r\n0\r\n\r\n");
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
    expect(kept).toEqual([]);
    expect(server.counts.tooLong).toBe(1);
  });
});

/** These wait for real timers, most of the time at once. */
test("slow clients and slow disks hold nobody up for longer than Meta waits", async () => {
  const [clients, disk, crowd] = [await openServer(), await openServer(), await openServer()];
  disk.disk.hangs = true;
  crowd.disk.hangs = true;
  // 64 MB of bodies keep this process from looking at the clock: they come after the disk's turn.
  const inTurn = slowDisk(disk).then(() => tooMuchAtOnce(crowd));
  await Promise.all([slowClients(clients), inTurn]);
});

type Opened = Awaited<ReturnType<typeof openServer>>;

async function slowClients({ server, kept }: Opened) {
  const head = "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n";
  const start = performance.now();
  const answers = await Promise.all([
    talk(server.port, "POST / HTTP/1.1\r\nhost"),
    talk(server.port, head, "12345"),
  ]);
  expect(answers.map((answer) => answer.slice(0, 12))).toEqual(["HTTP/1.1 408", "HTTP/1.1 408"]);
  expect(performance.now() - start).toBeLessThan(13_000);
  expect(kept).toEqual([]);
}

async function slowDisk({ url }: Opened) {
  const start = performance.now();
  expect(await post(url, BODY)).toBe(503);
  expect(performance.now() - start).toBeGreaterThan(3_900);
  expect(performance.now() - start).toBeLessThan(5_000);
}

async function tooMuchAtOnce({ server, url, kept }: Opened) {
  const body = Buffer.alloc(MAX_BYTES, "1");
  const signed = signatureOf(body);
  const four = Promise.all([1, 2, 3, 4].map(() => post(url, body, signed)));
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  expect(await post(url, BODY)).toBe(503);
  expect(await four).toEqual([503, 503, 503, 503]);
  expect(kept).toEqual([]);
  expect(server.counts.deferred).toBe(5);
}

test("a port that is taken is told, and that it is", async () => {
  const { server } = await openServer();
  const again = startWebhookServer({
    host: "127.0.0.1",
    port: server.port,
    appSecret: APP_SECRET,
    verifyToken: VERIFY_TOKEN,
    append: async () => {},
    health: () => ({}),
  });
  await expect(again).rejects.toThrow(
    `cannot listen on 127.0.0.1:${server.port}: another program does already.`,
  );
});
