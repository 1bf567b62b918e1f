import { describe, expect, test } from "vitest";
import { call, codeOf, HandClock, openSandbox, PAGE, send, sendBody } from "./graph.ts";

const MINUTE = 60_000;

describe("sends a second", () => {
  test("above the limit are 613, until a second after the first of them", async () => {
    const clock = new HandClock();
    const sandbox = await openSandbox({ sendsPerSecond: 3, now: clock.now });
    for (const code of ["taken", "taken", "taken", "613"]) {
      expect(codeOf(await send(sandbox))).toBe(code);
    }
    clock.advance(999);
    expect(codeOf(await send(sandbox))).toBe("613");
    clock.advance(1);
    expect(codeOf(await send(sandbox))).toBe("taken");
  });

  test("are counted over any second, not over those of the clock", async () => {
    const clock = new HandClock();
    clock.advance(900);
    const sandbox = await openSandbox({ sendsPerSecond: 2, now: clock.now });
    await send(sandbox);
    clock.advance(50);
    await send(sandbox);
    clock.advance(100); // the clock shows another second by now
    expect(codeOf(await send(sandbox))).toBe("613");
  });

  test("count typing as well, but no other call", async () => {
    const sandbox = await openSandbox({ sendsPerSecond: 1, now: new HandClock().now });
    await call(sandbox, `/v25.0/${PAGE}/page_status`);
    const typing = { message: undefined, sender_action: "typing_on" };
    expect(codeOf(await send(sandbox, typing))).toBe("taken");
    expect(codeOf(await send(sandbox))).toBe("613");
  });
});

describe("a quota", () => {
  const quota = { calls: 10, periodMs: 60 * MINUTE };
  const usageOf = (headers: Headers) => {
    const text = headers.get("x-business-use-case-usage");
    return text === null ? null : JSON.parse(text)[PAGE][0];
  };

  test("shows in headers how much of it is used, in percent", async () => {
    const sandbox = await openSandbox({ quota, now: new HandClock().now });
    const shown: unknown[] = [];
    for (let n = 0; n < 3; n++) shown.push(usageOf((await send(sandbox)).headers));
    expect(shown).toEqual(
      [10, 20, 30].map((percent) => ({
        type: "messenger",
        call_count: percent,
        total_cputime: 0,
        total_time: 0,
        estimated_time_to_regain_access: 0,
      })),
    );
  });

  test("shows nothing below 1 %", async () => {
    const sandbox = await openSandbox({ quota: { ...quota, calls: 101 } });
    expect(usageOf((await send(sandbox)).headers)).toBeNull();
    expect(usageOf((await send(sandbox)).headers)).toMatchObject({ call_count: 1 });
  });

  test("that is used up refuses with 80006 and says when it is regained", async () => {
    const clock = new HandClock();
    const sandbox = await openSandbox({ quota, now: clock.now });
    for (let n = 0; n < 10; n++) expect(codeOf(await send(sandbox))).toBe("taken");
    const over = await send(sandbox);
    expect(codeOf(over)).toBe("80006");
    expect(usageOf(over.headers)).toMatchObject({
      call_count: 110,
      estimated_time_to_regain_access: 60,
    });
    clock.advance(59 * MINUTE);
    expect(codeOf(await send(sandbox))).toBe("80006");
    clock.advance(MINUTE);
    expect(codeOf(await send(sandbox))).toBe("taken");
  });

  test("counts sends alone: no reading, no refused token, no batch as such", async () => {
    const sandbox = await openSandbox({ quota, token: "right", now: new HandClock().now });
    const right = { token: "right" };
    await call(sandbox, `/v25.0/${PAGE}/conversations`, right);
    await call(sandbox, `/v25.0/${PAGE}/message_templates`, right);
    await call(sandbox, `/v25.0/debug_token?input_token=right`, right);
    await send(sandbox, {}, { token: "wrong" });
    const one = { method: "POST", relative_url: "me/messages", body: formOf(sendBody()) };
    const body = JSON.stringify({ batch: [one, one] });
    await call(sandbox, "/v25.0/", { ...right, method: "POST", body });
    const json = JSON.stringify(sendBody());
    const answered = await call(sandbox, "/me/messages", { ...right, method: "POST", body: json });
    expect(usageOf(answered.headers)).toMatchObject({ call_count: 30 });
  });
});

function formOf(body: Record<string, unknown>): string {
  const fields = Object.entries(body).map(([name, value]): [string, string] => [
    name,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return new URLSearchParams(fields).toString();
}
