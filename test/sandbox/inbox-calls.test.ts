import { describe, expect, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/start-sandbox.ts";
import {
  ANA,
  type Answered,
  BEN,
  call,
  codeOf,
  HandClock,
  NOW,
  openSandbox,
  send,
} from "./graph.ts";

const HERE = { token: null };

function ask(sandbox: Sandbox, path: string): Promise<Answered> {
  return call(sandbox, `/sandbox/${path}`, HERE);
}

function tell(sandbox: Sandbox, path: string, value: unknown): Promise<Answered> {
  const body = JSON.stringify(value);
  return call(sandbox, `/sandbox/${path}`, { ...HERE, method: "POST", body });
}

function aboutHeader(about: unknown) {
  const value = encodeURIComponent(JSON.stringify(about));
  return { "content-type": "application/json", "posthorn-about": value };
}

describe("the list of conversations", () => {
  async function three(): Promise<Sandbox> {
    const people = { "7100000000000003": { blocked: true } };
    const sandbox = await openSandbox({ people, now: new HandClock().now });
    const headers = aboutHeader({ campaign: "order/shipped" });
    await send(sandbox, { message: { text: "Größe XL", metadata: "d1" } }, { headers });
    await send(sandbox, { recipient: { id: BEN }, message: { text: "Hello", metadata: "d2" } });
    await send(sandbox, { recipient: { id: "7100000000000003" } });
    return sandbox;
  }

  test("has a row for each person, the one that changed last first", async () => {
    const { json } = await ask(await three(), "conversations");
    expect(json).toEqual({
      total: 3,
      from: 0,
      rows: [
        row("7100000000000003", { outcome: "refused" }),
        row(BEN, {}),
        row(ANA, { text: "Größe XL", campaign: "order/shipped" }),
      ],
    });
  });

  function row(psid: string, over: Record<string, unknown>) {
    const name = `Person ${psid.slice(-6)}`;
    const plain = { at: NOW, text: "Hello", outcome: "delivered", campaign: null };
    return { psid, name, ...plain, ...over };
  }

  test.each([
    ["search=GR%C3%96SSE", []],
    ["search=gr%C3%B6%C3%9Fe", [ANA]],
    [`search=${BEN}`, [BEN]],
    ["search=d2", [BEN]],
    ["search=shipped", [ANA]],
    ["search=metadata", []],
    ["campaign=order/shipped", [ANA]],
    ["outcome=refused", ["7100000000000003"]],
    ["outcome=delivered&search=hello", [BEN]],
    ["outcome=delivered&campaign=order/shipped&search=hello", []],
    ["from=1&count=1", [BEN]],
    ["from=9", []],
  ])("?%s gives %j", async (query, psids) => {
    const { json } = await ask(await three(), `conversations?${query}`);
    expect((json["rows"] as { psid: string }[]).map(({ psid }) => psid)).toEqual(psids);
  });
});

describe("a conversation", () => {
  test("is shown part by part", async () => {
    const sandbox = await openSandbox();
    for (let n = 1; n <= 5; n++) await send(sandbox, { message: { text: `No. ${n}` } });
    const part = async (query: string) => {
      const { json } = await ask(sandbox, `thread?psid=${ANA}&count=2${query}`);
      const entries = json["entries"] as { number: number }[];
      return [entries.map(({ number }) => number), json["hasOlder"], json["hasNewer"]];
    };
    expect(await part("")).toEqual([[4, 5], true, false]);
    expect(await part("&before=4")).toEqual([[2, 3], true, true]);
    expect(await part("&before=2")).toEqual([[1], false, true]);
    expect(await part("&after=1")).toEqual([[2, 3], true, true]);
    expect(await part("&after=5")).toEqual([[], true, false]);
  });

  test("tells of each send what came of it, for the person and for the sender", async () => {
    const sandbox = await openSandbox();
    const faults = "613@1..2,hang_before@4,html_500_after@5,no_id@6";
    await tell(sandbox, "faults", { faults });
    for (let n = 0; n < 3; n++) await send(sandbox);
    await expect(send(sandbox, {}, { signal: AbortSignal.timeout(100) })).rejects.toThrow();
    for (let n = 0; n < 2; n++) await send(sandbox);
    const { json } = await ask(sandbox, `thread?psid=${ANA}`);
    const sends = (json["entries"] as { content: { sent: Record<string, unknown> } }[]).map(
      ({ content: { sent } }) => [sent["outcome"], sent["answer"], sent["tries"]],
    );
    expect(sends).toEqual([
      ["refused", "HTTP 400, 613: (#613) Asked for by the sandbox's faults", 2],
      ["delivered", null, 1],
      ["lost", "no answer", 1],
      ["unconfirmed", "HTTP 500 without a clear answer", 1],
      ["unconfirmed", "HTTP 200 without a clear answer", 1],
    ]);
  });

  test("gives the raw request of a send, without token and proof", async () => {
    const sandbox = await openSandbox();
    await send(sandbox, { access_token: "secret", appsecret_proof: "secret" });
    const { json, text } = await ask(sandbox, `request?psid=${ANA}&number=1`);
    expect(json).toEqual({
      method: "POST",
      path: "/v25.0/422500000000001/messages",
      body: "json",
      params: {
        recipient: { id: ANA },
        messaging_type: "UPDATE",
        message: { text: "Hello", metadata: "d1" },
      },
    });
    expect(text).not.toContain("secret");
    expect((await ask(sandbox, `request?psid=${ANA}&number=2`)).status).toBe(400);
  });

  test.each([
    ["not encoded", "{", null],
    ["no JSON", encodeURIComponent("order/shipped"), null],
    ["no object", encodeURIComponent('"x"'), null],
    ["badly encoded", "%E0%A4%A", null],
    ["of other things", encodeURIComponent('{"campaign":7,"else":"x"}'), {}],
  ])("knows nothing of its campaign from a header that is %s", async (_, header, about) => {
    const sandbox = await openSandbox();
    const headers = { "content-type": "application/json", "posthorn-about": header };
    expect(codeOf(await send(sandbox, {}, { headers }))).toBe("taken");
    const { json } = await ask(sandbox, `thread?psid=${ANA}`);
    expect(json["entries"]).toMatchObject([{ content: { sent: { about } } }]);
  });
});

describe("an answer", () => {
  test.each([
    [{ type: "text", text: "Where is it?" }, "Where is it?"],
    [{ type: "quick_reply", title: "Yes", payload: "Y" }, "Yes"],
    [{ type: "postback", title: "Help", payload: "" }, "Help"],
  ])("%j opens the window and is a message of the person", async (inbound, text) => {
    const clock = new HandClock();
    const people = { [ANA]: { lastInboundAt: null, blocked: true } };
    const sandbox = await openSandbox({ people, now: clock.now });
    expect((await tell(sandbox, "answers", { psid: ANA, inbound })).json).toEqual({
      success: true,
    });
    expect(codeOf(await send(sandbox))).toBe("taken");
    const fields = encodeURIComponent("message,from");
    const { json } = await call(sandbox, `/v25.0/t_${ANA}/messages?fields=${fields}`);
    expect(json.data).toContainEqual({
      id: expect.stringMatching(/^m_/),
      message: text,
      from: expect.objectContaining({ id: ANA }),
    });
  });

  test.each([
    [{ psid: ANA }],
    [{ psid: "", inbound: { type: "text", text: "x" } }],
    [{ psid: ANA, inbound: { type: "text", text: "  " } }],
    [{ psid: ANA, inbound: { type: "text", text: "x".repeat(2001) } }],
    [{ psid: ANA, inbound: { type: "postback", title: "x" } }],
    [{ psid: ANA, inbound: { type: "wave" } }],
  ])("%j is refused with its reason", async (value) => {
    const { status, json } = await tell(await openSandbox(), "answers", value);
    expect(status).toBe(400);
    expect(json["problems"]).toEqual([expect.stringMatching(/\.$/)]);
  });
});

test("a switch of a person leaves the others as they are", async () => {
  const clock = new HandClock();
  const people = { [ANA]: { lastInboundAt: NOW - 25 * 3_600_000 } };
  const sandbox = await openSandbox({ people, now: clock.now });
  await tell(sandbox, "person", { psid: ANA, isBlocked: true });
  expect(codeOf(await send(sandbox))).toBe("551/1545041");
  await tell(sandbox, "person", { psid: ANA, isBlocked: false });
  expect(codeOf(await send(sandbox))).toBe("10/2018278");
  await tell(sandbox, "person", { psid: ANA, isWindowOpen: true });
  expect(codeOf(await send(sandbox))).toBe("taken");
});
