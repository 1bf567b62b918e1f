import { createHmac } from "node:crypto";
import { createServer } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  BODY,
  gatewayTo,
  type Loopback,
  PAGE,
  sendOnce,
  startLoopback,
  TOKEN,
} from "./loopback.ts";

let server: Loopback;
beforeAll(async () => {
  server = await startLoopback(() => undefined);
});
beforeEach(() => {
  server.requests.length = 0;
});
afterAll(() => server.close());

function answerWith(status: number, body: string, headers: Record<string, string> = {}) {
  server.answering = (_request, response) => {
    response.writeHead(status, headers);
    response.end(body);
  };
}

const ok = JSON.stringify({ recipient_id: "7100000000000001", message_id: "m_1" });

describe("what the gateway writes", () => {
  it("posts the body as JSON to the page's messages, the token in the header alone", async () => {
    answerWith(200, ok);
    expect(await sendOnce(server.url)).toEqual({ status: "sent", messageId: "m_1" });
    const { request, body } = server.requests[0] ?? {};
    expect(request?.method).toBe("POST");
    expect(request?.url).toBe(`/v25.0/${PAGE}/messages`);
    expect(request?.headers["content-type"]).toBe("application/json");
    expect(request?.headers.authorization).toBe(`Bearer ${TOKEN}`);
    expect(JSON.parse(body ?? "")).toEqual(BODY);
  });

  it("carries the proof as a query parameter when there is a secret", async () => {
    answerWith(200, ok);
    await sendOnce(server.url, { appSecret: "app-secret" });
    const proof = createHmac("sha256", "app-secret").update(TOKEN).digest("hex");
    const url = server.requests[0]?.request.url;
    expect(url).toBe(`/v25.0/${PAGE}/messages?appsecret_proof=${proof}`);
  });

  it("keeps a path that stands in the address", async () => {
    answerWith(200, ok);
    await sendOnce(`${server.url}/mirror/`);
    expect(server.requests[0]?.request.url).toBe(`/mirror/v25.0/${PAGE}/messages`);
  });

  it("uses one connection again for the next send", async () => {
    answerWith(200, ok);
    const gateway = gatewayTo(server.url, { connections: 1 });
    await gateway.send(BODY);
    await gateway.send(BODY);
    await gateway.close();
    const ports = server.requests.map(({ request }) => request.headers.connection);
    expect(ports).toEqual(["keep-alive", "keep-alive"]);
  });
});

describe("connections that are kept", () => {
  it("are not used again when the server is about to close them", async () => {
    const ports = new Set<unknown>();
    server.answering = (request, response) => {
      ports.add(request.socket.remotePort);
      response.setHeader("keep-alive", "timeout=2");
      response.end(ok);
    };
    const gateway = gatewayTo(server.url, { connections: 1 });
    await gateway.send(BODY);
    await gateway.send(BODY);
    await gateway.close();
    expect(ports.size).toBe(2);
  });

  it("do not hold up the end: what has no answer yet is given up", async () => {
    server.answering = () => undefined;
    const gateway = gatewayTo(server.url, { timeoutMs: 60_000 });
    const hanging = gateway.send(BODY);
    while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await gateway.close();
    expect((await hanging).outcome.status).toBe("unknown");
  });
});

describe("the version that answers", () => {
  it.each([
    ["the one asked for", "v25.0", null],
    ["another one", "v24.0", "v24.0"],
    ["nonsense", "<b>", null],
    ["none", undefined, null],
  ])("is told when it is another one: %s", async (_name, version, want) => {
    answerWith(200, ok, version === undefined ? {} : { "facebook-api-version": version });
    const gateway = gatewayTo(server.url);
    expect(gateway.otherVersion).toBeNull();
    await gateway.send(BODY);
    expect(gateway.otherVersion).toBe(want);
    await gateway.close();
  });
});

describe("what did not leave", () => {
  it("says not_sent when the connection is refused", async () => {
    const closed = await startLoopback(() => undefined);
    await closed.close();
    const outcome = await sendOnce(closed.url);
    expect(outcome).toMatchObject({ status: "not_sent", retryAfterMs: null, limited: null });
    expect(outcome).toHaveProperty("error.message", "the connection failed (ECONNREFUSED)");
  });

  it("says not_sent when the name has no address", async () => {
    const outcome = await sendOnce("http://graph.invalid:9");
    expect(outcome.status).toBe("not_sent");
  });

  it("says not_sent when TLS fails", async () => {
    const outcome = await sendOnce(server.url.replace("http:", "https:"), { timeoutMs: 500 });
    expect(outcome.status).toBe("not_sent");
    expect(server.requests).toHaveLength(0);
  });

  it("says not_sent for what waited in vain for a connection, and never writes it", async () => {
    server.answering = () => undefined;
    const gateway = gatewayTo(server.url, { connections: 1, timeoutMs: 80 });
    const [first, second] = await Promise.all([gateway.send(BODY), gateway.send(BODY)]);
    await gateway.close();
    expect([first.outcome.status, second.outcome.status]).toEqual(["unknown", "not_sent"]);
    expect(server.requests).toHaveLength(1);
  });

  it("says not_sent after it was closed", async () => {
    const gateway = gatewayTo(server.url);
    await gateway.close();
    expect((await gateway.send(BODY)).outcome.status).toBe("not_sent");
  });
});

