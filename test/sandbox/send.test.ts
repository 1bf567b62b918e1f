import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Person } from "../../src/sandbox/people.ts";
import { temporaryFolder } from "../cli/posthorn.ts";
import {
  ANA,
  BEN,
  call,
  codeOf,
  HandClock,
  NOW,
  openSandbox,
  PAGE,
  send,
  sendBody,
} from "./graph.ts";
import { proofOf } from "./proof.ts";

const HOUR = 3_600_000;

describe("a send that is taken", () => {
  test("answers with the recipient and a message id in Meta's shape", async () => {
    const { status, headers, json } = await send(await openSandbox());
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/json; charset=UTF-8");
    expect(headers.get("facebook-api-version")).toBe("v25.0");
    expect(json).toEqual({ recipient_id: ANA, message_id: expect.any(String) });
    expect(json.message_id).toMatch(/^m_[A-Za-z0-9_-]{80,200}$/);
  });

  test("has truly reached its person, as the log says", async () => {
    const logFile = join(temporaryFolder(), "delivered.ndjson");
    const clock = new HandClock();
    const sandbox = await openSandbox({ logFile, now: clock.now });
    const { json } = await send(sandbox);
    const delivered = {
      psid: ANA,
      deliveryId: "d1",
      message: { text: "Hello", metadata: "d1" },
      messageId: json.message_id,
      at: NOW,
    };
    expect(sandbox.delivered).toEqual([delivered]);
    expect(sandbox.deliveredCount).toBe(1);
    expect(JSON.parse(readFileSync(logFile, "utf8"))).toEqual(delivered);
    expect((await call(sandbox, "/sandbox/messages", { token: null })).json).toEqual({
      count: 1,
      repeats: [],
      messages: [delivered],
    });
  });

  test("twice with the same delivery id is a repeat", async () => {
    const sandbox = await openSandbox();
    await send(sandbox, { message: { text: "Other", metadata: "d2" } });
    for (let n = 0; n < 3; n++) await send(sandbox);
    expect(sandbox.repeats).toEqual([{ deliveryId: "d1", times: 3 }]);
  });

  test("can go to /me/messages and to an unversioned path", async () => {
    const sandbox = await openSandbox();
    const init = { method: "POST", body: JSON.stringify(sendBody()) };
    const me = await call(sandbox, "/v24.0/me/messages", init);
    const unversioned = await call(sandbox, `/${PAGE}/messages`, init);
    expect([me.status, unversioned.status]).toEqual([200, 200]);
    expect(me.headers.get("facebook-api-version")).toBe("v24.0");
    expect(unversioned.headers.get("facebook-api-version")).toBe("v26.0");
  });

  test("by a version that is gone is answered by the oldest that is left", async () => {
    const init = { method: "POST", body: JSON.stringify(sendBody()) };
    const { status, headers } = await call(await openSandbox(), `/v17.0/${PAGE}/messages`, init);
    expect([status, headers.get("facebook-api-version")]).toEqual([200, "v22.0"]);
  });
});

describe("the body and the token may come in several ways", () => {
  const form = new URLSearchParams({
    recipient: JSON.stringify({ id: ANA }),
    messaging_type: "UPDATE",
    message: JSON.stringify({ text: "Größe {1}", metadata: "d1" }),
  });
  const path = `/v25.0/${PAGE}/messages`;

  test.each<[string, string, string | URLSearchParams, string | null]>([
    ["form fields, token in the header", path, form, "right"],
    ["form fields, token among them", path, withToken(form), null],
    ["JSON, token in the query", `${path}?access_token=right`, JSON.stringify(sendBody()), null],
    ["JSON, token in it", path, JSON.stringify(sendBody({ access_token: "right" })), null],
  ])("%s", async (_, ...[url, body, token]) => {
    const sandbox = await openSandbox({ token: "right" });
    const { status } = await call(sandbox, url, { method: "POST", body, token });
    expect(status).toBe(200);
    expect(sandbox.delivered[0]?.psid).toBe(ANA);
  });

  test("umlauts and brackets in form fields arrive as they were written", async () => {
    const sandbox = await openSandbox();
    await call(sandbox, path, { method: "POST", body: form });
    expect(sandbox.delivered[0]?.message).toEqual({ text: "Größe {1}", metadata: "d1" });
  });

  test.each(["{", "[]", "null", "text", '"x"'])("a body of %s is refused", async (body) => {
    const headers = { "content-type": "application/json" };
    const answered = await call(await openSandbox(), path, { method: "POST", headers, body });
    expect(codeOf(answered)).toBe("100");
  });

  test("a body of more than a megabyte is not read", async () => {
    const body = JSON.stringify(sendBody({ message: { text: "x".repeat(1_100_000) } }));
    const { status } = await call(await openSandbox(), path, { method: "POST", body });
    expect(status).toBe(413);
  });

  test("without a token, and with an empty one", async () => {
    const sandbox = await openSandbox();
    expect(codeOf(await send(sandbox, {}, { token: null }))).toBe("2500");
    expect(codeOf(await send(sandbox, { access_token: "" }, { token: null }))).toBe("2500");
  });
});

function withToken(form: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...form, ["access_token", "right"]]);
}

