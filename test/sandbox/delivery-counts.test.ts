import fc from "fast-check";
import { expect, test } from "vitest";
import { DeliveryCounts } from "../../src/sandbox/delivery-counts.ts";

test("whatever comes how often, exactly what came more than once is a repeat", () => {
  const ids = fc.array(fc.integer({ min: 0, max: 60 }).map((n) => `delivery ${n}`));
  fc.assert(
    fc.property(ids, (added) => {
      const counts = new DeliveryCounts();
      const plain = new Map<string, number>();
      for (const id of added) {
        counts.add(id);
        plain.set(id, (plain.get(id) ?? 0) + 1);
      }
      expect(counts.size).toBe(plain.size);
      const repeats = [...plain].filter(([, times]) => times > 1);
      expect(Object.fromEntries(counts.repeats.map((one) => [one.deliveryId, one.times]))).toEqual(
        Object.fromEntries(repeats),
      );
    }),
  );
});

test("200,000 deliveries are told apart, and the one that came twice is found", () => {
  const counts = new DeliveryCounts();
  for (let n = 0; n < 200_000; n++) counts.add(`delivery ${n}`);
  counts.add("delivery 150000");
  expect(counts.size).toBe(200_000);
  expect(counts.repeats).toEqual([{ deliveryId: "delivery 150000", times: 2 }]);
});
