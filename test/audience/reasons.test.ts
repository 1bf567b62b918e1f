import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Campaign } from "../../src/model/campaign.ts";
import { chance } from "../../src/model/chance.ts";
import type { Row } from "../adapters/duckdb/source-files.ts";
import { DAY, fromNow, HOUR, person, psidOf, verdicts, type World } from "./judged-world.ts";

/** People by what is told of them, each with the verdict that is wanted. */
type Cases = readonly (readonly [name: string, over: Row, want: string])[];

async function holdCases(
  cases: Cases,
  of: Omit<World, "people"> & { readonly campaign?: Partial<Campaign> } = {},
): Promise<void> {
  const people = cases.map(([, over], n) => person(n, over));
  const got = await verdicts({ ...of, people }, of.campaign);
  const told = cases.map(([name], n) => [name, got[String(people[n]?.["user_id"])]]);
  expect(told).toEqual(cases.map(([name, , want]) => [name, want]));
}

describe("no_psid", () => {
  test("without one, and with anything but 5 to 20 digits", () =>
    holdCases([
      ["absent", { ps_id: undefined }, "no_psid"],
      ["null", { ps_id: null }, "no_psid"],
      ["empty", { ps_id: "" }, "no_psid"],
      ["4 digits", { ps_id: "7100" }, "no_psid"],
      ["5 digits", { ps_id: "71000" }, "eligible"],
      ["20 digits", { ps_id: "12345678901234567890" }, "eligible"],
      ["21 digits", { ps_id: "123456789012345678901" }, "no_psid"],
      ["a letter", { ps_id: "71000000000000a1" }, "no_psid"],
      ["a number", { ps_id: 7100000000001234n }, "eligible"],
    ]));
});

describe("no_consent", () => {
  const cases: Cases = [
    ["true", { opt_in: true }, "eligible"],
    ["false", { opt_in: false }, "no_consent"],
    ["missing", { opt_in: null }, "no_consent"],
  ];
  test("without a true consent", () => holdCases(cases));

  test("nobody, where consent is assumed", () =>
    holdCases(
      cases.map(([name, over]) => [name, over, "eligible"]),
      { with: ({ users }) => ({ users: { ...users, consent: "assumed" } }) },
    ));
});

describe("not_tester", () => {
  const testers = { ana: psidOf(0), ben: psidOf(1) };
  const cases: Cases = [
    ["a tester", {}, "eligible"],
    ["another", {}, "eligible"],
    ["somebody else", {}, "not_tester"],
    ["without PSID", { ps_id: null }, "no_psid"],
  ];
  test("in development mode all but the testers", () =>
    holdCases(cases, {
      with: ({ page }) => ({ page: { ...page, mode: "development", testers } }),
    }));

  test("in live mode nobody", () =>
    holdCases(
      cases.map(([name, over, want]) => [name, over, want === "not_tester" ? "eligible" : want]),
      { with: ({ page }) => ({ page: { ...page, testers } }) },
    ));
});

describe("holdout", () => {
  function chanceOf(kind: string, seed: string, id: string): number {
    const digest = createHash("sha256").update(`${kind}\0${seed}\0${id}`).digest();
    return Number(digest.readBigUInt64BE() >> 12n) / 2 ** 52;
  }
  const people = Array.from({ length: 60 }, (_, n) => person(n));
  const idsBelow = (seed: string, share: number) =>
    people
      .map((one) => String(one["user_id"]))
      .filter((id) => chanceOf("holdout", seed, id) < share);

  test("those whose chance under the campaign's first id is below the share", async () => {
    const got = await verdicts({ people }, { holdout: 0.3, id: "renamed", rootId: "order/first" });
    const held = Object.keys(got).filter((id) => got[id] === "holdout");
    expect(held.sort()).toEqual(idsBelow("order/first", 0.3).sort());
    expect(held).not.toEqual(idsBelow("renamed", 0.3));
    expect(held.length).toBeGreaterThan(5);
  });

  test("the chance itself is not below it", async () => {
    const share = chanceOf("holdout", "hello", "u7");
    expect(await verdicts({ people }, { holdout: share })).toMatchObject({ u7: "eligible" });
    const above = share + 2 ** -52;
    expect(await verdicts({ people }, { holdout: above })).toMatchObject({ u7: "holdout" });
  });

  test("known people, so that no release draws them anew", () => {
    const drawn = ["u1", "u2", "user-17", "ä"].map((id) => chance("holdout", "order/shipped", id));
    expect(drawn).toEqual([
      0.9049058730908301, 0.027788590447754613, 0.5856057263406658, 0.734412663511665,
    ]);
  });
});

