import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  exchangeUserToken,
  openGraphReader,
} from "../../../src/adapters/graph-api/graph-reader.ts";

const TOKEN = "EAAB-secret-token";
const SECRET = "secret-of-the-app";

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

interface Answering {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A server with one answer, and what it was asked. */
async function serve({ status = 200, headers = {}, body }: Answering) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk) => {
      text += chunk;
    });
    request.on("end", () => {
      const { method = "", url = "", headers: sent } = request;
      asked.push({ method, url, authorization: sent.authorization, body: text });
      response.writeHead(status, headers);
      response.end(typeof body === "string" ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/base`;
  return { url, asked };
}

function optionsFor(url: string, appSecret?: string) {
  const settings = { version: "v25.0", pageId: "1", timeoutMs: 2_000, connections: 1 };
  return { ...settings, url, token: TOKEN, appSecret };
}

async function ask(answering: Answering, appSecret?: string) {
  const { url, asked } = await serve(answering);
  const reader = openGraphReader(optionsFor(url, appSecret));
  onTestFinished(() => reader.close());
  return { reader, asked };
}

const error = (code: number, message: string) => ({ error: { code, message } });

describe("a question", () => {
  test("carries the token in its header and the proof in its query", async () => {
    const { reader, asked } = await ask({ body: { id: "1" } }, SECRET);
    await reader.read("1/page_status", { fields: "id,name" });
    const [only] = asked;
    expect(only).toMatchObject({ method: "GET", authorization: `Bearer ${TOKEN}`, body: "" });
    expect(only?.url).toMatch(
      /^\/base\/v25\.0\/1\/page_status\?fields=id%2Cname&appsecret_proof=[0-9a-f]{64}$/,
    );
  });

  test("without secret and parameters has no query", async () => {
    const { reader, asked } = await ask({ body: { id: "1" } });
    await reader.read("me");
    expect(asked[0]?.url).toBe("/base/v25.0/me");
  });

  test("is told with the version and the time of who answered", async () => {
    const date = "Tue, 01 Dec 2026 09:30:00 GMT";
    const headers = { "facebook-api-version": "v24.0", date };
    const { reader } = await ask({ headers, body: { id: "1" } });
    const heard = { version: "v24.0", at: Date.parse(date) };
    expect(await reader.read("me")).toEqual({ kind: "told", body: { id: "1" }, heard });
  });

  test("that is refused says so in Meta's words without secrets", async () => {
    const { reader } = await ask({ status: 400, body: error(190, `(#190) Bad ${TOKEN}`) });
    expect(await reader.read("me")).toMatchObject({
      kind: "refused",
      refusal: { code: 190, subcode: null, message: "(#190) Bad [token]", isDenied: true },
    });
  });

  test.each<[string, Answering]>([
    ["an HTML page", { status: 502, body: "<html>" }],
    ["a 200 that is no JSON", { body: "fine" }],
    ["a 500 with other JSON", { status: 500, body: { fine: true } }],
  ])("that is answered by %s was not answered", async (_, answering) => {
    const { reader } = await ask(answering);
    expect((await reader.read("me")).kind).toBe("unreached");
  });

  test("to nobody was not answered", async () => {
    const reader = openGraphReader(optionsFor("http://127.0.0.1:9"));
    onTestFinished(() => reader.close());
    expect(await reader.read("me")).toMatchObject({ kind: "unreached" });
  });
});

describe("a token that is inspected", () => {
  const part = (body: unknown, code = 200) => [{ code, body: JSON.stringify(body) }];

  test("travels in the body of a batch, and never in an address", async () => {
    const { reader, asked } = await ask({ body: part({ data: { is_valid: true } }) }, SECRET);
    expect(await reader.inspect("other token")).toMatchObject({
      kind: "told",
      body: { data: { is_valid: true } },
    });
    const [only] = asked;
    expect(only?.url).toBe("/base/v25.0/");
    const form = new URLSearchParams(only?.body);
    expect(JSON.parse(form.get("batch") ?? "")).toEqual([
      { method: "GET", relative_url: "debug_token?input_token=other+token" },
    ]);
    expect(form.get("appsecret_proof")).toMatch(/^[0-9a-f]{64}$/);
    expect(form.has("access_token")).toBe(false);
  });

  test.each([
    ["refused as a whole", { status: 400, body: error(190, "no") }, "refused"],
    ["refused in its part", { body: part(error(100, "no"), 400) }, "refused"],
    ["without a part", { body: [null] }, "unreached"],
  ])("may be %s", async (_, answering, kind) => {
    const { reader } = await ask(answering);
    expect((await reader.inspect(TOKEN)).kind).toBe(kind);
  });
});

test("an exchange sends all secrets in its body, without a header", async () => {
  const { url, asked } = await serve({ body: { access_token: "long" } });
  const login = { appId: "1111", appSecret: SECRET, userToken: "short" };
  const answer = await exchangeUserToken(optionsFor(url), login);
  expect(answer).toMatchObject({ kind: "told", body: { access_token: "long" } });
  expect(asked[0]).toMatchObject({
    method: "POST",
    url: "/base/v25.0/oauth/access_token",
    authorization: undefined,
  });
  expect(Object.fromEntries(new URLSearchParams(asked[0]?.body))).toEqual({
    grant_type: "fb_exchange_token",
    client_id: "1111",
    client_secret: SECRET,
    fb_exchange_token: "short",
  });
});