describe("what may have arrived", () => {
  it("says unknown when no answer comes in time", async () => {
    server.answering = () => undefined;
    const outcome = await sendOnce(server.url, { timeoutMs: 60 });
    expect(outcome).toHaveProperty("status", "unknown");
    expect(outcome).toHaveProperty("error.message", "no answer within 60 ms");
  });

  it("says unknown when the answer starts and does not end in time", async () => {
    server.answering = (_request, response) => {
      response.writeHead(200);
      response.write('{"message_id":');
    };
    expect(await sendOnce(server.url, { timeoutMs: 60 })).toHaveProperty("status", "unknown");
  });

  it("says unknown when the connection is reset after the request was written", async () => {
    server.answering = (request) => request.socket.resetAndDestroy();
    expect(await sendOnce(server.url)).toHaveProperty("status", "unknown");
    expect(server.requests).toHaveLength(1);
  });

  it("says unknown, and does not write again, when a connection dies under a send", async () => {
    const gateway = gatewayTo(server.url, { connections: 1 });
    answerWith(200, ok);
    await gateway.send(BODY);
    server.answering = (request) => request.socket.destroy();
    expect((await gateway.send(BODY)).outcome.status).toBe("unknown");
    await gateway.close();
    expect(server.requests).toHaveLength(2);
  });

  it("says unknown when the other side hangs up without reading HTTP", async () => {
    const rude = createServer((socket) => socket.once("data", () => socket.end("what?\r\n\r\n")));
    await new Promise<void>((resolve) => rude.listen(0, "127.0.0.1", resolve));
    const { port } = rude.address() as { port: number };
    expect(await sendOnce(`http://127.0.0.1:${port}`)).toHaveProperty("status", "unknown");
    rude.close();
  });

  it("says unknown for an answer that is too long to be one of Meta's", async () => {
    answerWith(200, JSON.stringify({ message_id: "m_1", padding: "x".repeat(300_000) }));
    expect(await sendOnce(server.url)).toHaveProperty("status", "unknown");
  });

  it("does not follow a redirect", async () => {
    answerWith(307, "", { location: `${server.url}/elsewhere` });
    expect(await sendOnce(server.url)).toHaveProperty("status", "unknown");
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ["an empty 200", 200, ""],
    ["a 200 that is no JSON", 200, '{"message_id":"m_1"'],
    ["a 200 without message_id", 200, '{"recipient_id":"7100000000000001"}'],
    ["a 200 with an empty message_id", 200, '{"message_id":""}'],
    ["a 200 with a list", 200, "[]"],
    ["a 500 with a page", 500, "<html></html>"],
    ["a 502 without a body", 502, ""],
    ["a 400 with a page", 400, "<html></html>"],
    ["a 404 with JSON that is no Graph error", 404, '{"error":"not found"}'],
    ["a 403 whose error has no code", 403, '{"error":{"message":"no"}}'],
  ])("says unknown for %s", async (_name, status, body) => {
    answerWith(status, body);
    expect(await sendOnce(server.url)).toHaveProperty("status", "unknown");
  });
});

describe("secrets and usage", () => {
  it("cuts token, secret, ids and token-like words out of Meta's words", async () => {
    const long = "z".repeat(500);
    const message = `Malformed ${TOKEN} EAAGother app-secret for 7100000000000001 ${long}`;
    answerWith(400, JSON.stringify({ error: { code: 190, message } }));
    const outcome = await sendOnce(server.url, { appSecret: "app-secret" });
    const words = "error" in outcome ? outcome.error.message : "";
    expect(words).toBe("Malformed [token] [token] [token] for [id] [token]");
  });

  it("gives at most 300 characters of Meta's words", async () => {
    answerWith(400, JSON.stringify({ error: { code: 190, message: "no way ".repeat(80) } }));
    const outcome = await sendOnce(server.url);
    expect("error" in outcome ? outcome.error.message.length : 0).toBe(300);
  });

  it("tells how full the limits are", async () => {
    const usage = `{"${PAGE}":[{"type":"messenger","call_count":97,"total_time":23}]}`;
    answerWith(200, ok, { "x-app-usage": '{"call_count":28}', "x-business-use-case-usage": usage });
    const gateway = gatewayTo(server.url);
    const sent = await gateway.send(BODY);
    await gateway.close();
    expect(sent.usage).toEqual({ percent: 97, regainAccessMs: null });
  });

  it("tells of no usage where no header does", async () => {
    answerWith(200, ok);
    const gateway = gatewayTo(server.url);
    expect((await gateway.send(BODY)).usage).toBeNull();
    await gateway.close();
  });
});
