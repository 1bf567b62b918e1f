import { describe, expect, test } from "vitest";
import type {
  CampaignSummary,
  LedgerSummary,
  OccurrenceSummary,
  OutcomeSummary,
  PersonDelivery,
} from "../../src/model/ledger-summary.ts";
import { showLedgerText, showPersonText } from "../../src/view/ledger-text.ts";

const HOSTILE = "a\u001b[31m\u202e\n::add-mask::e\nResult: sent=0";
const NOTHING = { sent: 0, failed: 0, unknown: 0, claimed: 0, released: 0 };

function occurrence(name: string | null, of: Partial<OccurrenceSummary>): OccurrenceSummary {
  const last_claimed_at = "2026-12-01T09:30:12.345Z";
  return { occurrence: name, occurrences: 1, last_claimed_at, ...NOTHING, ...of };
}

function outcome(of: Partial<OutcomeSummary>): OutcomeSummary {
  return {
    status: "failed",
    error_class: null,
    error_code: null,
    error_subcode: null,
    words: null,
    deliveries: 1,
    ...of,
  };
}

function campaign(id: string, of: Partial<CampaignSummary>): CampaignSummary {
  return { id, campaign: id, totals: NOTHING, occurrences: [], outcomes: [], ...of };
}

function ledgerWith(campaigns: readonly CampaignSummary[]): LedgerSummary {
  const totals = { sent: 12_480, failed: 321, unknown: 17, claimed: 2, released: 0 };
  return { format: "posthorn.ledger-summary/1", workspace: "acme", totals, campaigns };
}

const UNAVAILABLE = outcome({
  error_class: "user_unavailable",
  error_code: 551,
  error_subcode: 1_545_041,
  words: "This person isn't available right now.",
  deliveries: 309,
});

const BUSY = ledgerWith([
  campaign("order/shipped", {
    campaign: "order/dispatched",
    occurrences: [
      occurrence("evt-2026-11-30-parcel-left-the-warehouse-0017-of-speichenlicht", { sent: 1 }),
      occurrence("evt-18", { failed: 1, last_claimed_at: "2026-11-30T08:00:00.000Z" }),
      occurrence(null, { occurrences: 1_194, sent: 1_180, failed: 10, unknown: 4 }),
    ],
    outcomes: [
      UNAVAILABLE,
      outcome({ status: "unknown", words: "no answer within 30 s", deliveries: 4 }),
    ],
  }),
  campaign("offers/advent", {
    id: null,
    occurrences: [occurrence("2026-12-01T09:00:00Z", { sent: 11_299, unknown: 13, claimed: 2 })],
    outcomes: [
      outcome({ status: "unknown", deliveries: 13 }),
      outcome({ status: "claimed", deliveries: 2 }),
      ...Array.from({ length: 9 }, (_, n) =>
        outcome({ error_class: "rejected", error_code: 100 + n, words: `(#${100 + n}) No.` }),
      ),
    ],
  }),
]);

const DELIVERY: PersonDelivery = {
  delivery_id: "ab".repeat(32),
  campaign: "order/shipped",
  occurrence: "evt-17",
  variant: "a",
  status: "sent",
  message_id: "m_AG5Hz2Uq7tuwNEhXfYYKj8mJEM",
  error_class: null,
  error_code: null,
  error_subcode: null,
  words: null,
  attempts: 1,
  claimed_at: "2026-12-01T09:30:12.345Z",
  settled_at: "2026-12-01T09:30:12.845Z",
  run_id: "81d4adbb-1795-435d-b986-ee22cc552d83",
  commit: "1a3e40f0c1c2c3c4c5c6c7c8c9c0c1c2c3c4c5c6",
  revision: `sha256:${"cd".repeat(32)}`,
};
const PERSON: readonly PersonDelivery[] = [
  DELIVERY,
  {
    ...DELIVERY,
    occurrence: "evt-9",
    variant: null,
    status: "failed",
    message_id: null,
    error_class: "user_unavailable",
    error_code: 551,
    error_subcode: 1_545_041,
    words: "This person isn't available right now.",
    attempts: 2,
  },
  { ...DELIVERY, occurrence: "evt-3", status: "unknown", message_id: null, commit: null },
];

function tooWide(text: string, width: number): string[] {
  return text.split("\n").filter((line) => [...line].length > width);
}

describe("ledger show", () => {
  for (const width of [80, 120]) {
    test(`fits ${width} columns: campaigns, occurrences, what failed and why`, async () => {
      const text = showLedgerText(BUSY, width);
      await expect(text).toMatchFileSnapshot(`golden/ledger-${width}.txt`);
      expect(tooWide(text, width)).toEqual([]);
    });
  }

  test("of one person tells each delivery", async () => {
    const text = showPersonText(PERSON, { user: "u-17", width: 80 });
    await expect(text).toMatchFileSnapshot("golden/ledger-person-80.txt");
    expect(tooWide(text, 80)).toEqual([]);
  });

  test("of nothing says so", () => {
    expect(showLedgerText(ledgerWith([]), 80)).toBe("Nothing was sent yet.\n");
    expect(showPersonText([], { user: "u-1", width: 80 })).toBe("Nothing was sent to u-1.\n");
  });

  test("text from data or from Meta can start neither a line, nor a command, nor a colour", () => {
    const words = { words: HOSTILE, error_class: "rejected" } as const;
    const own = campaign(HOSTILE, {
      occurrences: [occurrence(HOSTILE, { sent: 1 })],
      outcomes: [outcome(words)],
    });
    const person = { ...DELIVERY, ...words, status: "failed", campaign: HOSTILE } as const;
    const shown =
      showLedgerText(ledgerWith([own]), 80) +
      showPersonText([person], { user: HOSTILE, width: 80 }) +
      showPersonText([], { user: HOSTILE, width: 80 });
    expect(shown).not.toMatch(/^\s*::/m);
    expect(shown).not.toMatch(/^Result:/m);
    expect(shown).not.toMatch(/(?!\n)[\p{Cc}\u202e]/u);
  });
});
