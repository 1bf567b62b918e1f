import { describe, expect, test } from "vitest";
import type { InboundFact } from "../../src/model/inbound-fact.ts";
import { raw } from "../../src/model/sql.ts";
import { LAYOUTS } from "../adapters/duckdb/source-files.ts";
import { fact, hour, hourText, joined, openJoined, P, user } from "./joined-world.ts";

const single = LAYOUTS.filter(({ fileCount }) => fileCount === 1);

describe.each(single)("people who wrote, beside users in a $name", (layout) => {
  const facts: InboundFact[] = [
    fact(P(1), 9),
    fact(P(2), 3),
    fact(P(3), 5, { kind: "referral", ref: "u-code3" }),
    fact(P(4), 6, { consent: true }),
    fact(P(1), 8, { consent: false }),
  ];

  test("are seen with the newer fact of both, and anonymous where nobody is known", async () => {
    const users = [
      user(1, { ps_id: P(1), last_inbound_at: hourText(4), opt_in: true, opt_in_at: hourText(2) }),
      user(2, { ps_id: P(2), last_inbound_at: hourText(7), opt_in: true }),
      user(3),
    ];
    const { users: found, codes } = await joined({ layout, users, facts });
    expect(found).toEqual({
      u1: [P(1), 9, false, 8],
      u2: [P(2), 7, true, null],
      u3: [P(3), 5, null, null],
      [`messenger:${P(4)}`]: [P(4), 6, true, 6],
    });
    expect(codes).toEqual([]);
  });

  test("are known in an export that has none of Posthorn's columns", async () => {
    const { users: found, codes } = await joined({
      layout,
      users: [user(3)],
      columns: {},
      facts: facts.slice(2, 4),
    });
    expect(found).toEqual({
      u3: [P(3), 5, null, null],
      [`messenger:${P(4)}`]: [P(4), 6, true, 6],
    });
    expect(codes).toEqual([]);
  });

  test("set off campaigns by what they did, each event once", async () => {
    const events = [{ event_id: "e1", user_id: "u3", event: "bought", at: hourText(1) }];
    const told = { kind: "postback", payload: "MENU", text: undefined } as const;
    const data = await openJoined({
      layout,
      users: [user(3)],
      events,
      facts: [...facts.slice(2, 3), fact(P(3), 6, told), fact(P(4), 6, { text: "hello" })],
    });
    const rows = await data.engine.rows(
      raw(`SELECT user_id, event, epoch_ms("at") AS "at", text, payload, ref
        FROM events ORDER BY "at", user_id`),
    );
    expect(rows).toEqual([
      { user_id: "u3", event: "bought", at: hour(1), text: null, payload: null, ref: null },
      {
        user_id: "u3",
        event: "messenger_referral",
        at: hour(5),
        text: null,
        payload: null,
        ref: "u-code3",
      },
      {
        user_id: `messenger:${P(4)}`,
        event: "messenger_message",
        at: hour(6),
        text: "hello",
        payload: null,
        ref: null,
      },
      {
        user_id: "u3",
        event: "messenger_postback",
        at: hour(6),
        text: null,
        payload: "MENU",
        ref: null,
      },
    ]);
    expect(data.diagnostics).toEqual([]);
    data.engine.close();
  });
});

describe("a PSID is a known user's", () => {
  test.each([
    ["by the ref of a link", { kind: "referral", ref: "u-code1" }],
    ["by the payload of an opt-in", { kind: "optin", payload: "code1" }],
    ["by an address, whatever its case", { email: "ana.1@shop.EXAMPLE" }],
    ["by a number, however it is written", { phone: "+49 (30) 1111" }],
    ["by two of them that say the same", { ref: "u-code1", email: "ana.1@shop.example" }],
  ] as const)("%s", async (_, over) => {
    const { users } = await joined({ users: [user(1), user(2)], facts: [fact(P(1), 1, over)] });
    expect(users).toMatchObject({ u1: [P(1), 1, null, null], u2: [null, null, null, null] });
    expect(Object.keys(users)).toHaveLength(2);
  });

  test.each([
    ["a ref without the prefix", { ref: "code1" }],
    ["a ref that is the prefix alone", { ref: "u-" }],
    ["the payload of a button", { kind: "postback", payload: "code1" }],
    ["an address of nobody", { email: "ben@shop.example" }],
  ] as const)("but not by %s", async (_, over) => {
    const users = [user(1, { code: "code1" }), user(2, { code: "" })];
    const { users: found, codes } = await joined({ users, facts: [fact(P(1), 1, over)] });
    expect(Object.keys(found)).toEqual([`messenger:${P(1)}`, "u1", "u2"]);
    expect(codes).toEqual([]);
  });
});

describe("a conflict is reported and nothing is guessed where", () => {
  const conflict = ["DATA_PEOPLE_CONFLICT"];

  test("a PSID says to be two users", async () => {
    const facts = [fact(P(1), 1, { ref: "u-code1" }), fact(P(1), 2, { ref: "u-code2" })];
    const { users, codes, diagnostics } = await joined({ users: [user(1), user(2)], facts });
    expect(Object.keys(users)).toEqual([`messenger:${P(1)}`, "u1", "u2"]);
    expect(users["u1"]).toEqual([null, null, null, null]);
    expect(codes).toEqual(conflict);
    expect(diagnostics[0]?.detail).toContain("1 says to be several users, 0 say");
    expect(JSON.stringify(diagnostics)).not.toMatch(/u1|7100/);
  });

  test("two users share what a person shared", async () => {
    const users = [user(1, { email: "a@b.example" }), user(2, { email: "A@B.example" })];
    const { users: found, codes } = await joined({
      users,
      facts: [fact(P(1), 1, { email: "a@b.example" })],
    });
    expect(found).toHaveProperty(`messenger:${P(1)}`);
    expect(codes).toEqual(conflict);
  });

  test("a known person says to be another user", async () => {
    const users = [user(1, { ps_id: P(1) }), user(2)];
    const { users: found, codes } = await joined({
      users,
      facts: [fact(P(1), 4, { ref: "u-code2" })],
    });
    expect(found).toEqual({ u1: [P(1), 4, null, null], u2: [null, null, null, null] });
    expect(codes).toEqual(conflict);
  });

  test("a user has a PSID already", async () => {
    const { users, codes } = await joined({
      users: [user(1, { ps_id: P(9) })],
      facts: [fact(P(1), 4, { ref: "u-code1" })],
    });
    expect(users).toMatchObject({ u1: [P(9), null, null, null] });
    expect(users).toHaveProperty(`messenger:${P(1)}`);
    expect(codes).toEqual(conflict);
  });

  test("a user is claimed a second time: whoever came first stays", async () => {
    const facts = [fact(P(1), 5, { ref: "u-code1" }), fact(P(2), 4, { ref: "u-code1" })];
    const { users, codes } = await joined({ users: [user(1)], facts });
    expect(users).toMatchObject({ u1: [P(2), 4, null, null] });
    expect(users).toHaveProperty(`messenger:${P(1)}`);
    expect(codes).toEqual(conflict);
  });

  test("an export brings an anonymous user back: that is no conflict", async () => {
    const id = `messenger:${P(1)}`;
    const { users, codes } = await joined({
      users: [user(1, { user_id: id }), user(2)],
      facts: [fact(P(1), 4)],
    });
    expect(users).toEqual({ [id]: [P(1), 4, null, null], u2: [null, null, null, null] });
    expect(codes).toEqual([]);
  });
});
