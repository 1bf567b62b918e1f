import { describe, expect, test } from "vitest";
import type { Campaign } from "../../src/model/campaign.ts";
import {
  type Change,
  DAY,
  fromNow,
  type LedgerEntry,
  ledgerSql,
  OpenWorld,
  person,
  psidOf,
} from "./judged-world.ts";

const WEEK = 7 * DAY;
const capped: Change = ({ guards }) => ({
  guards: { ...guards, frequencyCap: { max: 2, periodMs: WEEK } },
});

async function withSends(
  sends: readonly Partial<LedgerEntry>[],
  campaign: Partial<Campaign> = {},
): Promise<string | undefined> {
  const ledger = sends.map((send, n) => ({
    user_id: "u0",
    psid: psidOf(0),
    campaign: "other",
    occurrence: `o${n}`,
    ...send,
  }));
  const open = await OpenWorld.open({ people: [person(0)], ledger, with: capped });
  const { verdicts } = await open.select(campaign);
  open.close();
  return verdicts["u0"];
}

describe("the frequency cap slides over all campaigns", () => {
  const recent = { claimed_at: fromNow(-DAY) };
  test.for([
    ["one send", [recent], "eligible"],
    ["two sends", [recent, recent], "frequency_cap"],
    ["three sends", [recent, recent, recent], "frequency_cap"],
    ["the second just inside", [recent, { claimed_at: fromNow(-WEEK + 1) }], "frequency_cap"],
    ["the second on the edge", [recent, { claimed_at: fromNow(-WEEK) }], "eligible"],
    ["the second just outside", [recent, { claimed_at: fromNow(-WEEK - 1) }], "eligible"],
    ["an unknown outcome counts", [recent, { ...recent, status: "unknown" }], "frequency_cap"],
    ["a claim in flight counts", [recent, { ...recent, status: "claimed" }], "frequency_cap"],
    ["a failed one does not", [recent, { ...recent, status: "failed" }], "eligible"],
    ["a released one does not", [recent, { ...recent, status: "released" }], "eligible"],
    ["of a campaign that does not count", [recent, { ...recent, counts: false }], "eligible"],
    ["to somebody else", [recent, { ...recent, user_id: "u9" }], "eligible"],
  ] as const)("%s", async ([, sends, want]) => {
    expect(await withSends(sends)).toBe(want);
  });

  test("a campaign that need not obey is left alone", async () => {
    const frequencyCap = { obey: false, counts: true };
    expect(await withSends([recent, recent], { frequencyCap })).toBe("eligible");
  });
});

describe("campaigns that are judged earlier count for later ones", () => {
  async function inTurn(first: Partial<Campaign>, second: Partial<Campaign> = {}) {
    const people = [person(0), person(1), person(2, { opt_in: false })];
    const ledger = [{ user_id: "u0", campaign: "other", claimed_at: fromNow(-DAY) }];
    const open = await OpenWorld.open({ people, ledger, with: capped });
    const one = await open.select({ id: "first", rootId: "first", ...first });
    const two = await open.select({ id: "second", rootId: "second", ...second });
    open.close();
    return [one.verdicts, two.verdicts];
  }

  test("only those who are sent to", async () => {
    expect(await inTurn({})).toEqual([
      { u0: "eligible", u1: "eligible", u2: "no_consent" },
      { u0: "frequency_cap", u1: "eligible", u2: "no_consent" },
    ]);
  });

  test("not those of a campaign that does not count", async () => {
    const [, second] = await inTurn({ frequencyCap: { obey: true, counts: false } });
    expect(second).toMatchObject({ u0: "eligible" });
  });

  test("not for a campaign that need not obey", async () => {
    const [, second] = await inTurn({}, { frequencyCap: { obey: false, counts: true } });
    expect(second).toMatchObject({ u0: "eligible" });
  });

  test("who was only planned is forgotten when the ledger is read again", async () => {
    const people = [person(0)];
    const open = await OpenWorld.open({ people, with: capped });
    for (const id of ["a", "b"]) await open.select({ id, rootId: id });
    expect((await open.select({ id: "c", rootId: "c" })).verdicts).toEqual({ u0: "frequency_cap" });
    await open.audience.readLedger(ledgerSql([]));
    expect((await open.select({ id: "c", rootId: "c" })).verdicts).toEqual({ u0: "eligible" });
    open.close();
  });
});
