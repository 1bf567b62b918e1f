import { expect, test } from "vitest";
import { chance } from "../../src/model/chance.ts";
import { REASONS, type Reason } from "../../src/model/delivery.ts";
import { fromNow, HOUR, type LedgerEntry, OpenWorld, person, psidOf } from "./judged-world.ts";

/** Ids on both sides of the holdout. */
function idsWhere(isHeld: boolean): string[] {
  const ids = Array.from({ length: 200 }, (_, n) => `u${n}`);
  return ids.filter((id) => chance("holdout", "hello", id) < 0.5 === isHeld);
}

/** Whether somebody whose first reason is `first` has `reason` too: they have all that follow. */
function has(reason: Reason, first: number): boolean {
  return REASONS.indexOf(reason) >= first;
}

/** 10:00 has long passed in Tokyo, is to come in New York, and it is noon in UTC. */
function zoneFor(first: number): string {
  if (has("late", first)) return "Asia/Tokyo";
  if (has("not_due", first)) return "America/New_York";
  return has("quiet_hours", first) ? "UTC" : "Europe/Berlin";
}

function sufferer(first: number, held: string[], free: string[]) {
  const isHeld = has("holdout", first);
  const user_id = (isHeld ? held.pop() : free.pop()) ?? "";
  const isMissing = has("missing_value", first);
  return person(first, {
    user_id,
    ...(has("no_psid", first) && { ps_id: null }),
    opt_in: !has("no_consent", first),
    timezone: zoneFor(first),
    // An hour ago keeps the window open; before the refusal and outside of it a day and more ago.
    last_inbound_at: fromNow(has("outside_window", first) ? -48 * HOUR : -HOUR),
    first_name: isMissing ? null : "Ana",
    country: has("invalid_message", first) ? "x".repeat(2_001) : "DE",
  });
}

function historyOf(first: number, user_id: string): LedgerEntry[] {
  const psid = psidOf(first);
  const entries: [Reason, Omit<LedgerEntry, "user_id" | "psid">][] = [
    ["already_sent", { occurrence: "a" }],
    ["already_failed", { status: "failed", error_class: "rejected" }],
    ["unresolved", { occurrence: "b", status: "unknown" }],
    ["unreachable", { campaign: "other", status: "failed", error_class: "user_unavailable" }],
    ["frequency_cap", { campaign: "other", occurrence: "c" }],
    ["frequency_cap", { campaign: "other", occurrence: "d" }],
  ];
  return entries
    .filter(([reason]) => has(reason, first))
    .map(([, entry]) => ({ user_id, psid, counts: false, ...entry }))
    .map((entry) => (entry.campaign === "other" ? { ...entry, counts: true } : entry));
}

test("whoever has several reasons is told the first, in the order of judgement", async () => {
  const [held, free] = [idsWhere(true), idsWhere(false)];
  const firsts = [...REASONS.keys(), REASONS.length];
  const people = firsts.map((first) => sufferer(first, held, free));
  const testers = firsts
    .filter((first) => !has("not_tester", first))
    .map((first) => [`t${first}`, psidOf(first)] as const);
  const open = await OpenWorld.open({
    people,
    ledger: people.flatMap((one, first) => historyOf(first, String(one["user_id"]))),
    with: ({ page, guards }) => ({
      page: { ...page, mode: "development", testers: Object.fromEntries(testers) },
      guards: {
        ...guards,
        frequencyCap: { max: 2, periodMs: 24 * HOUR },
        quietHours: { fromMinute: 12 * 60, toMinute: 13 * 60 },
      },
    }),
  });
  const { verdicts, funnel } = await open.select({
    holdout: 0.5,
    send: {
      kind: "at",
      at: { wall: "2026-12-01T10:00" },
      zone: { kind: "user" },
      lateByMs: 3 * HOUR,
    },
    content: {
      message: { text: "{{first_name}} {{country}}" },
      locales: new Map(),
      variants: [],
      fallbacks: {},
      onMissing: "skip",
    },
  });
  open.close();
  expect(people.map((one) => verdicts[String(one["user_id"])])).toEqual([...REASONS, "eligible"]);
  const once = Object.fromEntries(REASONS.map((reason) => [reason, 1]));
  expect(funnel).toMatchObject({ matched: REASONS.length + 1, eligible: 1, leftOut: once });
});
