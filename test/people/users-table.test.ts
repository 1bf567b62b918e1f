import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { InboundFact } from "../../src/model/inbound-fact.ts";
import type { UserSource } from "../../src/model/workspace.ts";
import { UsersTable } from "../../src/people/users-table.ts";
import { parseUsersText } from "../../src/people/users-text.ts";
import { attributesOf, userSource } from "../adapters/duckdb/data-workspace.ts";
import { SHUFFLED } from "./arbitrary-facts.ts";
import { fact, hourText, joined, P, RULES, user } from "./joined-world.ts";

const USERS = userSource(
  { pattern: "users.json", format: "json", attributes: {} },
  {
    lastInbound: "last_inbound_at",
    consent: { column: "opt_in" },
    consentAt: "opt_in_at",
    attributes: attributesOf({}),
  },
);

function tableOf(rows: readonly object[], over: Partial<UserSource> = {}): UsersTable {
  const text = parseUsersText(JSON.stringify(rows));
  if (text === undefined) throw new Error("no array of objects");
  return new UsersTable(text, { users: { ...USERS, ...over }, people: { join: RULES } });
}

function taken(rows: readonly object[], facts: readonly InboundFact[]) {
  const table = tableOf(rows);
  for (const one of facts) table.take(one);
  const users: Record<string, object> = {};
  for (const { user_id, ...others } of JSON.parse(table.toText())) users[user_id] = others;
  return { users, counts: table.counts() };
}

describe("what a person tells is written into their row", () => {
  test("PSID, last message and consent with its time, and nothing else", () => {
    const rows = [{ user_id: "u1", ps_id: P(1), name: "Ana", opt_in: null }];
    const facts = [fact(P(1), 3, { consent: true }), fact(P(2), 4, { opens: false })];
    expect(taken(rows, facts).users).toEqual({
      u1: {
        ps_id: P(1),
        name: "Ana",
        opt_in: true,
        last_inbound_at: hourText(3).replace(".000", ""),
        opt_in_at: hourText(3).replace(".000", ""),
      },
      [`messenger:${P(2)}`]: { ps_id: P(2) },
    });
  });

  test("under a column of Posthorn's where posthorn.yaml names none for the time", () => {
    const table = tableOf([], { consentAt: undefined, lastInbound: undefined });
    table.take(fact(P(1), 3, { consent: false }));
    expect(JSON.parse(table.toText())).toEqual([
      {
        user_id: `messenger:${P(1)}`,
        ps_id: P(1),
        opt_in: false,
        posthorn_consent_at: "2026-12-01T03:00:00Z",
      },
    ]);
  });

  test("a no that stands there without a date stays, in whatever order people answer", () => {
    const rows = [{ user_id: "u1", ps_id: P(1), opt_in: false }];
    const answers = [fact(P(1), 3, { consent: true }), fact(P(1), 2, { consent: false })];
    for (const facts of [answers, answers.toReversed()]) {
      const last = hourText(3).replace(".000", "");
      expect(taken(rows, facts).users).toEqual({
        u1: { ps_id: P(1), opt_in: false, last_inbound_at: last },
      });
    }
    const told = [fact(P(1), 4, { ref: "u-code1" }), fact(P(1), 3, { consent: true })];
    for (const facts of [told, told.toReversed()]) {
      const { users } = taken([{ user_id: "u1", code: "code1", opt_in: false }], facts);
      expect(users["u1"]).toMatchObject({ ps_id: P(1), opt_in: false });
    }
  });

  test.each(["T05:00:00+0000", " 05:00:00Z", "T07:00+02", "T05:00:00+00:00", "T05:00"])(
    "unless the row has a newer time, also one that is written as %s",
    (time) => {
      const own = { opt_in: true, opt_in_at: `2026-12-01${time}` };
      const row = { ps_id: P(1), ...own, last_inbound_at: `2026-12-01${time}` };
      const { users } = taken([{ user_id: "u1", ...row }], [fact(P(1), 4, { consent: false })]);
      expect(users["u1"]).toEqual(row);
    },
  );

  test("what is no yes and no no becomes no yes, so that a plan still finds fault with it", () => {
    const rows = [{ user_id: "u1", ps_id: P(1), opt_in: "false" }];
    const yes = taken(rows, [fact(P(1), 3, { consent: true })]);
    expect(yes.users["u1"]).toMatchObject({ opt_in: "false" });
    const no = taken(rows, [fact(P(1), 3, { consent: false })]);
    expect(no.users["u1"]).toMatchObject({ opt_in: false });
  });

  test("an anonymous person becomes a known user once they say who they are", () => {
    const rows = [{ user_id: "u1", code: "code1", name: "Ana" }, { user_id: "u2" }];
    const facts = [fact(P(1), 3, { consent: false }), fact(P(1), 2, { ref: "u-code1" })];
    const { users, counts } = taken(rows, facts);
    expect(Object.keys(users)).toEqual(["u1", "u2"]);
    expect(users["u1"]).toMatchObject({ ps_id: P(1), opt_in: false, name: "Ana" });
    expect(counts).toMatchObject({ people: 1, anonymous: 0, joined: 1 });
  });

  test("a number that is a PSID is one, with all its digits", () => {
    const table = tableOf([]);
    const text = parseUsersText('[{"user_id":7,"ps_id":71000000000000012345}]');
    const numbered = text && new UsersTable(text, { users: USERS, people: { join: [] } });
    expect(numbered?.take(fact("71000000000000012345", 3))).toBe(false);
    expect(table.take(fact("71000000000000012345", 3))).toBe(true);
  });
});

