import { SECOND_MS } from "../../model/instant.ts";
import type { Headers } from "./usage.ts";

/**
 * How long the platform asks us to wait, from `Retry-After`; `null` when absent or unreadable.
 * Both forms are read: seconds ("120"), and a date, which is taken relative to the answer's own
 * `Date`, so that a clock that is off does no harm. Units: milliseconds, never negative.
 * Source: RFC 9110 section 10.2.3.
 */
export function parseRetryAfterMs(headers: Headers): number | null {
  const text = String(headers["retry-after"] ?? "");
  if (/^\d{1,9}$/.test(text)) return Number(text) * SECOND_MS;
  const waitMs = Date.parse(text) - Date.parse(String(headers["date"] ?? ""));
  return Number.isNaN(waitMs) ? null : Math.max(0, waitMs);
}
