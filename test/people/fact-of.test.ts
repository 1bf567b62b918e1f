import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/model/json.ts";
import { consentJudge } from "../../src/people/consent-signs.ts";
import { eventsIn } from "../../src/people/events-in.ts";
import { factOf } from "../../src/people/fact-of.ts";
import {
  ANA,
  AT,
  bodyOf,
  DELIVERED,
  DELIVERY,
  did,
  echoed,
  INBOUND,
  PAGE,
  policy,
  READ,
  wrote,
} from "./meta-events.ts";

const judge = consentJudge({
  optIn: { words: ["anmelden"], payloads: ["IN"] },
  optOut: { words: undefined, payloads: ["OUT"] },
});
const read = (event: JsonObject) => factOf({ event, entryId: undefined }, { pageId: PAGE, judge });

describe("of what a person did", () => {
  test.each(Object.entries(INBOUND))(
    "%s gives the PSID, the time and an open window",
    (_, event) => {
      expect(read(event)).toMatchObject({ psid: ANA, at: AT, opens: true, consent: null });
    },
  );

  test("a message is known by its mid, all else by who did what when", () => {
    expect(read(wrote("hi", { mid: "m_7" }))).toMatchObject({ key: "m_7", kind: "message" });
    const [a, b] = [read(INBOUND.referral), read(INBOUND.referral)];
    expect(a).toEqual(b);
    const others = [
      did({ referral: {} }, { at: AT + 1 }),
      did({ referral: {} }, { psid: "71000" }),
      INBOUND.optin,
    ];
    for (const other of others) expect(read(other)).not.toHaveProperty("key", keyOf(a));
    expect(keyOf(a)).toMatch(/^[0-9a-f]{32}$/);
  });

  test("a reaction that is taken back opens no window", () => {
    const back = did({ reaction: { reaction: "love", action: "unreact", mid: "m_1" } });
    expect(read(back)).toMatchObject({ psid: ANA, opens: false });
  });

  test("text, payload, title and ref are kept for campaigns that are sent on them", () => {
    expect(read(INBOUND.quickReply)).toMatchObject({ text: "Yes", payload: "YES" });
    expect(read(INBOUND.postback)).toMatchObject({
      title: "Start",
      payload: "GET_STARTED",
      ref: "u-ana",
    });
    expect(read(INBOUND.referral)).toMatchObject({ ref: "u-ana" });
    expect(read(INBOUND.optin)).toMatchObject({ payload: "OTN_42" });
    const ad = did({ message: { mid: "m_8", text: "hi", referral: { ref: "ad-1" } } });
    expect(read(ad)).toMatchObject({ ref: "ad-1" });
  });

  test.each([
    ["ana@shop.example", { email: "ana@shop.example" }],
    ["+49 30 1234-567", { phone: "+49 30 1234-567" }],
    ["TRACK_12345678", {}],
    ["123", {}],
  ])("a quick reply with %s shares what it looks like", (payload, shared) => {
    const fact = read(did({ message: { mid: "m_9", text: payload, quick_reply: { payload } } }));
    const { email, phone } = fact as { email?: string; phone?: string };
    expect({ ...(email && { email }), ...(phone && { phone }) }).toEqual(shared);
  });

  test("a text that ends in half a character is kept in a form that can be read again", () => {
    const fact = read(wrote(`${"a".repeat(1_999)}😀\0`)) as { text: string };
    expect(fact.text).toBe(`${"a".repeat(1_999)}\uFFFD`);
  });
});

describe("consent", () => {
  test.each([
    [wrote("STOP"), false],
    [wrote(" Stopp!! 🙏"), false],
    [wrote("please do not stop"), null],
    [wrote("De\u0301sabonner"), false],
    [wrote("\uff33\uff34\uff2f\uff30"), false],
    [wrote("…stop"), false],
    [wrote("sto"), null],
    [wrote("ANMELDEN."), true],
    [did({ message: { mid: "m", text: "No", quick_reply: { payload: "OUT" } } }), false],
    [did({ postback: { title: "More", payload: "IN" } }), true],
    [did({ postback: { title: "Abmelden", payload: "IN" } }), false],
    [did({ postback: { title: "Anmelden", payload: "X" } }), null],
    [did({ optin: { payload: "IN" } }), true],
    [
      did({
        optin: {
          type: "notification_messages",
          payload: "IN",
          notification_messages_status: "STOP NOTIFICATIONS",
        },
      }),
      false,
    ],
  ])("%j gives %s", (event, consent) => {
    expect(read(event)).toMatchObject({ consent });
  });
});

