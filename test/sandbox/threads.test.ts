import { expect, test } from "vitest";
import type { SendResult, SentEntry } from "../../src/sandbox/entry.ts";
import { Threads } from "../../src/sandbox/threads.ts";
import { ANA, BEN } from "./graph.ts";

const REFUSED: SendResult = { outcome: "refused", answer: "HTTP 400, 613: too many" };

function sent(psid: string, over: Partial<SentEntry> = {}): Omit<SentEntry, "number"> {
  return {
    kind: "sent",
    psid,
    at: 1,
    deliveryId: "d1",
    message: { text: "Hello" },
    result: { outcome: "delivered", messageId: "m_1" },
    tries: 1,
    request: { method: "POST", path: "/v25.0/me/messages", body: "json", params: {} },
    about: null,
    ...over,
  };
}

function threadsOf(keep: number): { threads: Threads; changed: string[] } {
  const changed: string[] = [];
  return { threads: new Threads(keep, (psid) => changed.push(psid)), changed };
}

test("the conversation that changed last stands first", () => {
  const { threads, changed } = threadsOf(100);
  for (const psid of [ANA, BEN, ANA]) threads.add(sent(psid));
  expect(threads.psids()).toEqual([ANA, BEN]);
  expect(changed).toEqual([ANA, BEN, ANA]);
});

test("a send that is refused again in the same way is one entry that counts its tries", () => {
  const { threads } = threadsOf(100);
  threads.add(sent(ANA, { result: REFUSED }));
  threads.add(sent(BEN));
  threads.add(sent(ANA, { result: REFUSED, at: 2 }));
  threads.add(sent(ANA, { result: { ...REFUSED, answer: "HTTP 400, 4: too many" } }));
  threads.add(sent(ANA));
  const seen = threads.of(ANA).map((entry) => entry.kind === "sent" && [entry.tries, entry.at]);
  expect(seen).toEqual([
    [2, 2],
    [1, 1],
    [1, 1],
  ]);
  expect(threads.entries).toHaveLength(4);
});

test("refusals without a delivery id, or after another message, stay apart", () => {
  const { threads } = threadsOf(100);
  threads.add(sent(ANA, { result: REFUSED, deliveryId: null }));
  threads.add(sent(ANA, { result: REFUSED, deliveryId: null }));
  threads.add(sent(BEN, { result: REFUSED, deliveryId: "d1" }));
  threads.add(sent(BEN, { result: REFUSED, deliveryId: "d2" }));
  expect([threads.of(ANA).length, threads.of(BEN).length]).toEqual([2, 2]);
});

test("only the newest entries are kept, and conversations without any go", () => {
  const { threads } = threadsOf(40);
  threads.add(sent("gone"));
  for (let n = 0; n < 300; n++) threads.add(sent(n % 2 === 0 ? ANA : BEN, { at: n }));
  expect(threads.entries).toHaveLength(40);
  expect(threads.entries[0]?.at).toBe(260);
  expect(threads.of("gone")).toEqual([]);
  expect(threads.psids()).toEqual([BEN, ANA]);
  expect(threads.of(ANA).length + threads.of(BEN).length).toBe(40);
});