describe("a conflict is counted, and what is known stays", () => {
  const known = { several: [1, 0], second: [0, 1], none: [0, 0] } as const;
  const bare = { user_id: "u1", code: "c", email: "a@b.example" };

  test.each([
    [
      "two users by one PSID",
      [bare, { user_id: "u2", code: "d" }],
      [fact(P(1), 1, { ref: "u-c" }), fact(P(1), 2, { ref: "u-d" })],
      known.several,
    ],
    [
      "two users who share an address",
      [bare, { ...bare, user_id: "u2" }],
      [fact(P(1), 1, { email: "A@b.example" })],
      known.several,
    ],
    [
      "a user with another PSID",
      [{ ...bare, ps_id: P(9) }],
      [fact(P(1), 1, { ref: "u-c" }), fact(P(1), 1, { ref: "u-c" })],
      known.second,
    ],
    [
      "a user whom somebody is already",
      [bare],
      [fact(P(2), 4, { ref: "u-c" }), fact(P(1), 5, { ref: "u-c" })],
      known.second,
    ],
    [
      "an anonymous one into whom somebody wrote",
      [bare, { user_id: `messenger:${P(1)}`, ps_id: P(1), name: "Ben" }],
      [fact(P(1), 1, { ref: "u-c" })],
      known.several,
    ],
    ["nobody", [bare], [fact(P(1), 1, { ref: "u-c" }), fact(P(1), 2, { ref: "u-c" })], known.none],
  ] as const)("%s", (...[, rows, facts, [severalUsers, secondPsid]]) => {
    const { users, counts } = taken(rows, facts);
    expect(counts).toMatchObject({ severalUsers, secondPsid });
    const psids = Object.values(users).flatMap((one) => ("ps_id" in one ? [one.ps_id] : []));
    expect(new Set(psids).size).toBe(psids.length);
  });
});

test("any order and any repetition gives the same users", () => {
  const rows = [1, 2].map((n) => ({ user_id: `u${n}`, code: `code${n}`, name: "Ana" }));
  fc.assert(
    fc.property(SHUFFLED, ([facts, others]) => {
      expect(taken(rows, others).users).toEqual(taken(rows, facts).users);
    }),
    { numRuns: 500 },
  );
});

test("a plan sees the same users whether facts are in their rows or in a log", async () => {
  const rows = [user(1, { ps_id: P(1) }), user(2)];
  await fc.assert(
    fc.asyncProperty(SHUFFLED, async ([, facts]) => {
      const { users } = taken(rows, facts);
      const inRows = Object.entries(users).map(([user_id, one]) => ({ user_id, ...one }));
      const [written, logged] = await Promise.all([
        joined({ users: inRows, facts: [] }),
        joined({ users: rows, facts }),
      ]);
      expect(written).toEqual(logged);
    }),
    { numRuns: 8 },
  );
});
