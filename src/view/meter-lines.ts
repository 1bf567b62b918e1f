import type { Meter } from "../model/preview.ts";
import { count } from "./reason-words.ts";

const BAR = 20;
/** More would hide those that are nearly full. */
const MOST = 8;
const LONGEST_PATH = 40;
const HALF = 0.5;

/** The fullest of the meters, in the order of the message, and in words that there are others. */
export function shownMeters(meters: readonly Meter[]): {
  readonly shown: readonly Meter[];
  readonly rest: string;
} {
  const rank = (one: Meter) => shareOf(one) - (isSeen(one) || shareOf(one) > HALF ? 0 : 1);
  const fullest = [...meters].sort((a, b) => rank(b) - rank(a));
  const top = new Set(fullest.slice(0, MOST).filter((one) => rank(one) >= 0));
  const next = Math.max(0, ...meters.filter((one) => !top.has(one)).map(shareOf));
  const hidden = meters.length - top.size;
  const others = top.size === 0 ? `${count(hidden)} limits` : `and ${count(hidden)} more`;
  const rest = hidden === 0 ? "" : `${others}, none above ${Math.ceil(next * 100)} %`;
  return { shown: meters.filter((one) => top.has(one)), rest };
}

/** What a button sends back is long enough for nearly all; it is told where it gets full. */
function isSeen({ path }: Meter): boolean {
  return !path.endsWith(".payload");
}

/** How full it is; above 1 is over the limit. */
function shareOf({ used, limit }: Meter): number {
  return limit === 0 ? 0 : used / limit;
}

/** `text  33 / 2,000  █░░░…`, one line each. */
export function meterLines(meters: readonly Meter[]): string[] {
  const { shown, rest } = shownMeters(meters);
  const rows = shown.map((meter) => ({
    path: shortened(partName(meter)),
    use: `${count(meter.used)} / ${count(meter.limit)}`,
    bar: barOf(meter),
    over: meter.used > meter.limit ? `  ${count(meter.used - meter.limit)} too many` : "",
  }));
  const pathWidth = Math.max(0, ...rows.map(({ path }) => path.length));
  const useWidth = Math.max(0, ...rows.map(({ use }) => use.length));
  const lines = rows.map(
    ({ path, use, bar, over }) =>
      `${path.padEnd(pathWidth)}  ${use.padStart(useWidth)}  ${bar}${over}`,
  );
  return rest === "" ? lines : [...lines, rest];
}

/** Only what is full looks full, and only what is empty empty. */
function barOf(meter: Meter): string {
  const share = shareOf(meter);
  const exact = share >= 1 ? BAR : Math.min(BAR - 1, Math.round(share * BAR));
  const cells = meter.used > 0 ? Math.max(1, exact) : 0;
  return "█".repeat(cells) + "░".repeat(BAR - cells);
}

/** A part of a template is named as the template's page of Meta's names it. */
export function partName({ path }: Meter): string {
  return path.replace(/^attachment\.payload\./, "");
}

function shortened(path: string): string {
  return path.length <= LONGEST_PATH ? path : `…${path.slice(1 - LONGEST_PATH)}`;
}