describe("unreachable", () => {
  const refusal = (n: number, settled_at: string) =>
    ({
      campaign: "other",
      user_id: `x${n}`,
      psid: psidOf(n),
      status: "failed",
      error_class: "user_unavailable",
      settled_at,
    }) as const;
  const refusedAt = fromNow(-2 * HOUR);

  test("since Meta said so of that PSID, under whatever id, until something came in", () =>
    holdCases(
      [
        ["inbound before", { last_inbound_at: fromNow(-2 * HOUR - 1) }, "unreachable"],
        ["inbound at that moment", { last_inbound_at: refusedAt }, "unreachable"],
        ["inbound after", { last_inbound_at: fromNow(-2 * HOUR + 1) }, "eligible"],
        ["no inbound", { last_inbound_at: null }, "unreachable"],
        ["never refused", {}, "eligible"],
      ],
      { ledger: [0, 1, 2, 3].map((n) => refusal(n, refusedAt)) },
    ));

  test("counted from the last time she said so", () =>
    holdCases([["refused twice", { last_inbound_at: fromNow(-2 * HOUR) }, "unreachable"]], {
      ledger: [refusal(0, fromNow(-3 * HOUR)), refusal(0, fromNow(-HOUR))],
    }));

  test("utility messages too, which need no window", () =>
    holdCases([["no inbound", { last_inbound_at: null }, "unreachable"]], {
      ledger: [refusal(0, refusedAt)],
      campaign: { messaging: "UTILITY" },
    }));

  test("other failures say nothing of whether somebody can be reached", () =>
    holdCases([["outside the window then", {}, "eligible"]], {
      ledger: [{ ...refusal(0, refusedAt), error_class: "outside_window" }],
    }));
});

describe("outside_window", () => {
  test("open while now is not after the last inbound, 24 hours and less the margin", () =>
    holdCases([
      ["just inside", { last_inbound_at: fromNow(-23 * HOUR + 1) }, "eligible"],
      ["on the edge", { last_inbound_at: fromNow(-23 * HOUR) }, "eligible"],
      ["just outside", { last_inbound_at: fromNow(-23 * HOUR - 1) }, "outside_window"],
      ["never wrote", { last_inbound_at: null }, "outside_window"],
      ["this very moment", { last_inbound_at: fromNow(0) }, "eligible"],
    ]));

  test("without a margin the window is 24 hours", () =>
    holdCases(
      [
        ["on the edge", { last_inbound_at: fromNow(-DAY) }, "eligible"],
        ["just outside", { last_inbound_at: fromNow(-DAY - 1) }, "outside_window"],
      ],
      { with: ({ page }) => ({ page: { ...page, windowMarginMs: 0 } }) },
    ));

  test("utility messages need none", () =>
    holdCases([["never wrote", { last_inbound_at: null }, "eligible"]], {
      campaign: { messaging: "UTILITY" },
    }));

  test("responses need it as updates do", () =>
    holdCases([["never wrote", { last_inbound_at: null }, "outside_window"]], {
      campaign: { messaging: "RESPONSE" },
    }));
});

describe("missing_value and invalid_message", () => {
  const content = (text: string, onMissing: "skip" | "blank" = "skip") => ({
    content: {
      message: { text },
      locales: new Map(),
      variants: [],
      fallbacks: {},
      onMissing,
    },
  });
  const cases: Cases = [
    ["a name", { first_name: "Ana" }, "eligible"],
    ["none", { first_name: null }, "missing_value"],
    ["an empty one", { first_name: "" }, "missing_value"],
    ["a blank one", { first_name: " " }, "missing_value"],
    ["one of 1,997 units", { first_name: "a".repeat(1_997) }, "eligible"],
    ["one of 1,998 units", { first_name: "a".repeat(1_998) }, "invalid_message"],
    ["one with a NUL of that length", { first_name: `\0${"a".repeat(1_997)}` }, "invalid_message"],
  ];
  test("what the message prints must be there, and fit Meta's limits", () =>
    holdCases(cases, { campaign: content("Hi {{first_name}}") }));

  test("nobody is left out for a value that nothing prints", () =>
    holdCases([["none", { first_name: null }, "eligible"]], {
      campaign: content("Hi{{#first_name}} {{first_name}}{{/first_name}}"),
    }));

  test("on_missing: blank sends without it", () =>
    holdCases([["none", { first_name: null }, "eligible"]], {
      campaign: content("Hi {{first_name}}", "blank"),
    }));

  test("people with the same words are left out together, others with them are not", () =>
    holdCases(
      [
        ["long", { first_name: "b".repeat(1_990), country: "DE", ltv: 1 }, "eligible"],
        [
          "long in Austria",
          { first_name: "b".repeat(1_990), country: "AUSTRIA", ltv: 0.1 },
          "invalid_message",
        ],
        [
          "the same again",
          { first_name: "b".repeat(1_990), country: "AUSTRIA", ltv: 0.1 },
          "invalid_message",
        ],
        ["without country", { first_name: "b".repeat(1_990), ltv: 1 }, "missing_value"],
        ["without number", { first_name: "b", country: "DE" }, "missing_value"],
      ],
      { campaign: content("Hi {{first_name}} {{country}} {{ltv}}") },
    ));
});
