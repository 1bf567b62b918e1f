import { describe, expect, test } from "vitest";
import { call, codeOf, openSandbox, PAGE } from "./graph.ts";

const V = "/v25.0";

describe("what the sandbox keeps of a page", () => {
  test("is shown to a page token by id and as me", async () => {
    const sandbox = await openSandbox({ account: { pageName: "Shop" } });
    for (const path of [`${V}/${PAGE}?fields=id,name`, `${V}/me`]) {
      expect((await call(sandbox, path)).json).toEqual({ id: PAGE, name: "Shop" });
    }
  });

  test("has a subscription that can be changed and taken away", async () => {
    const sandbox = await openSandbox();
    const edge = `${V}/${PAGE}/subscribed_apps`;
    const fields = async () => (await call(sandbox, edge)).json.data?.[0]?.["subscribed_fields"];
    expect(await fields()).toContain("message_echoes");
    const body = new URLSearchParams({ subscribed_fields: "messages,message_reads" });
    await call(sandbox, edge, { method: "POST", body });
    expect(await fields()).toEqual(["messages", "message_reads"]);
    const none = await call(sandbox, edge, { method: "POST", body: new URLSearchParams() });
    expect(codeOf(none)).toBe("100");
    await call(sandbox, edge, { method: "DELETE" });
    expect((await call(sandbox, edge)).json.data).toEqual([]);
  });

  test("can be changed from outside, or is refused with reasons", async () => {
    const sandbox = await openSandbox();
    const post = (body: object) =>
      call(sandbox, "/sandbox/page", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    expect((await post({ scopes: ["pages_messaging"], clockAheadMs: 60_000 })).status).toBe(200);
    const debugged = await call(sandbox, `${V}/debug_token?input_token=any`);
    expect(debugged.json).toMatchObject({ data: { scopes: ["pages_messaging"] } });
    const date = Date.parse(debugged.headers.get("date") ?? "");
    expect(date - Date.now()).toBeGreaterThan(50_000);
    const refused = await post({ scopes: [1], nonsense: true });
    expect(refused.status).toBe(400);
    expect(refused.json["problems"]).toEqual([
      "scopes has a value that does not fit.",
      'The page has no "nonsense".',
    ]);
  });
});

describe("tokens of the sandbox", () => {
  const past = { account: { tokenExpiresAt: 1_700_000_000 } };

  test("expire: every call is then refused, and the app is told why", async () => {
    const sandbox = await openSandbox(past);
    expect(codeOf(await call(sandbox, `${V}/me`))).toBe("190/463");
    const token = "1111|any-secret";
    const { json } = await call(sandbox, `${V}/debug_token?input_token=x`, { token });
    expect(json).toMatchObject({ data: { is_valid: false, scopes: [], error: { subcode: 463 } } });
  });

  test("of the app inspect tokens and open nothing else", async () => {
    const sandbox = await openSandbox({ token: "own" });
    const token = "1111|any-secret";
    const inspect = (input: string) =>
      call(sandbox, `${V}/debug_token?input_token=${input}`, { token });
    expect((await inspect("own")).json).toMatchObject({ data: { is_valid: true } });
    expect((await inspect("other")).json).toMatchObject({ data: { is_valid: false } });
    expect(codeOf(await call(sandbox, `${V}/me`, { token }))).toBe("100");
  });

  test("of a person are exchanged for long ones, which list pages with their tokens", async () => {
    const account = { userToken: "person", otherPages: ["1", "2"], pageName: "Shop" };
    const sandbox = await openSandbox({ token: "own", account });
    const login = { grant_type: "fb_exchange_token", client_id: "1111", client_secret: "s" };
    const exchange = (token: string) =>
      call(sandbox, `${V}/oauth/access_token`, {
        method: "POST",
        body: new URLSearchParams({ ...login, fb_exchange_token: token }),
        token: null,
      });
    expect((await exchange("person")).json).toMatchObject({ access_token: "person-long" });
    expect(codeOf(await exchange("somebody"))).toBe("190");
    const list = (query: string) =>
      call(sandbox, `${V}/me/accounts?${query}`, { token: "person-long" });
    const first = (await list("limit=2")).json;
    expect(first.data?.map(({ id }) => id)).toEqual(["1", "2"]);
    expect(first.paging).toMatchObject({ cursors: { after: "2" }, next: "2" });
    const last = (await list("limit=2&after=2")).json;
    expect(last.data).toMatchObject([{ id: PAGE, name: "Shop", access_token: "own" }]);
    expect(last.paging?.next).toBeUndefined();
    expect(codeOf(await call(sandbox, `${V}/me`, { token: "person-long" }))).toBe("190");
  });
});
