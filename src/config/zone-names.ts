import { nearestName } from "../diag/nearest.ts";
import { ownValue } from "../model/own-value.ts";

/** Abbreviations that people write, with a place that keeps that time. */
const ABBREVIATIONS: Readonly<Record<string, string>> = {
  CET: "Europe/Berlin",
  CEST: "Europe/Berlin",
  MEZ: "Europe/Berlin",
  MET: "Europe/Berlin",
  EET: "Europe/Helsinki",
  WET: "Europe/Lisbon",
  BST: "Europe/London",
  GMT: "Europe/London",
  EST: "America/New_York",
  EDT: "America/New_York",
  EST5EDT: "America/New_York",
  CST: "America/Chicago",
  CDT: "America/Chicago",
  MST: "America/Denver",
  MDT: "America/Denver",
  PST: "America/Los_Angeles",
  PDT: "America/Los_Angeles",
  HST: "Pacific/Honolulu",
  IST: "Asia/Kolkata",
  JST: "Asia/Tokyo",
  AEST: "Australia/Sydney",
};

/** What is wrong with a time zone's name, in full sentences; undefined for a good one. */
export type ZoneFault = (zone: string) => string | undefined;

/** A check of zone names that remembers its answers: asking the platform is slow. */
export function zoneCheck(): ZoneFault {
  const known = new Set(["UTC", ...Intl.supportedValuesOf("timeZone")]);
  const answers = new Map<string, string | undefined>();
  return (zone) => {
    if (!answers.has(zone)) answers.set(zone, zoneFault(zone, known));
    return answers.get(zone);
  };
}

function zoneFault(zone: string, known: ReadonlySet<string>): string | undefined {
  if (known.has(zone)) return undefined;
  const instead = ownValue(ABBREVIATIONS, zone.toUpperCase());
  if (instead !== undefined) {
    return (
      `"${zone}" is an abbreviation: it does not say where, nor when clocks change. ` +
      `Write an IANA time zone such as "${instead}", or "UTC".`
    );
  }
  if (zone.includes("/") && isAlias(zone) && !hasOtherCase(zone, known)) return undefined;
  const near = nearestName(zone, known);
  const remedy =
    near === undefined ? 'Write one such as "Europe/Berlin".' : `Did you mean "${near}"?`;
  return `"${zone}" is no IANA time zone. ${remedy}`;
}

/** Names that the platform takes but does not list, such as Asia/Calcutta. */
function isAlias(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

function hasOtherCase(zone: string, known: ReadonlySet<string>): boolean {
  return [...known].some((name) => name.toLowerCase() === zone.toLowerCase());
}
