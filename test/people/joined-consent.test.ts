import { describe, expect, test } from "vitest";
import { fact, hourText, joined, OWN_COLUMNS, P, user } from "./joined-world.ts";

/** What the data says and when, what the person told the page at hour 5, and what holds. */
const ANSWERS = [
  [true, 4, false, false],
  [true, 6, false, true],
  [true, 5, false, false],
  [false, 4, true, true],
  [false, 6, true, false],
  [false, 5, true, false],
  [true, null, false, false],
  [false, null, true, false],
  [true, null, true, true],
  [null, null, true, true],
  [null, 6, true, null],
  [true, 6, null, true],
] as const;

describe("consent", () => {
  test.each(ANSWERS)(
    "%s since hour %s in the data and told %s is %s",
    async (...[own, at, told, is]) => {
      const users = [
        user(1, { ps_id: P(1), opt_in: own, opt_in_at: at === null ? null : hourText(at) }),
      ];
      const { users: found } = await joined({ users, facts: [fact(P(1), 5, { consent: told })] });
      expect((found["u1"] as unknown[])[2]).toBe(is);
    },
  );

  test("of the newest answer counts, and of two at one instant the no", async () => {
    const facts = [
      fact(P(1), 5, { consent: false, text: "stop" }),
      fact(P(1), 6, { consent: true, text: "start" }),
      fact(P(2), 5, { consent: true, text: "start" }),
      fact(P(2), 5, { consent: false, text: "stop" }),
    ];
    const { users } = await joined({ users: [user(1)], facts });
    expect(users).toMatchObject({
      [`messenger:${P(1)}`]: [P(1), 6, true, 6],
      [`messenger:${P(2)}`]: [P(2), 5, false, 5],
    });
  });

  test("that is not dated falls to whoever says no", async () => {
    const { consentAt: _, ...columns } = { ...OWN_COLUMNS, consentAt: 0 };
    const users = [user(1, { ps_id: P(1), opt_in: true }), user(2, { ps_id: P(2), opt_in: false })];
    const facts = [fact(P(1), 5, { consent: false }), fact(P(2), 5, { consent: true })];
    const found = await joined({ users, facts, columns, with: { consentAt: undefined } });
    expect(found.users).toMatchObject({ u1: [P(1), 5, false, null], u2: [P(2), 5, false, null] });
  });
});

test("a reaction that was taken back opens no window; an empty log is fine", async () => {
  const facts = [fact(P(1), 3, { kind: "reaction", opens: false })];
  expect((await joined({ users: [user(1)], facts })).users).toMatchObject({
    [`messenger:${P(1)}`]: [P(1), null, null, null],
  });
  const empty = await joined({ users: [user(1)], facts: [] });
  expect(Object.keys(empty.users)).toEqual(["u1"]);
});
