import fc from "fast-check";
import type { Campaign, Repeat, Send } from "../../src/model/campaign.ts";
import { REASONS } from "../../src/model/delivery.ts";
import type { Guards, Page } from "../../src/model/workspace.ts";
import type { Row } from "../adapters/duckdb/source-files.ts";
import { campaignWith, workspaceWith } from "../plan/fixtures.ts";
import { DAY, fromNow, HOUR, NOW, psidOf } from "./judged-world.ts";
import type { PlainWorld } from "./plain-verdict.ts";

/** Random worlds whose instants lie on, just inside and just outside of every edge. */

const WEEK = 7 * DAY;
const ZONES = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC", undefined];
/** Of windows, caps, repeats and lateness. */
const AGES = [0, 1, HOUR, 3 * HOUR, 23 * HOUR, DAY, WEEK].flatMap((ms) => [ms - 1, ms, ms + 1]);
const instants = fc.constantFrom(...AGES.map((ms) => fromNow(-ms)));

const OCCURRENCES = ["once", "other", ...Array.from({ length: 8 }, (_, n) => `e${n}`)];
const ERRORS = [
  "user_unavailable",
  "outside_window",
  "message_invalid",
  "denied",
  "page_restricted",
  "rejected",
] as const;

const usually = <T>(value: T, ...others: T[]) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constant(value) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );

const people = fc
  .array(
    fc.record({
      hasPsid: usually(true, false),
      opt_in: usually<boolean | null>(true, false, null),
      last_inbound_at: fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(fromNow(-HOUR), fromNow(-23 * HOUR)) },
        { weight: 2, arbitrary: instants },
        { weight: 1, arbitrary: fc.constant(null) },
      ),
      timezone: fc.constantFrom(...ZONES),
      first_name: usually<string | null>("Ana", "Bo", "", " ", null, "x".repeat(1_998)),
    }),
    { minLength: 3, maxLength: 25 },
  )
  .map((rows) =>
    rows.map(({ hasPsid, ...row }, n): Row => {
      return { user_id: `u${n}`, ps_id: hasPsid ? psidOf(n) : undefined, ...row };
    }),
  );

const events = fc
  .array(
    fc.record({
      user_id: fc.nat(6).map((n) => `u${n}`),
      event: usually("shipped", "placed"),
      at: instants,
    }),
    { maxLength: 15 },
  )
  .map((rows) => rows.map((row, n): Row => ({ event_id: `e${n}`, ...row })));

/** One row a delivery: of a campaign, an occurrence and a user. */
const ledger = fc.uniqueArray(
  fc.record({
    campaign: fc.constantFrom("first", "second", "third"),
    occurrence: fc.constantFrom(...OCCURRENCES),
    user: fc.nat(24),
    // Sent to the PSID of the same user, as a rule.
    psidShift: usually(0, 1, 100),
    status: fc.constantFrom("sent", "failed", "failed", "unknown", "claimed", "released"),
    error: fc.constantFrom(...ERRORS),
    revision: fc.constantFrom(campaignWith().revision, "sha256:old"),
    claimed_at: instants,
    settled_at: instants,
    counts: usually(true, false),
  }),
  { maxLength: 30, selector: (row) => `${row.campaign} ${row.occurrence} ${row.user}` },
);

const send: fc.Arbitrary<Send> = fc.oneof(
  fc.record({
    kind: fc.constant("at" as const),
    at: instants.map((at) => ({ instant: Date.parse(at) })),
    zone: fc.constant({ kind: "user" as const }),
    lateByMs: fc.constantFrom(HOUR, DAY, WEEK),
  }),
  fc.record({
    kind: fc.constant("on" as const),
    event: fc.constant("shipped"),
    where: fc.constant(undefined),
    delayMs: fc.constantFrom(0, HOUR),
    lateByMs: fc.constantFrom(HOUR, DAY, WEEK),
  }),
);
const repeat = fc.constantFrom<Repeat>(
  { kind: "once" },
  { kind: "every_occurrence" },
  { kind: "after", periodMs: DAY },
);

function campaign(id: string): fc.Arbitrary<Campaign> {
  const parts = fc.record({
    send,
    repeat,
    messaging: usually<"UPDATE" | "UTILITY">("UPDATE", "UTILITY"),
    holdout: usually(0, 0.3),
    frequencyCap: fc.record({ obey: usually(true, false), counts: usually(true, false) }),
  });
  return parts.map((over) => {
    const content = { ...campaignWith().content, message: { text: "Hi {{first_name}}" } };
    return campaignWith({ id, rootId: id, content, ...over });
  });
}

const guards: fc.Arbitrary<Partial<Guards>> = fc.record({
  frequencyCap: fc.constantFrom(undefined, { max: 1, periodMs: DAY }, { max: 2, periodMs: WEEK }),
  quietHours: fc.constantFrom(
    undefined,
    undefined,
    { fromMinute: 21 * 60, toMinute: 8 * 60 },
    { fromMinute: 12 * 60, toMinute: 13 * 60 + 30 },
  ),
});

const page: fc.Arbitrary<Partial<Page>> = fc.record({
  mode: usually<"live" | "development">("live", "development"),
  windowMarginMs: fc.constantFrom(0, HOUR),
  testers: fc.constant(Object.fromEntries([0, 2, 4, 6].map((n) => [`t${n}`, psidOf(n)]))),
});

/** A world with two campaigns that are judged in turn. */
export const worlds = fc
  .record({
    people,
    events,
    ledger,
    guards,
    page,
    triedAt: fc.oneof(fc.constant(null), instants),
    campaigns: fc.tuple(campaign("first"), campaign("second")),
  })
  .map(({ guards: guarded, page: paged, ledger: rows, triedAt, ...world }) => {
    const plain = workspaceWith();
    return {
      ...world,
      now: Date.parse(NOW),
      triedAt: triedAt === null ? null : Date.parse(triedAt),
      guards: { ...plain.guards, ...guarded },
      page: { ...plain.page, ...paged },
      ledger: rows.map(({ user, psidShift, error, status, ...row }) => ({
        ...row,
        status: status as PlainWorld["ledger"][number]["status"],
        user_id: `u${user}`,
        psid: psidOf(user + psidShift),
        ...(status === "failed" && { error_class: error }),
      })),
    };
  });

/** The reasons that such worlds can have, all of them. */
export const POSSIBLE = [...REASONS, "eligible"];
