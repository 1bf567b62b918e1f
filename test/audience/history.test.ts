import { describe, expect, test } from "vitest";
import type { Campaign } from "../../src/model/campaign.ts";
import type { FailureClass } from "../../src/model/delivery.ts";
import { campaignWith } from "../plan/fixtures.ts";
import { DAY, fromNow, type LedgerEntry, person, psidOf, verdicts } from "./judged-world.ts";

/** What the ledger tells of one person each, and the verdict that is wanted. */
type Histories = readonly (readonly [
  name: string,
  entry: Partial<LedgerEntry> | null,
  want: string,
])[];

async function holdHistories(
  cases: Histories,
  campaign: Partial<Campaign> = {},
  triedAt?: string,
): Promise<void> {
  const people = cases.map((_, n) => person(n));
  const ledger = cases.flatMap(([, entry], n) =>
    entry === null ? [] : [{ user_id: `u${n}`, psid: psidOf(n), ...entry }],
  );
  const got = await verdicts({ people, ledger, ...(triedAt && { triedAt }) }, campaign);
  const told = cases.map(([name], n) => [name, got[`u${n}`]]);
  expect(told).toEqual(cases.map(([name, , want]) => [name, want]));
}

const EVERY: Partial<Campaign> = {
  send: {
    kind: "every",
    cron: "0 10 * * *",
    zone: { kind: "zone", zone: "UTC" },
    from: undefined,
    until: undefined,
    lateByMs: DAY,
  },
  repeat: { kind: "every_occurrence" },
};
/** Due today, and the day before. */
const TODAY = "2026-12-01T10:00:00Z";
const YESTERDAY = "2026-11-30T10:00:00Z";
const WEEK = 7 * DAY;

describe("already_sent", () => {
  test("once: sent at any time, in any occurrence of this campaign", () =>
    holdHistories([
      ["nothing", null, "eligible"],
      ["sent", {}, "already_sent"],
      ["sent a year ago", { claimed_at: fromNow(-365 * DAY) }, "already_sent"],
      ["sent in another occurrence", { occurrence: "2026-01-01T10:00:00Z" }, "already_sent"],
      ["sent by another campaign", { campaign: "other" }, "eligible"],
      ["sent to the PSID under another id", { user_id: "old" }, "already_sent"],
      ["sent under another PSID", { psid: "7999999999999999" }, "already_sent"],
    ]));

  test("the history of a renamed campaign is that of its first id", () =>
    holdHistories(
      [
        ["under the first id", { campaign: "old/name" }, "already_sent"],
        ["under its own", { campaign: "hello" }, "eligible"],
      ],
      { rootId: "old/name" },
    ));

  test("every_occurrence: sent in this one", () =>
    holdHistories(
      [
        ["in this one", { occurrence: TODAY }, "already_sent"],
        ["in the one before", { occurrence: YESTERDAY }, "eligible"],
        ["to the PSID in this one", { user_id: "old", occurrence: TODAY }, "already_sent"],
        ["to the PSID before", { user_id: "old", occurrence: YESTERDAY }, "eligible"],
      ],
      EVERY,
    ));

  test("after 7d: in this one, or less than that ago", () =>
    holdHistories(
      [
        ["just inside", { occurrence: "x", claimed_at: fromNow(-WEEK + 1) }, "already_sent"],
        ["on the edge", { occurrence: "x", claimed_at: fromNow(-WEEK) }, "eligible"],
        ["just outside", { occurrence: "x", claimed_at: fromNow(-WEEK - 1) }, "eligible"],
        [
          "long ago, this one",
          { occurrence: TODAY, claimed_at: fromNow(-9 * DAY) },
          "already_sent",
        ],
        ["to the PSID", { user_id: "old", occurrence: "x" }, "already_sent"],
      ],
      { ...EVERY, repeat: { kind: "after", periodMs: WEEK } },
    ));

  test("once, of a campaign that comes again: any occurrence", () =>
    holdHistories([["in the one before", { occurrence: YESTERDAY }, "already_sent"]], {
      ...EVERY,
      repeat: { kind: "once" },
    }));
});

