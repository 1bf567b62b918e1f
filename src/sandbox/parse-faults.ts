import type { EventFault, Fault, FaultPlan, FaultRule, Moment, UsageFault } from "./fault-plan.ts";
import { parseFault } from "./parse-fault.ts";

/** A plan, or what is wrong with the text, in full sentences. */
export type ParsedFaults =
  | { readonly plan: FaultPlan; readonly problems?: undefined }
  | { readonly plan?: undefined; readonly problems: readonly string[] };

const SHAPE =
  "Write a fault as NAME:2% (a share of calls), NAME@7 (the 7th call), NAME@7..9 or NAME@7+ " +
  "(from the 7th on).";

/**
 * Parses faults from text: rules parted by commas, and `seed=N` (0 when absent) once among them.
 * A rule is `NAME[=VALUE]:RATE%`, `NAME[=VALUE]@N`, `@N..M` or `@N+`. NAME is one of `SEND_FAULTS`,
 * `USAGE_FAULTS`, `EVENT_FAULTS` or a Graph error, `613` or `10/1893063`. VALUE is a duration,
 * `200ms` or `2s`: how long a `delay` waits, or what an error tells as `Retry-After`; of usage it
 * is percent. Example: `delay=50ms:100%,613=2s:2%,hang_after:1%,revoked@500,seed=7`.
 */
export function parseFaults(text: string): ParsedFaults {
  const parts = text.split(",").map((part) => part.trim());
  const seeds = parts.filter((part) => part.startsWith("seed="));
  const problems: string[] = [...seeds.flatMap(seedProblems)];
  if (seeds.length > 1) problems.push("seed= is written more than once. Write it once.");
  const plan = {
    seed: Number(seeds[0]?.slice("seed=".length) ?? 0),
    rules: [] as FaultRule<Fault>[],
    usage: [] as FaultRule<UsageFault>[],
    events: [] as FaultRule<EventFault>[],
  };
  for (const part of parts.filter((part) => part !== "" && !part.startsWith("seed="))) {
    const problem = parseRule(part, plan);
    if (problem !== undefined) problems.push(problem);
  }
  return problems.length > 0 ? { problems } : { plan };
}

function seedProblems(part: string): readonly string[] {
  if (/^seed=\d{1,9}$/.test(part)) return [];
  return [`"${part}" is no seed. Write seed= and a whole number of at most 9 digits.`];
}

interface Rules {
  readonly rules: FaultRule<Fault>[];
  readonly usage: FaultRule<UsageFault>[];
  readonly events: FaultRule<EventFault>[];
}

/** Adds a rule to those of its kind, or says what is wrong with its text. */
function parseRule(text: string, into: Rules): string | undefined {
  const parts = /^([^=:@]+)(?:=([^:@]*))?([:@].*)$/.exec(text);
  if (parts === null) return `"${text}" is no fault. ${SHAPE}`;
  const [, name = "", value, when = ""] = parts;
  const parsed = parseFault(name, value);
  if (parsed.problem !== undefined) return parsed.problem;
  const moment = parseMoment(when);
  if (moment === undefined) return `"${when}" in "${text}" says no moment. ${SHAPE}`;
  if (parsed.of === "send") into.rules.push({ fault: parsed.fault, moment });
  if (parsed.of === "event") into.events.push({ fault: parsed.fault, moment });
  if (parsed.of === "usage") {
    if (isRamp(parsed.fault) && !hasEnd(moment)) {
      return `"${text}" rises over no calls. Write the first and the last, such as @1..100.`;
    }
    into.usage.push({ fault: parsed.fault, moment });
  }
  return undefined;
}

function isRamp({ fromPercent, toPercent }: UsageFault): boolean {
  return fromPercent !== toPercent;
}

function hasEnd(moment: Moment): boolean {
  return moment.kind === "calls" && Number.isFinite(moment.to);
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
