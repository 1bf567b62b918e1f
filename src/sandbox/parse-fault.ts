import { didYouMean } from "../diag/nearest.ts";
import { parseDuration } from "../model/instant.ts";
import {
  EVENT_FAULTS,
  type EventFault,
  type Fault,
  SEND_FAULTS,
  USAGE_FAULTS,
  type UsageFault,
} from "./fault-plan.ts";

/** A fault and what it befalls, or what is wrong with its text. */
export type ParsedFault =
  | { readonly of: "send"; readonly fault: Fault; readonly problem?: undefined }
  | { readonly of: "usage"; readonly fault: UsageFault; readonly problem?: undefined }
  | { readonly of: "event"; readonly fault: EventFault; readonly problem?: undefined }
  | { readonly problem: string };

/** `value` is what was written after `=`. */
export function parseFault(name: string, value: string | undefined): ParsedFault {
  if (isKey(USAGE_FAULTS, name)) return parseUsage(name, value ?? "");
  const ms = value === undefined ? undefined : parseMs(value);
  if (value !== undefined && ms === undefined) {
    return { problem: `"${value}" in "${name}=${value}" is no duration. Write 200ms, 2s or 1m.` };
  }
  if ((name === "delay" || name === "event_late") && ms === undefined) {
    return { problem: `${name} needs a duration. Write ${name}=200ms:100%.` };
  }
  // The HTTP status, which people know better than our name for it; no Graph code is 429.
  if (name === "429") return { of: "send", fault: { kind: "too_many", ms } };
  if (isKey(SEND_FAULTS, name)) return { of: "send", fault: { kind: name, ms } };
  if (isKey(EVENT_FAULTS, name)) return { of: "event", fault: { kind: name, ms } };
  return parseCode(name, ms) ?? { problem: unknownName(name) };
}

function parseCode(name: string, ms: number | undefined): ParsedFault | undefined {
  const codes = /^(\d{1,9})(?:\/(\d{1,9}))?$/.exec(name);
  if (codes === null) return undefined;
  const subcode = codes[2] === undefined ? undefined : Number(codes[2]);
  return { of: "send", fault: { kind: "code", code: Number(codes[1]), subcode, ms } };
}

function parseUsage(kind: UsageFault["kind"], value: string): ParsedFault {
  const parts = /^(\d{1,4})(?:\.\.(\d{1,4}))?(?:\/(\d{1,4}))?$/.exec(value);
  if (parts === null) {
    const shapes = `${kind}=95@10+ or, rising and regained in 3 minutes, ${kind}=50..120/3@1..100`;
    return { problem: `"${value}" in "${kind}=${value}" is no usage. Write ${shapes}.` };
  }
  const fromPercent = Number(parts[1]);
  const toPercent = Number(parts[2] ?? fromPercent);
  const regainMinutes = Number(parts[3] ?? 0);
  return { of: "usage", fault: { kind, fromPercent, toPercent, regainMinutes } };
}

function unknownName(name: string): string {
  const known = [SEND_FAULTS, USAGE_FAULTS, EVENT_FAULTS].flatMap((names) => Object.keys(names));
  const meant = didYouMean(name, known);
  const hint = `${meant} Known are ${known.join(", ")}`;
  return `No fault is named "${name}".${hint} and Graph error codes.`;
}

function isKey<Names extends object>(names: Names, name: string): name is keyof Names & string {
  return Object.hasOwn(names, name);
}

function parseMs(text: string): number | undefined {
  const match = /^(\d{1,6})ms$/.exec(text);
  return match === null ? parseDuration(text) : Number(match[1]);
}
