import { describe, expect, test } from "vitest";
import { parseFaults } from "../../src/sandbox/parse-faults.ts";
import type { Sandbox } from "../../src/sandbox/start-sandbox.ts";
import { ANA, BEN, call, codeOf, openSandbox, PAGE, send, sendBody } from "./graph.ts";

async function withFaults(text: string): Promise<Sandbox> {
  const { plan, problems } = parseFaults(text);
  expect(problems).toBeUndefined();
  return openSandbox(plan && { faults: plan });
}

/** What a sender sees of one send: an HTTP answer, silence for 150 ms, or a connection cut. */
async function seen(sandbox: Sandbox): Promise<string> {
  const init = {
    method: "POST",
    headers: { "content-type": "application/json", authorization: "Bearer any" },
    body: JSON.stringify(sendBody()),
    signal: AbortSignal.timeout(150),
  };
  try {
    const answered = await fetch(`${sandbox.url}/v25.0/${PAGE}/messages`, init);
    const text = await answered.text();
    return `${answered.status} ${text.replace(/m_[\w-]+/, "m_…")}`;
  } catch (fault) {
    return fault instanceof Error && fault.name === "TimeoutError" ? "silence" : "cut";
  }
}

describe("the 2nd of three sends: what its sender sees, and whether it was delivered", () => {
  const taken = `200 {"recipient_id":"${ANA}","message_id":"m_…"}`;

  test.each<[string, RegExp | string, boolean]>([
    ["hang_before", "silence", false],
    ["hang_after", "silence", true],
    ["reset_before", "cut", false],
    ["reset_after", "cut", true],
    ["html_500", /^500 <html>/, false],
    ["html_500_after", /^500 <html>/, true],
    ["code_2", /^500 .*"code":2,.*"is_transient":true/, false],
    ["code_2_after", /^500 .*"code":2,/, true],
    ["garbage", /^200 \{"recipient_id":"7100000000000001","message_id":"m_…$/, true],
    ["empty", /^200 $/, true],
    ["no_id", `200 {"recipient_id":"${ANA}"}`, true],
    ["invalid_reply", /^500 .*"code":1,"error_subcode":1357046/, true],
    ["429", /^429 Too Many Requests$/, false],
    ["revoked", /^400 .*"code":190,"error_subcode":460/, false],
    ["restricted", /^400 .*"code":10,"error_subcode":1893063/, false],
    ["blocked", /^400 .*"code":551,"error_subcode":1545041/, false],
    ["613", /^400 .*"code":613/, false],
    ["368/1346003", /^400 .*"code":368,"error_subcode":1346003/, false],
    ["1", /^500 .*"code":1,/, false],
  ])("%s", async (name, expected, isDelivered) => {
    const sandbox = await withFaults(`${name}@2`);
    expect(await seen(sandbox)).toBe(taken);
    const second = await seen(sandbox);
    if (typeof expected === "string") expect(second).toBe(expected);
    else expect(second).toMatch(expected);
    expect(sandbox.deliveredCount).toBe(isDelivered ? 2 : 1);
    const isForGood = name === "revoked" || name === "restricted";
    if (isForGood) expect(await seen(sandbox)).toMatch(expected);
    else expect(await seen(sandbox)).toBe(taken);
  });
});

test("a delay takes the message at once and answers later", async () => {
  const sandbox = await withFaults("delay=300ms@1");
  expect(await seen(sandbox)).toBe("silence");
  expect(sandbox.deliveredCount).toBe(1);
  expect(await seen(sandbox)).toMatch(/^200 /);
});

test("delays add up, and go with another fault", async () => {
  const sandbox = await withFaults("delay=40ms:100%,delay=60ms:100%,html_500:100%");
  const startedAt = performance.now();
  expect((await send(sandbox)).status).toBe(500);
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(95);
});

test("a burst of 613 says when to come again, and passes", async () => {
  const sandbox = await withFaults("613=2s@2..4");
  const answers = [];
  for (let n = 0; n < 5; n++) answers.push(await send(sandbox));
  expect(answers.map(codeOf)).toEqual(["taken", "613", "613", "613", "taken"]);
  expect(answers.map(({ headers }) => headers.get("retry-after"))).toEqual([
    null,
    "2",
    "2",
    "2",
    null,
  ]);
});

test("usage headers rise over their calls and tell when access is regained", async () => {
  const sandbox = await withFaults("page_usage=50..110/3@2..5,app_usage=91@3");
  const shown = [];
  for (let n = 0; n < 6; n++) {
    const { headers } = await send(sandbox);
    const page = headers.get("x-business-use-case-usage");
    const usage = page === null ? null : JSON.parse(page)[PAGE][0];
    const app = headers.get("x-app-usage");
    shown.push([
      usage?.call_count ?? null,
      usage?.estimated_time_to_regain_access ?? null,
      app === null ? null : JSON.parse(app).call_count,
    ]);
  }
  expect(shown).toEqual([
    [null, null, null],
    [50, 3, null],
    [70, 3, 91],
    [90, 3, null],
    [110, 3, null],
    [null, null, null],
  ]);
});

test("a revoked token opens nothing any more, and works again with other faults", async () => {
  const sandbox = await withFaults("revoked@1");
  await send(sandbox);
  expect(codeOf(await call(sandbox, `/v25.0/${PAGE}/conversations`))).toBe("190/460");
  const debugged = await call(sandbox, "/v25.0/debug_token?input_token=any");
  expect(codeOf(debugged)).toBe("190/460");
  const body = JSON.stringify({ faults: "" });
  await call(sandbox, "/sandbox/faults", { method: "POST", body, token: null });
  expect(codeOf(await send(sandbox))).toBe("taken");
});

test("a restricted Page says so in its status", async () => {
  const sandbox = await withFaults("restricted@1");
  const status = async () => (await call(sandbox, `/v25.0/${PAGE}/page_status`)).json["status"];
  expect(await status()).toBe("ok");
  await send(sandbox);
  expect(await status()).toBe("restricted");
});

describe("chance", () => {
  async function drawn(faults: string, sends = 200): Promise<string> {
    const sandbox = await withFaults(faults);
    let codes = "";
    for (let n = 0; n < sends; n++) codes += (await send(sandbox)).status === 200 ? "." : "x";
    return codes;
  }

  test("strikes about as often as it says, and alike with the same seed", async () => {
    const [first, same, other] = [
      await drawn("613:20%,seed=3"),
      await drawn("613:20%,seed=3"),
      await drawn("613:20%,seed=4"),
    ];
    expect(same).toBe(first);
    expect(other).not.toBe(first);
    const struck = first.replaceAll(".", "").length;
    expect(struck).toBeGreaterThan(20);
    expect(struck).toBeLessThan(60);
  });

  test("never at 0 % and always at 100 %", async () => {
    expect(await drawn("613:0%", 50)).toBe(".".repeat(50));
    expect(await drawn("613:100%", 50)).toBe("x".repeat(50));
  });

  test("of being blocked is drawn once a person", async () => {
    const sandbox = await withFaults("blocked:50%,seed=1");
    const codes = new Map<string, Set<string>>();
    for (let n = 0; n < 60; n++) {
      const psid = String(7_100_000_000_000_000 + (n % 20));
      const seenBefore = codes.get(psid) ?? new Set();
      codes.set(psid, seenBefore.add(codeOf(await send(sandbox, { recipient: { id: psid } }))));
    }
    expect([...codes.values()].filter(({ size }) => size !== 1)).toEqual([]);
    expect(new Set([...codes.values()].map(([code]) => code))).toEqual(
      new Set(["taken", "551/1545041"]),
    );
  });
});

describe("faults that are set while it runs", () => {
  test("start their count anew", async () => {
    const sandbox = await openSandbox();
    for (let n = 0; n < 3; n++) await send(sandbox, { recipient: { id: BEN } });
    const body = JSON.stringify({ faults: "613@1" });
    const set = await call(sandbox, "/sandbox/faults", { method: "POST", body, token: null });
    expect(set.json).toEqual({ success: true });
    expect([codeOf(await send(sandbox)), codeOf(await send(sandbox))]).toEqual(["613", "taken"]);
  });

  test.each([{ faults: "nonsense" }, { faults: 7 }, {}])(
    "and cannot be read: %j",
    async (value) => {
      const body = JSON.stringify(value);
      const sandbox = await openSandbox();
      const set = await call(sandbox, "/sandbox/faults", { method: "POST", body, token: null });
      expect(set.status).toBe(400);
      expect(set.json["problems"]).toHaveLength(1);
    },
  );
});
