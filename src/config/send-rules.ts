import { Cron } from "croner";
import type { Finding } from "../diag/diagnostic.ts";
import type { WrittenCampaign } from "../model/generated/campaign-written.ts";
import { isCalendarDate } from "../model/instant.ts";
import { clockChangesNear, instantToWall, wallToInstant } from "../model/zone-time.ts";
import type { ZoneFault } from "./zone-names.ts";

type WrittenSend = WrittenCampaign["send"];

/** What the rules of `send:` depend on beside it. */
export interface SendContext {
  readonly zoneFault: ZoneFault;
  readonly hasEvents: boolean;
  /** The workspace's zone. */
  readonly timezone: string;
}

/** A local time with a zone of its own, as opposed to a bare wall time. */
export const ZONED = /(Z|[+-]\d{2}:\d{2})$/;

/** What a schema cannot say about `send:`. Paths lead from the campaign's document. */
export function checkSend(send: WrittenSend, context: SendContext): readonly Finding[] {
  if ("on" in send) return context.hasEvents ? [] : [eventsMissing()];
  const zone = zoneFindings(send.timezone, context.zoneFault);
  if ("every" in send) return [...zone, ...cronFindings(send.every), ...daysFindings(send)];
  return [...zone, ...momentFindings(send, zone.length === 0, context)];
}

function eventsMissing(): Finding {
  const detail = "posthorn.yaml declares no events. Add events: there, or send at a time.";
  return { code: "EVENTS_MISSING", path: ["send", "on"], summary: "No events declared", detail };
}

function zoneFindings(zone: string | undefined, zoneFault: ZoneFault): readonly Finding[] {
  const detail = zone === undefined || zone === "user" ? undefined : zoneFault(zone);
  if (detail === undefined) return [];
  return [
    { code: "ZONE_UNKNOWN", path: ["send", "timezone"], summary: "Unknown time zone", detail },
  ];
}

function cronFindings(every: string): readonly Finding[] {
  const detail = cronFault(every);
  if (detail === undefined) return [];
  return [{ code: "CRON_INVALID", path: ["send", "every"], summary: "Schedule not valid", detail }];
}

function cronFault(every: string): string | undefined {
  const form = 'Write minute, hour, day of month, month and day of week, such as "0 10 * * MON".';
  const count = every.trim().split(/\s+/).length;
  if (count !== 5) return `Expected five cron fields, found ${count}. ${form}`;
  try {
    const next = new Cron(every, { mode: "5-part", timezone: "UTC" }).nextRun(new Date(0));
    return next === null ? "No day fits these fields, so it would never be sent." : undefined;
  } catch {
    return `A field is out of its range or not written as cron wants it. ${form}`;
  }
}

function daysFindings(send: { readonly from?: string; readonly until?: string }): Finding[] {
  const invalid = (["from", "until"] as const)
    .filter((key) => send[key] !== undefined && !isCalendarDate(send[key]))
    .map((key) => noSuchDay(["send", key]));
  if (invalid.length > 0 || send.from === undefined || send.until === undefined) return invalid;
  if (send.from <= send.until) return [];
  const detail = "until lies before from, so it would never be sent. Swap them, or correct one.";
  return [{ code: "DATES_SWAPPED", path: ["send", "until"], summary: "End before start", detail }];
}

/** A day that the calendar does not have. */
export function noSuchDay(path: readonly (string | number)[]): Finding {
  const detail = "The calendar has no such day or hour. Correct the date.";
  return { code: "DATE_INVALID", path, summary: "No such date", detail };
}

function momentFindings(
  send: { readonly at: string; readonly timezone?: string },
  isZoneSound: boolean,
  context: SendContext,
): readonly Finding[] {
  const path = ["send", "at"];
  if (send.at === "now") return [];
  if (!isMoment(send.at)) return [noSuchDay(path)];
  if (ZONED.test(send.at)) return send.timezone === undefined ? [] : [zoneTwice()];
  const zone =
    send.timezone === undefined || send.timezone === "user" ? context.timezone : send.timezone;
  if (!isZoneSound || !isSkipped(send.at, zone)) return [];
  const detail =
    `In ${zone} clocks skip this hour that day. It is sent later by the length of the gap. ` +
    "Write an hour that exists to be clear.";
  return [
    { code: "TIME_SKIPPED", severity: "warning", path, summary: "Local time is skipped", detail },
  ];
}

function isMoment(at: string): boolean {
  const instant = ZONED.test(at) ? at : `${at}Z`;
  return isCalendarDate(at.slice(0, 10)) && !Number.isNaN(Date.parse(instant)) && !/T24/.test(at);
}

function zoneTwice(): Finding {
  const detail = "The time has a zone already. Take Z or the offset away, or take timezone away.";
  const path = ["send", "timezone"];
  return { code: "ZONE_TWICE", path, summary: "Time zone given twice", detail };
}

function isSkipped(wall: string, zone: string): boolean {
  if (!clockChangesNear(wall, zone)) return false;
  return instantToWall(wallToInstant(wall, zone), zone) !== wall.slice(0, 16);
}