describe("appsecret_proof", () => {
  const path = (proof: string) => `/v25.0/${PAGE}/messages?appsecret_proof=${proof}`;
  const init = { method: "POST", body: JSON.stringify(sendBody()), token: "right" };

  test("that fits is taken", async () => {
    const sandbox = await openSandbox({ appSecret: "secret" });
    expect((await call(sandbox, path(proofOf("right", "secret")), init)).status).toBe(200);
  });

  test.each([
    ["of another secret", proofOf("right", "other")],
    ["of another token", proofOf("other", "secret")],
    ["that is cut short", proofOf("right", "secret").slice(0, -2)],
    ["that is no hex", "zz"],
  ])("%s is refused", async (_, proof) => {
    const answered = await call(await openSandbox({ appSecret: "secret" }), path(proof), init);
    expect(codeOf(answered)).toBe("100");
    expect(answered.json.error?.message).toContain("Invalid appsecret_proof");
  });
});

describe("a refusal", () => {
  test("has Graph's shape and a trace of its own", async () => {
    const sandbox = await openSandbox({ people: { [ANA]: { exists: false } } });
    const [first, second] = [await send(sandbox), await send(sandbox)];
    expect(first.json).toEqual({
      error: {
        message: "(#100) No matching user found",
        type: "OAuthException",
        code: 100,
        error_subcode: 2018001,
        fbtrace_id: expect.any(String),
      },
    });
    expect(second.json.error?.fbtrace_id).not.toBe(first.json.error?.fbtrace_id);
    expect(sandbox.deliveredCount).toBe(0);
  });

  test("of a Page that is not this one names it", async () => {
    const init = { method: "POST", body: JSON.stringify(sendBody()) };
    const answered = await call(await openSandbox(), "/v25.0/999/messages", init);
    expect(codeOf(answered)).toBe("100/33");
    expect(answered.json.error?.message).toContain("'999'");
  });

  test.each<[string, Record<string, unknown>, string]>([
    ["no recipient", { recipient: undefined }, "100"],
    ["a recipient without id", { recipient: {} }, "100"],
    ["a recipient whose id is a number", { recipient: { id: 7 } }, "100"],
    ["an unknown messaging type", { messaging_type: "PROMOTION" }, "100"],
    ["an unknown notification type", { notification_type: "LOUD" }, "100"],
    ["no message", { message: undefined }, "100/2018034"],
    ["an empty message", { message: {} }, "100/2018034"],
    ["message and state together", { sender_action: "typing_on" }, "100/2018014"],
    ["a template beside the recipient", { template: { name: "x" } }, "100"],
    ["a tag without its messaging type", { tag: "HUMAN_AGENT" }, "100"],
    ["a messaging type without its tag", { messaging_type: "MESSAGE_TAG" }, "100"],
    ...["CONFIRMED_EVENT_UPDATE", "ACCOUNT_UPDATE", "POST_PURCHASE_UPDATE"].map(
      (tag): [string, Record<string, unknown>, string] => [
        `the dead tag ${tag}`,
        { messaging_type: "MESSAGE_TAG", tag },
        "100/1893061",
      ],
    ),
  ])("%s", async (_, over, code) => {
    expect(codeOf(await send(await openSandbox(), over))).toBe(code);
  });
});

test("typing reaches nobody and answers without message id", async () => {
  const sandbox = await openSandbox();
  const over = { message: undefined, messaging_type: undefined, sender_action: "typing_on" };
  expect((await send(sandbox, over)).json).toEqual({ recipient_id: ANA });
  expect(codeOf(await send(sandbox, { ...over, sender_action: "dance" }))).toBe("100");
  expect(sandbox.deliveredCount).toBe(0);
});

describe("the window", () => {
  const tagged = { messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT" };

  test.each<[string, Person, Record<string, unknown>, string]>([
    ["is open for somebody of whom nothing is known", {}, {}, "taken"],
    ["is open 24 hours after they wrote", { lastInboundAt: NOW - 24 * HOUR }, {}, "taken"],
    ["is closed a moment later", { lastInboundAt: NOW - 24 * HOUR - 1 }, {}, "10/2018278"],
    ["is closed for who never wrote", { lastInboundAt: null }, {}, "10/2018278"],
    ["lasts 7 days for a human agent", { lastInboundAt: NOW - 168 * HOUR }, tagged, "taken"],
    ["and no longer", { lastInboundAt: NOW - 168 * HOUR - 1 }, tagged, "10/2018278"],
  ])("%s", async (_, ...[person, over, code]) => {
    const clock = new HandClock();
    const sandbox = await openSandbox({ now: clock.now, people: { [ANA]: person } });
    expect(codeOf(await send(sandbox, over))).toBe(code);
  });
});

test("in development mode only testers are reached", async () => {
  const sandbox = await openSandbox({ mode: "development", testers: [BEN] });
  expect(codeOf(await send(sandbox))).toBe("200/2018028");
  expect(codeOf(await send(sandbox, { recipient: { id: BEN } }))).toBe("taken");
});

test("a strict sandbox knows only the people who were named", async () => {
  const sandbox = await openSandbox({ strict: true, people: { [ANA]: {} } });
  expect(codeOf(await send(sandbox))).toBe("taken");
  expect(codeOf(await send(sandbox, { recipient: { id: BEN } }))).toBe("100/2018001");
  const people = JSON.stringify({ [BEN]: { blocked: true } });
  await call(sandbox, "/sandbox/people", { method: "POST", body: people, token: null });
  expect(codeOf(await send(sandbox, { recipient: { id: BEN } }))).toBe("551/1545041");
});
