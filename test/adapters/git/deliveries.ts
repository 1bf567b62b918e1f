import type { Delivery } from "../../../src/model/delivery.ts";

/** The nth delivery of one campaign, to a person of its own. */
export function delivery(n: number): Delivery {
  return {
    id: n.toString(16).padStart(64, "0"),
    rootId: "hello",
    occurrence: "once",
    userId: `user-${n}`,
    psid: String(7_100_000_000_000_000 + n),
    variant: null,
    revision: "sha256:1",
    counts: true,
    body: {},
  };
}
