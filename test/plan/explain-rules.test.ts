import { describe, expect, test } from "vitest";
import type { ExplainedRule } from "../../src/model/explanation.ts";
import { DAY, fromNow, HOUR, psidOf } from "../audience/judged-world.ts";
import { type Case, event, explain, named, shipped } from "./explained.ts";
import { campaignWith, workspaceWith } from "./fixtures.ts";

async function ruleOf(rule: ExplainedRule["rule"], of: Case) {
  const explained = await explain(of);
  const found = explained.rules.find((one) => one.rule === rule);
  return { verdict: explained.verdict, outcome: found?.outcome, words: found?.words };
}

const { guards, page } = workspaceWith();
const capped = { guards: { ...guards, frequencyCap: { max: 2, periodMs: 7 * DAY } } };
/** What leaves somebody out, and in which words. */
const LEFT_OUT: readonly [ExplainedRule["rule"], string, Case][] = [
  ["no_psid", "has no PSID", { person: { ps_id: null } }],
  ["no_consent", "opt_in is missing", { person: { opt_in: null } }],
  ["no_consent", "opt_in is false", { person: { opt_in: false } }],
  [
    "not_tester",
    "no tester; the page is in development mode",
    { workspace: { page: { ...page, mode: "development", testers: { ana: psidOf(2) } } } },
  ],
  ["holdout", "chance 0.1370; held out below 0.999", { campaign: { holdout: 0.999 } }],
  [
    "already_sent",
    "once sent 2026-12-01T11:00:00Z",
    { ledger: [{ user_id: "u1", psid: psidOf(1) }] },
  ],
  [
    "already_sent",
    "once sent 2026-12-01T11:00:00Z to the same PSID under another user id",
    { ledger: [{ user_id: "gone", psid: psidOf(1) }] },
  ],
  [
    "already_sent",
    "another event of the person goes first: e1",
    {
      campaign: { send: shipped() },
      events: [event("e1", -2 * HOUR), event("e2", -HOUR)],
      eventId: "e2",
    },
  ],
  [
    "already_failed",
    "once failed 2026-12-01T11:00:00Z: user_unavailable, final",
    { ledger: [{ user_id: "u1", status: "failed", error_class: "user_unavailable" }] },
  ],
  [
    "unresolved",
    "once unknown 2026-12-01T11:00:00Z",
    { ledger: [{ user_id: "u1", status: "unknown" }] },
  ],
  [
    "unreachable",
    "Meta said so 2026-12-01T11:00:00Z; last wrote 2026-12-01T10:00:00Z",
    {
      person: { last_inbound_at: fromNow(-2 * HOUR) },
      ledger: [
        {
          user_id: "u1",
          psid: psidOf(1),
          campaign: "other",
          status: "failed",
          error_class: "user_unavailable",
        },
      ],
    },
  ],
  [
    "late",
    "due until 2026-12-01T11:00:00Z",
    { campaign: { send: shipped(HOUR) }, events: [event("e1", -2 * HOUR)] },
  ],
  [
    "not_due",
    "due 2026-12-01T13:00:00Z (Europe/Berlin)",
    { campaign: { send: { ...shipped(), delayMs: 2 * HOUR } }, events: [event("e1", -HOUR)] },
  ],
  [
    "quiet_hours",
    "12:00 to 14:00 in Europe/Berlin; quiet now",
    {
      workspace: { guards: { ...guards, quietHours: { fromMinute: 720, toMinute: 840 } } },
      campaign: { send: shipped() },
      events: [event("e1", -3 * HOUR)],
    },
  ],
  ["outside_window", "never wrote", { person: { last_inbound_at: null } }],
  [
    "outside_window",
    "last wrote 2026-11-30T12:00:00Z; window closed 2026-12-01T11:00:00Z",
    { person: { last_inbound_at: fromNow(-DAY) } },
  ],
  [
    "frequency_cap",
    "2 of 2 in 7d; sent: other once 2026-12-01T11:00:00Z; goes first: early",
    {
      workspace: capped,
      others: [campaignWith({ id: "early", rootId: "early", priority: 1 })],
      ledger: [{ user_id: "u1", campaign: "other" }],
    },
  ],
  [
    "frequency_cap",
    "1 of 2 in 7d; sent: other once 2026-12-01T11:00:00Z; " +
      "earlier events of the person use up the rest",
    {
      workspace: capped,
      campaign: { send: shipped(), repeat: { kind: "every_occurrence" } },
      events: [event("e1", -2 * HOUR), event("e2", -HOUR)],
      ledger: [{ user_id: "u1", campaign: "other" }],
    },
  ],
  ["missing_value", "first_name", { person: { first_name: " " }, campaign: { content: named } }],
  [
    "invalid_message",
    "message.text is 2003 characters, limit is 2000.",
    { person: { first_name: "x".repeat(2_000) }, campaign: { content: named } },
  ],
];

describe("each rule says what it looked at", () => {
  test.each(LEFT_OUT)("%s: %s", async (rule, words, of) => {
    expect(await ruleOf(rule, of)).toEqual({ verdict: rule, outcome: "leaves_out", words });
  });

  test("and of whom it lets pass as well", async () => {
    const { verdict, rules, message } = await explain({ workspace: capped });
    expect(verdict).toBe("send");
    expect(rules.map(({ rule, outcome, words }) => `${rule} ${outcome}: ${words}`)).toEqual([
      "no_psid passes: has a PSID",
      "no_consent passes: opt_in is true",
      "not_tester does_not_apply: the page is live",
      "holdout does_not_apply: nobody is held out",
      "already_sent passes: no delivery that counts (repeat: once)",
      "already_failed passes: this occurrence did not fail",
      "unresolved passes: no outcome is unknown",
      "unreachable passes: Meta never said so",
      "late passes: due until 2026-12-02T12:00:00Z",
      "not_due passes: due 2026-12-01T12:00:00Z (Europe/Berlin)",
      "quiet_hours does_not_apply: no quiet hours",
      "outside_window passes: last wrote 2026-12-01T11:00:00Z; " +
        "window open until 2026-12-02T10:00:00Z",
      "frequency_cap passes: 0 of 2 in 7d",
      "missing_value passes: no value is missing",
      "invalid_message passes: within Meta's limits",
    ]);
    expect(message).toMatchObject({ message: { text: "Hello" }, missing: [], faults: [] });
  });

  test("and of a failure that is due again", async () => {
    const ledger = [{ user_id: "u1", status: "failed", error_class: "denied" } as const];
    expect(await ruleOf("already_failed", { ledger })).toEqual({
      verdict: "send",
      outcome: "passes",
      words: "once failed 2026-12-01T11:00:00Z: denied, due again",
    });
  });
});
