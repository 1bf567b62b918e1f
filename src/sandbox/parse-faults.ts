import { didYouMean } from "../diag/nearest.ts";
import { parseDuration } from "../model/instant.ts";
import type { FaultRule, Moment } from "./fault-plan.ts";
import { FAULT_NAMES, type Fault, type FaultName, type FaultPlan } from "./fault-plan.ts";

/** A plan, or what is wrong with the text, in full sentences. */
export type ParsedFaults =
  | { readonly plan: FaultPlan; readonly problems?: undefined }
  | { readonly plan?: undefined; readonly problems: readonly string[] };

const SHAPE =
  "Write a fault as NAME:2% (a share of calls), NAME@7 (the 7th call), NAME@7..9 or NAME@7+ " +
  "(from the 7th on).";

/**
 * Parses faults from text: rules parted by commas, and `seed=N` (0 when absent) once among them.
 * A rule is `NAME[=DURATION]:RATE%`, `NAME[=DURATION]@N`, `@N..M` or `@N+`. NAME is one of
 * `FAULT_NAMES` or a Graph error, `613` or `10/1893063`. DURATION is `200ms`, `2s`, …: how long a
 * `delay` waits, or what an error tells as `Retry-After`. Example:
 * `delay=50ms:100%,613=2s:2%,hang_after:1%,revoked@500,seed=7`.
 */
export function parseFaults(text: string): ParsedFaults {
  const parts = text.split(",").map((part) => part.trim());
  const seeds = parts.filter((part) => part.startsWith("seed="));
  const rules: FaultRule[] = [];
  const problems: string[] = [...seeds.flatMap(seedProblems)];
  if (seeds.length > 1) problems.push("seed= is written more than once. Write it once.");
  for (const part of parts.filter((part) => part !== "" && !part.startsWith("seed="))) {
    const rule = parseRule(part);
    if (typeof rule === "string") problems.push(rule);
    else rules.push(rule);
  }
  if (problems.length > 0) return { problems };
  return { plan: { seed: Number(seeds[0]?.slice("seed=".length) ?? 0), rules } };
}

function seedProblems(part: string): readonly string[] {
  if (/^seed=\d{1,9}$/.test(part)) return [];
  return [`"${part}" is no seed. Write seed= and a whole number of at most 9 digits.`];
}

/** A rule, or what is wrong with its text. */
function parseRule(text: string): FaultRule | string {
  const parts = /^([^=:@]+)(?:=([^:@]*))?([:@].*)$/.exec(text);
  if (parts === null) return `"${text}" is no fault. ${SHAPE}`;
  const [, name = "", duration, when = ""] = parts;
  const ms = duration === undefined ? undefined : parseMs(duration);
  if (duration !== undefined && ms === undefined) {
    return `"${duration}" in "${text}" is no duration. Write 200ms, 2s or 1m.`;
  }
  const fault = parseFault(name, ms);
  if (typeof fault === "string") return fault;
  const moment = parseMoment(when);
  return moment === undefined
    ? `"${when}" in "${text}" says no moment. ${SHAPE}`
    : { fault, moment };
}

function parseFault(name: string, ms: number | undefined): Fault | string {
  // The HTTP status, which people know better than our name for it; no Graph code is 429.
  if (name === "429") return { kind: "too_many", ms };
  const codes = /^(\d{1,9})(?:\/(\d{1,9}))?$/.exec(name);
  if (codes !== null) {
    const subcode = codes[2] === undefined ? undefined : Number(codes[2]);
    return { kind: "code", code: Number(codes[1]), subcode, ms };
  }
  if (!isFaultName(name)) {
    const known = Object.keys(FAULT_NAMES);
    const hint = `${didYouMean(name, known)} Known are ${known.join(", ")}`;
    return `No fault is named "${name}".${hint} and Graph error codes.`;
  }
  if (name === "delay" && ms === undefined) {
    return "delay needs a duration. Write delay=200ms:100%.";
  }
  return { kind: name, ms };
}

function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(FAULT_NAMES, name);
}

function parseMs(text: string): number | undefined {
  const match = /^(\d{1,6})ms$/.exec(text);
  return match === null ? parseDuration(text) : Number(match[1]);
}

function parseMoment(text: string): Moment | undefined {
  const percent = /^:(\d{1,3}(?:\.\d{1,6})?)%$/.exec(text);
  if (percent !== null) {
    const rate = Number(percent[1]) / 100;
    return rate <= 1 ? { kind: "rate", rate } : undefined;
  }
  const calls = /^@(\d{1,9})(\+|\.\.(\d{1,9}))?$/.exec(text);
  if (calls === null) return undefined;
  const from = Number(calls[1]);
  const to = calls[2] === "+" ? Number.POSITIVE_INFINITY : Number(calls[3] ?? from);
  return from >= 1 && from <= to ? { kind: "calls", from, to } : undefined;
}