describe("already_failed", () => {
  const failed = (error_class: FailureClass, over: Partial<LedgerEntry> = {}) =>
    ({ status: "failed", error_class, settled_at: fromNow(-2 * DAY), ...over }) as const;
  const cases: Histories = [
    ["unavailable", failed("user_unavailable"), "already_failed"],
    ["outside the window", failed("outside_window"), "already_failed"],
    ["refused otherwise", failed("rejected"), "already_failed"],
    ["invalid, the same revision", failed("message_invalid"), "already_failed"],
    [
      "invalid, another revision",
      failed("message_invalid", { revision: "sha256:old" }),
      "eligible",
    ],
    ["denied", failed("denied"), "eligible"],
    ["page restricted", failed("page_restricted"), "eligible"],
    [
      "rejected, another revision",
      failed("rejected", { revision: "sha256:old" }),
      "already_failed",
    ],
    ["released", { status: "released" }, "eligible"],
  ];
  test("final failures of this occurrence; what can change is due again", () =>
    holdHistories(cases));

  test("in another occurrence a failure is no reason", () =>
    holdHistories(
      [
        ["this one", failed("rejected", { occurrence: TODAY }), "already_failed"],
        ["the one before", failed("rejected", { occurrence: YESTERDAY }), "eligible"],
      ],
      EVERY,
    ));

  test("a closed occurrence is due again for those alone", () =>
    holdHistories(
      [...cases, ["nothing: entered later", null, "late"], ["sent", {}, "already_sent"]],
      {
        send: {
          kind: "at",
          at: { instant: Date.parse(TODAY) },
          zone: { kind: "user" },
          lateByMs: DAY,
        },
      },
      "2026-12-01T11:00:00Z",
    ));
});

describe("unresolved", () => {
  test("an unknown outcome and a claim in flight count as sent until they are settled", () =>
    holdHistories([
      ["unknown", { status: "unknown" }, "unresolved"],
      ["claimed", { status: "claimed" }, "unresolved"],
      ["unknown under another id", { user_id: "old", status: "unknown" }, "unresolved"],
      ["unknown in another occurrence", { status: "unknown", occurrence: "x" }, "unresolved"],
      ["unknown of another campaign", { status: "unknown", campaign: "other" }, "eligible"],
    ]));

  test("every_occurrence: blocks its own", () =>
    holdHistories(
      [
        ["this one", { status: "unknown", occurrence: TODAY }, "unresolved"],
        ["the one before", { status: "unknown", occurrence: YESTERDAY }, "eligible"],
      ],
      EVERY,
    ));

  test("after 7d: blocks the campaign as long as a send would", () =>
    holdHistories(
      [
        [
          "just inside",
          { status: "unknown", occurrence: "x", claimed_at: fromNow(-WEEK + 1) },
          "unresolved",
        ],
        [
          "on the edge",
          { status: "unknown", occurrence: "x", claimed_at: fromNow(-WEEK) },
          "eligible",
        ],
        [
          "long ago, this one",
          { status: "unknown", occurrence: TODAY, claimed_at: fromNow(-9 * DAY) },
          "unresolved",
        ],
      ],
      { ...EVERY, repeat: { kind: "after", periodMs: WEEK } },
    ));

  test("a person with a sent and an unknown delivery has been sent it", async () => {
    const ledger: LedgerEntry[] = [
      { user_id: "u0", occurrence: "a", status: "unknown" },
      { user_id: "u0", occurrence: "b" },
      { user_id: "u1", occurrence: "a", status: "unknown" },
      { user_id: "u1", occurrence: "once", status: "failed", error_class: "rejected" },
    ];
    const people = [person(0), person(1)];
    expect(await verdicts({ people, ledger }, campaignWith())).toEqual({
      u0: "already_sent",
      u1: "already_failed",
    });
  });
});
