import { request } from "node:http";
import { describe, expect, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/start-sandbox.ts";
import { ANA, BEN, call, openSandbox, send } from "./graph.ts";

const HERE = { token: null };

describe("other pages of the browser", () => {
  /** A call with headers that `fetch` does not let one set. */
  function statusWith(sandbox: Sandbox, path: string, headers: Record<string, string>) {
    return new Promise<number | undefined>((resolve) => {
      const asked = request(`${sandbox.url}${path}`, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      asked.end();
    });
  }

  test.each([
    ["/sandbox/messages", { origin: "https://evil.example" }, 403],
    ["/sandbox/messages", { origin: "null" }, 403],
    ["/sandbox/messages", { host: "evil.example" }, 403],
    ["/inbox/", { host: "evil.example:80" }, 403],
    ["/sandbox/stream", { host: "evil.example" }, 403],
    ["/sandbox/messages", { host: "localhost:1" }, 200],
    ["/sandbox/messages", {}, 200],
  ])("of %s asked with %j are answered %i", async (path, headers, status) => {
    expect(await statusWith(await openSandbox(), path, headers)).toBe(status);
  });
});

describe("the page", () => {
  test("is where the address leads, and may load nothing from elsewhere", async () => {
    const { status, headers, text } = await call(await openSandbox(), "/", HERE);
    expect(status).toBe(200);
    expect(headers.get("content-security-policy")).toMatch(/default-src 'none'; script-src 'self'/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(text).toContain("<title>Inbox");
    expect(text).not.toMatch(/(?:src|href)="(?!\/inbox\/)|<style|<script(?! type="module" src)/);
  });

  test.each([
    "/inbox/../package.json",
    "/inbox/%2e%2e/%2e%2e/package.json",
    "/inbox/cli/sandbox.js",
    "/inbox/sandbox/page/../world.js",
    "/inbox/sandbox/page/none.js",
    "/sandbox/nothing",
    "/sandbox/constructor",
  ])("has no %s", async (path) => {
    const sandbox = await openSandbox();
    const status = await new Promise((resolve) => {
      const { hostname, port } = new URL(sandbox.url);
      request({ hostname, port, path }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).end();
    });
    expect(status).toBe(404);
  });
});

test("changes are streamed, those of a moment together", async () => {
  const sandbox = await openSandbox();
  const response = await fetch(`${sandbox.url}/sandbox/stream`);
  expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  await reader?.read();
  await Promise.all([send(sandbox), send(sandbox, { recipient: { id: BEN } })]);
  const { value = "" } = (await reader?.read()) ?? {};
  const { psids } = JSON.parse(value.replace(/^data: /, ""));
  expect([...psids].sort()).toEqual([ANA, BEN]);
  await reader?.cancel();
});
