import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { deliveryId } from "../../src/model/delivery.ts";

const DELIVERY = { workspace: "acme", rootId: "order/shipped", occurrence: "e-1", userId: "u-1" };

test("a delivery id is SHA-256 over its four parts with 0x00 between them", () => {
  const text = "acme\0order/shipped\0e-1\0u-1";
  expect(deliveryId(DELIVERY)).toBe(createHash("sha256").update(text).digest("hex"));
});

test("each part makes another delivery", () => {
  const ids = [
    deliveryId(DELIVERY),
    deliveryId({ ...DELIVERY, workspace: "acme2" }),
    deliveryId({ ...DELIVERY, rootId: "order/late" }),
    deliveryId({ ...DELIVERY, occurrence: "e-2" }),
    deliveryId({ ...DELIVERY, userId: "u-2" }),
  ];
  expect(new Set(ids).size).toBe(ids.length);
});