describe("nothing of a person is said by", () => {
  test.each([
    ["an echo of something else", echoed("c=autumn"), "receipt"],
    ["an echo without metadata", echoed(undefined), "receipt"],
    ["a delivery", DELIVERED, "receipt"],
    ["a read", READ, "receipt"],
    ["another page", { ...INBOUND.text, recipient: { id: "999990000000009" } }, "other_page"],
    ["a checkbox, which has a user_ref", { ...INBOUND.optin, sender: {} }, "no_person"],
    ["the page itself", did({ postback: {} }, { psid: PAGE }), "no_person"],
    ["a kind of which we know nothing", did({ account_linking: { status: "linked" } }), "other"],
  ])("%s", (_, event, ignored) => {
    expect(read(event)).toBe(ignored);
  });

  test("an echo with a delivery's id, which speaks of the delivery", () => {
    const fact = { kind: "echo", delivery: DELIVERY, mid: "m_echo", at: AT };
    expect(read(echoed(DELIVERY))).toMatchObject(fact);
    expect(read({ ...echoed(DELIVERY), sender: { id: "999990000000009" } })).toBe("other_page");
  });

  test("a delivery and a read that are null, which somebody's log may have made of none", () => {
    const event = { ...did({ message: { mid: "m_1", text: "stop" } }), delivery: null, read: null };
    expect(read(event)).toMatchObject({ kind: "message", key: "m_1", consent: false });
  });

  test("an unblock and a block of one instant, which are two policies", () => {
    const keys = ["unblock", "block", "block"].map((action) => read(policy(action)));
    expect(new Set(keys.map((fact) => (fact as { key: string }).key)).size).toBe(2);
  });

  test.each(["warning", "block", "unblock"])(
    "a policy's %s, which speaks of the page",
    (action) => {
      expect(read(policy(action))).toMatchObject({ kind: "policy", action, at: AT });
    },
  );
});

describe("cannot be an event", () => {
  test.each([
    ["without a time", { ...INBOUND.text, timestamp: null }],
    ["in the year 10000", { ...INBOUND.text, timestamp: 253_402_300_800_000 }],
    ["at a fraction of a millisecond", { ...INBOUND.text, timestamp: 1.5 }],
    ["to no page", { ...INBOUND.text, recipient: {} }],
    ["from an id that lost its digits", { ...INBOUND.text, sender: { id: 2 ** 60 } }],
    ["from an id that is none", { ...INBOUND.text, sender: { id: "../etc" } }],
  ])("what came %s", (_, event) => {
    expect(read(event as JsonObject)).toHaveProperty("fault");
  });

  test("but ids and times that somebody's log wrote the other way are read", () => {
    const event = { ...INBOUND.text, sender: { id: Number(ANA) }, timestamp: String(AT) };
    expect(read(event)).toMatchObject({ psid: ANA, at: AT });
  });
});

describe("the events of a line", () => {
  test("are those of all entries, where another app owns the thread too", () => {
    const entry = (messaging: object) => ({ id: PAGE, time: AT, ...messaging });
    const body = {
      object: "page",
      entry: [
        entry({ messaging: [INBOUND.text, INBOUND.referral] }),
        entry({ standby: [INBOUND.reply] }),
      ],
    } as unknown as JsonObject;
    expect(eventsIn(body)?.map(({ event }) => event)).toEqual([
      INBOUND.text,
      INBOUND.referral,
      INBOUND.reply,
    ]);
    expect(eventsIn([body, bodyOf(INBOUND.optin)])).toHaveLength(4);
    expect(eventsIn(INBOUND.text)).toEqual([{ event: INBOUND.text, entryId: undefined }]);
  });

  test("are none in a body of another product, nor in a test of Meta's dashboard", () => {
    expect(eventsIn({ ...bodyOf(INBOUND.text), object: "instagram" })).toEqual([]);
    const changes = [{ field: "messages", value: INBOUND.text }];
    expect(eventsIn({ object: "page", entry: [{ id: PAGE, changes }] })).toEqual([]);
  });

  test.each([["a text"], [5], [null], [{ hello: "world" }], [{ object: "page" }]])(
    "cannot be told from %j",
    (line) => {
      expect(eventsIn(line)).toBeUndefined();
      expect(eventsIn([line, INBOUND.text])).toBeUndefined();
    },
  );

  test("have the page of their entry where they name none", () => {
    const { recipient: _, ...event } = INBOUND.text;
    const [found] = eventsIn(bodyOf(event as JsonObject)) ?? [];
    expect(found && factOf(found, { pageId: PAGE, judge })).toMatchObject({ psid: ANA });
  });
});

function keyOf(fact: unknown): string {
  return String((fact as { key: string }).key);
}
