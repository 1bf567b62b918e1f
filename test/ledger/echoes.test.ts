import { describe, expect, test } from "vitest";
import { echoesIn } from "../../src/ledger/echoes.ts";
import type { JsonValue } from "../../src/model/json.ts";

const PAGE = "422500000000001";
const ID = "ab".repeat(32);

/** Meta's own sample of an echo, with a delivery id as its metadata. */
function echo(over: Record<string, JsonValue> = {}) {
  return {
    sender: { id: PAGE },
    recipient: { id: "7100000000000001" },
    timestamp: 1457764197627,
    message: { is_echo: true, app_id: 1517776481860111, metadata: ID, mid: "m_1", ...over },
  };
}

function envelope(...events: JsonValue[]): JsonValue {
  return { object: "page", entry: [{ id: PAGE, time: 1458692752478, messaging: events }] };
}

const FOUND = [{ deliveryId: ID, messageId: "m_1" }];

describe("an echo of the page's own message", () => {
  const cases: { name: string; body: JsonValue; found: unknown[] }[] = [
    { name: "stands in an envelope", body: envelope(echo()), found: FOUND },
    { name: "stands alone", body: echo(), found: FOUND },
    { name: "stands in a list", body: [echo(), envelope(echo())], found: [...FOUND, ...FOUND] },
    {
      name: "is found under standby, where another app owns the thread",
      body: { object: "page", entry: [{ id: PAGE, time: 1, standby: [echo()] }] },
      found: FOUND,
    },
    {
      name: "may lack the message's id",
      body: { ...echo(), message: { is_echo: true, metadata: ID } },
      found: [{ deliveryId: ID, messageId: null }],
    },
    {
      name: "of another page is none of ours",
      body: { ...echo(), sender: { id: "1" } },
      found: [],
    },
    { name: "with somebody else's metadata is none", body: echo({ metadata: "c=may" }), found: [] },
    { name: "without metadata is none", body: echo({ metadata: null }), found: [] },
    { name: "is not what people write", body: echo({ is_echo: false }), found: [] },
    {
      name: "is not a delivery, a read or something else",
      body: envelope(
        { sender: { id: "7" }, recipient: { id: PAGE }, delivery: { mids: ["m_1"], watermark: 1 } },
        { sender: { id: "7" }, recipient: { id: PAGE }, read: { watermark: 1 } },
        "text",
        null,
      ),
      found: [],
    },
    { name: "is not in what is no event", body: [1, "a", null, { entry: "x" }], found: [] },
  ];
  for (const { name, body, found } of cases) {
    test(name, () => {
      expect(echoesIn(body, PAGE)).toEqual(found);
    });
  }
});
