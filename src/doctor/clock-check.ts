import type { Check } from "../model/checkup.ts";
import { MINUTE_MS, SECOND_MS } from "../model/instant.ts";
import type { Page } from "../model/workspace.ts";
import { error, ok, skipped, warning } from "./verdicts.ts";

/** `Date` has whole seconds and an answer takes a while. */
const UNNOTICED_MS = 30 * SECOND_MS;

/** `aheadMs`: how far this machine's clock is ahead of Meta's; null: Meta's is not known. */
export function clockCheck(aheadMs: number | null, { windowMarginMs }: Page): Check {
  if (aheadMs === null) return skipped("clock", "no answer of Meta's told the time");
  const offMs = Math.abs(aheadMs);
  if (offMs <= UNNOTICED_MS) return ok("clock", "This machine's clock agrees with Meta's.");
  const side = aheadMs > 0 ? "ahead of" : "behind";
  const fault = {
    code: "CLOCK_OFF",
    found: `This machine's clock is ${lengthOf(offMs)} ${side} Meta's.`,
    next:
      "Set it by the network (timedatectl set-ntp true, or your system's way). What is due, and " +
      "whose window is open, is judged by it.",
  };
  // Behind by more than the margin, windows look open that Meta has closed.
  const isHarmful = -aheadMs > windowMarginMs;
  return isHarmful ? error("clock", "error", fault) : warning("clock", fault);
}

function lengthOf(ms: number): string {
  return ms < 2 * MINUTE_MS
    ? `${Math.round(ms / SECOND_MS)} s`
    : `${Math.round(ms / MINUTE_MS)} min`;
}
