import { describe, expect, test } from "vitest";
import { parseFaults } from "../../src/sandbox/parse-faults.ts";
import type { Sandbox } from "../../src/sandbox/start-sandbox.ts";
import { ANA, type Answered, BEN, call, codeOf, openSandbox } from "./graph.ts";
import { proofOf } from "./proof.ts";

interface Part {
  readonly code: number;
  readonly headers?: readonly { readonly name: string; readonly value: string }[];
  readonly body: string;
}

function message(psid: string, over: Record<string, unknown> = {}) {
  const body = new URLSearchParams({
    recipient: JSON.stringify({ id: psid }),
    messaging_type: "UPDATE",
    message: JSON.stringify({ text: "Hello", metadata: `d-${psid}` }),
  });
  return { method: "POST", relative_url: "me/messages", body: body.toString(), ...over };
}

function post(sandbox: Sandbox, batch: unknown, over: Record<string, unknown> = {}) {
  return call(sandbox, "/v25.0/", { method: "POST", body: JSON.stringify({ batch, ...over }) });
}

const partsOf = ({ text }: Answered): (Part | null)[] => JSON.parse(text);

describe("a batch", () => {
  test("answers each call in order, with headers and a body that is text", async () => {
    const sandbox = await openSandbox({ people: { [BEN]: { blocked: true } } });
    const answered = await post(sandbox, [message(ANA), message(BEN)]);
    const [first, second] = partsOf(answered);
    expect(answered.status).toBe(200);
    expect(first?.code).toBe(200);
    expect(JSON.parse(first?.body ?? "").recipient_id).toBe(ANA);
    expect(first?.headers).toContainEqual({ name: "facebook-api-version", value: "v26.0" });
    expect(second?.code).toBe(400);
    expect(JSON.parse(second?.body ?? "").error).toMatchObject({ code: 551 });
    expect(sandbox.delivered.map(({ psid }) => psid)).toEqual([ANA]);
  });

  test("leaves headers out where it is asked to", async () => {
    const parts = partsOf(
      await post(await openSandbox(), [message(ANA)], { include_headers: false }),
    );
    expect(parts).toEqual([{ code: 200, body: expect.any(String) }]);
  });

  test("may come as form fields", async () => {
    const form = new URLSearchParams({ batch: JSON.stringify([message(ANA)]) });
    const sandbox = await openSandbox();
    const answered = await call(sandbox, "/", { method: "POST", body: form });
    expect(partsOf(answered)).toHaveLength(1);
    expect(sandbox.deliveredCount).toBe(1);
  });

  test("takes 50 calls and refuses 51 as a whole", async () => {
    const sandbox = await openSandbox();
    const calls = Array.from({ length: 51 }, (_, n) => message(`71000000000000${n + 10}`));
    expect(codeOf(await post(sandbox, calls))).toBe("100");
    expect(sandbox.deliveredCount).toBe(0);
    expect(partsOf(await post(sandbox, calls.slice(1)))).toHaveLength(50);
    expect(sandbox.deliveredCount).toBe(50);
  });

  test("needs a token of its own, though each call may have another", async () => {
    const sandbox = await openSandbox({ token: "right" });
    const batch = [message(ANA, { access_token: "right" })];
    const init = { method: "POST", body: JSON.stringify({ batch }) };
    expect(codeOf(await call(sandbox, "/v25.0/", { ...init, token: null }))).toBe("2500");
    expect(partsOf(await call(sandbox, "/v25.0/", { ...init, token: "right" }))[0]?.code).toBe(200);
  });

  test("hands its proof to every call", async () => {
    const sandbox = await openSandbox({ appSecret: "secret" });
    const proof = { appsecret_proof: proofOf("any", "secret") };
    expect(partsOf(await post(sandbox, [message(ANA)], proof))[0]?.code).toBe(200);
  });

  test.each([["no list"], [{}], [7]])("that is %s is refused", async (batch) => {
    expect(codeOf(await post(await openSandbox(), batch))).toBe("100");
  });

  test("with an entry that is no call answers the others", async () => {
    const parts = partsOf(await post(await openSandbox(), ["x", message(ANA)]));
    expect(parts.map((part) => part?.code)).toEqual([400, 200]);
  });

  test("stands null for a call without answer, carried out or not", async () => {
    const faults = parseFaults("hang_before@1,hang_after@2").plan;
    const sandbox = await openSandbox(faults && { faults });
    const parts = partsOf(await post(sandbox, [message(ANA), message(BEN), message(ANA)]));
    expect(parts.map((part) => part?.code ?? null)).toEqual([null, null, 200]);
    expect(sandbox.delivered.map(({ psid }) => psid)).toEqual([BEN, ANA]);
  });
});
