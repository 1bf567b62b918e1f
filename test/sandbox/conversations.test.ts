import { describe, expect, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/start-sandbox.ts";
import { ANA, BEN, call, codeOf, HandClock, NOW, openSandbox, PAGE, send } from "./graph.ts";

const EDGE = `/v25.0/${PAGE}/conversations?platform=messenger`;

/** Every row of a listing, page by page, at Meta's pace; and how many rows each page had. */
async function listAll(sandbox: Sandbox, clock: HandClock, path: string) {
  const rows: Readonly<Record<string, unknown>>[] = [];
  const sizes: number[] = [];
  let next: string | undefined = `${sandbox.url}${path}`;
  while (next !== undefined) {
    expect(new URL(next).origin).toBe(sandbox.url);
    const { json } = await call(sandbox, next.slice(sandbox.url.length));
    rows.push(...(json.data ?? []));
    sizes.push(json.data?.length ?? 0);
    next = json.paging?.next;
    clock.advance(500);
  }
  return { rows, sizes };
}

async function withPeople(count: number) {
  const clock = new HandClock();
  const sandbox = await openSandbox({ now: clock.now });
  for (let n = 0; n < count; n++) {
    clock.advance(1000);
    await send(sandbox, { recipient: { id: String(7_100_000_000_000_001 + n) } });
  }
  return { clock, sandbox };
}

describe("conversations", () => {
  test("are listed page by page, the newest first, with an empty page in between", async () => {
    const { clock, sandbox } = await withPeople(7);
    const { rows, sizes } = await listAll(sandbox, clock, `${EDGE}&limit=3`);
    expect(sizes).toEqual([3, 0, 3, 1]);
    const ids = Array.from({ length: 7 }, (_, n) => `t_${7_100_000_000_000_007 - n}`);
    expect(rows.map(({ id }) => id)).toEqual(ids);
  });

  test("name an address for the next page that holds everything but the token", async () => {
    const { sandbox } = await withPeople(3);
    const { json } = await call(sandbox, `${EDGE}&limit=2&access_token=any&fields=id`);
    const next = new URL(json.paging?.next ?? "");
    expect(`${next.origin}${next.pathname}`).toBe(`${sandbox.url}/v25.0/${PAGE}/conversations`);
    expect(Object.fromEntries(next.searchParams)).toEqual({
      platform: "messenger",
      limit: "2",
      fields: "id",
      after: "2e",
    });
  });

  test("that fit into one page have no next one", async () => {
    const { sandbox } = await withPeople(3);
    const { json } = await call(sandbox, `${EDGE}&limit=3`);
    expect(json.data).toHaveLength(3);
    expect(json.paging).toBeUndefined();
  });

  test("show id and time unless asked for more", async () => {
    const { sandbox } = await withPeople(1);
    expect((await call(sandbox, EDGE)).json.data).toEqual([
      { id: `t_${ANA}`, updated_time: "2026-12-01T09:30:01+0000" },
    ]);
  });

  test("show what is asked for, and nothing of metadata", async () => {
    const { sandbox } = await withPeople(1);
    const fields = "participants,messages.limit(1){created_time,from,message}";
    const { json } = await call(sandbox, `${EDGE}&fields=${encodeURIComponent(fields)}`);
    const page = { name: "Sandbox", email: `${PAGE}@facebook.com`, id: PAGE };
    const ana = { name: "Person 000001", email: `${ANA}@facebook.com`, id: ANA };
    expect(json.data).toEqual([
      {
        id: `t_${ANA}`,
        participants: { data: [ana, page] },
        messages: {
          data: [
            {
              id: sandbox.delivered[0]?.messageId,
              created_time: "2026-12-01T09:30:01+0000",
              from: page,
              message: "Hello",
            },
          ],
        },
      },
    ]);
  });

  test.each(["id,", "messages{id", "messages}", "a b{", "messages.limit(x"])(
    "asked for with fields=%s are a syntax error",
    async (fields) => {
      const { sandbox } = await withPeople(1);
      const answered = await call(sandbox, `${EDGE}&fields=${encodeURIComponent(fields)}`);
      expect(codeOf(answered)).toBe("2500");
    },
  );

  test("of one person can be asked for, and are none for a stranger", async () => {
    const { sandbox, clock } = await withPeople(2);
    expect((await call(sandbox, `${EDGE}&user_id=${BEN}`)).json.data).toHaveLength(1);
    clock.advance(1000);
    expect((await call(sandbox, `${EDGE}&user_id=999999`)).json.data).toEqual([]);
  });

  test("are read at two calls a second, and no more", async () => {
    const { sandbox, clock } = await withPeople(1);
    expect(codeOf(await call(sandbox, EDGE))).toBe("taken");
    expect(codeOf(await call(sandbox, `/v25.0/t_${ANA}/messages`))).toBe("taken");
    expect(codeOf(await call(sandbox, EDGE))).toBe("613");
    clock.advance(1000);
    expect(codeOf(await call(sandbox, EDGE))).toBe("taken");
  });

  test("exist with those who wrote, not with those who were only refused", async () => {
    const clock = new HandClock();
    const people = {
      [ANA]: { lastInboundAt: NOW - 60_000 },
      [BEN]: { lastInboundAt: null },
    };
    const sandbox = await openSandbox({ people, now: clock.now });
    expect(codeOf(await send(sandbox, { recipient: { id: BEN } }))).toBe("10/2018278");
    const fields = encodeURIComponent("messages{from,message}");
    const { json } = await call(sandbox, `${EDGE}&fields=${fields}`);
    expect(json.data).toMatchObject([
      { id: `t_${ANA}`, messages: { data: [{ message: "Hello", from: { id: ANA } }] } },
    ]);
    expect(json.data).toHaveLength(1);
  });
});

describe("a thread's messages", () => {
  test("are the newest 20; an older one counts as deleted", async () => {
    const clock = new HandClock();
    const sandbox = await openSandbox({ now: clock.now });
    for (let n = 0; n < 22; n++) {
      clock.advance(1000);
      await send(sandbox, { message: { text: `Message ${n}` } });
    }
    const fields = encodeURIComponent("message");
    const { json } = await call(sandbox, `/v25.0/t_${ANA}/messages?fields=${fields}`);
    expect(json.data?.map(({ message }) => message)).toEqual(
      Array.from({ length: 20 }, (_, n) => `Message ${21 - n}`),
    );
    const [oldest, older, kept] = sandbox.delivered.map(({ messageId }) => messageId);
    clock.advance(1000);
    expect(codeOf(await call(sandbox, `/v25.0/${oldest}`))).toBe("9000001");
    expect(codeOf(await call(sandbox, `/v25.0/${older}`))).toBe("9000001");
    clock.advance(1000);
    const shown = await call(sandbox, `/v25.0/${kept}?fields=message`);
    expect(shown.json).toEqual({ id: kept, message: "Message 2" });
  });

  test("of a thread or with an id that is not there are refused", async () => {
    const sandbox = await openSandbox();
    expect(codeOf(await call(sandbox, "/v25.0/t_999999/messages"))).toBe("100/33");
    expect(codeOf(await call(sandbox, "/v25.0/m_unknown"))).toBe("100/33");
  });
});
