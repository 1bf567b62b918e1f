import { createHash } from "node:crypto";
import type { Moment } from "./fault-plan.ts";

/** Whether a moment has come: the same answer for the same seed, place and drawer. */
export function hasCome(
  moment: Moment,
  count: number,
  draw: { readonly seed: number; readonly place: string; readonly drawer: string },
): boolean {
  if (moment.kind === "calls") return moment.from <= count && count <= moment.to;
  const text = `${draw.seed} ${draw.place} ${draw.drawer}`;
  // Evenly spread over [0, 1).
  return createHash("sha256").update(text).digest().readUInt32BE(0) / 2 ** 32 < moment.rate;
}
