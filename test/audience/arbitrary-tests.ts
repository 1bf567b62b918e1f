import fc from "fast-check";
import type { Values } from "../../src/model/attribute.ts";
import type { CampaignTest, SegmentTest } from "../../src/model/campaign.ts";

const CLOCKS = ["2027-02-28T12:00:00Z", "2026-12-01T22:00:00Z", "2026-12-01T09:30:00Z"] as const;
const HOUR = 3_600_000;
const SHIFTS = [
  0,
  -1,
  1,
  -HOUR / 2,
  -2 * HOUR,
  -2.5 * HOUR,
  -23 * HOUR,
  -24 * HOUR,
  -8 * 24 * HOUR,
];
const AT = { file: "campaigns/none.yaml", line: 1, column: 1 };

const oneOf = (...values: readonly Values[string][]) => fc.constantFrom(...values);
const mostly = (usual: Values[string], ...others: readonly Values[string][]) =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(usual) }, oneOf(...others));
const near = (now: number) => fc.constantFrom(...SHIFTS.map((shift) => iso(now + shift)));

function iso(at: number): string {
  return new Date(at).toISOString();
}

function userAt(now: number) {
  const model = {
    user_id: oneOf("u1", "u2", "u3"),
    ps_id: mostly("7100000000000000", "7100000000000001", "12", null),
    last_inbound_at: near(now),
    opt_in: mostly(true, false, null),
    timezone: mostly("Europe/Vienna", "America/New_York", "Asia/Tokyo", "Nowhere/City", null),
    locale: oneOf("de_DE", "en_US", null),
    country: oneOf("DE", "AT", "de", "", null),
    note: oneOf("no", "Yes?", "?", "it's 'so'", 'say "no"', "ß", ""),
    ltv: oneOf(100, 100.5, -0.1, 1e21, null),
    orders: oneOf(3, 4, 9_007_199_254_740_991, null),
    vip: oneOf(true, false),
    joined_at: near(now),
    born: oneOf("1990-01-01", "1990-01-02", "2000-02-29", "2000-12-01", null),
    tags: oneOf(["vip"], [], ["a", "v,ip"], null),
  };
  return fc.record(model, { requiredKeys: [] });
}

function eventAt(now: number) {
  const event = oneOf("order_placed", "order_shipped");
  const model = {
    event,
    at: near(now),
    amount: oneOf(5, 10, 20.5, 100, null),
    order_id: oneOf("A1", "C", "", null),
    shipped: oneOf("2026-12-01", null),
  };
  return fc.record(model, { requiredKeys: ["event", "at"] });
}

function given(now: number) {
  return fc.record({
    name: fc.constant("any"),
    user: userAt(now),
    events: fc.array(eventAt(now), { maxLength: 3 }),
    now: fc.constant(now),
    expectedAt: fc.constant(() => AT),
  });
}

const clock = mostly(...CLOCKS).map((text) => Date.parse(String(text)));

export const segmentTest: fc.Arbitrary<SegmentTest> = clock.chain((now) =>
  given(now).map((shared) => ({ ...shared, expect: "in" as const })),
);

export const campaignTest: fc.Arbitrary<CampaignTest> = clock.chain((now) =>
  fc
    .record({
      shared: given(now),
      event: fc.option(eventAt(now), { nil: undefined }),
      sent: fc.array(
        fc.record({
          campaign: fc.constantFrom("once", "again", "shipped", "elsewhere"),
          sentAt: fc.constantFrom(...SHIFTS.map((shift) => now + shift)),
        }),
        { maxLength: 3 },
      ),
    })
    .map(({ shared, event, sent }) => ({
      ...shared,
      event,
      sent,
      expect: { outcome: "send", message: undefined },
    })),
);
