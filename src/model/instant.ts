/** A moment: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;

const UNIT_MS = { s: SECOND_MS, m: MINUTE_MS, h: HOUR_MS, d: DAY_MS, w: WEEK_MS } as const;

/** ISO 8601 in UTC; milliseconds are written only where there are some. */
export function formatInstant(at: Instant): string {
  return new Date(at).toISOString().replace(".000Z", "Z");
}

/**
 * An ISO 8601 instant with a zone (`Z` or an offset), or without one, which then means UTC.
 * `undefined` when the text is no instant; a bare date is none.
 */
export function parseInstant(text: string): Instant | undefined {
  const shape = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/;
  const match = shape.exec(text);
  if (match === null || !isCalendarDate(match[1] ?? "")) return undefined;
  const at = Date.parse(match[4] === undefined ? `${text}Z` : text);
  return Number.isNaN(at) ? undefined : at;
}

/** Whether a `YYYY-MM-DD` text names a day that exists; `Date` alone lets 30 February roll over. */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/**
 * A duration such as `30d`, `12h`, `15m`, `90s` or `2w`, in milliseconds. Exact: a day is 24 hours.
 * `undefined` when the text is none.
 */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d{1,6})([smhdw])$/.exec(text);
  if (match === null) return undefined;
  return Number(match[1]) * UNIT_MS[match[2] as keyof typeof UNIT_MS];
}

/** A duration as one writes it, in the largest unit that leaves no rest: `30d`, `36h`, `90s`. */
export function formatDuration(ms: number): string {
  const unit = (["d", "h", "m", "s"] as const).find((one) => ms % UNIT_MS[one] === 0);
  return unit === undefined ? `${ms}ms` : `${ms / UNIT_MS[unit]}${unit}`;
}
