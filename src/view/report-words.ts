import type { Guard } from "../model/plan.ts";
import type { Report, ReportedPace } from "../model/report.ts";
import { count, duration } from "./reason-words.ts";

const ENDS: Readonly<Record<Exclude<Report["outcome"], "ok">, string>> = {
  interrupted: "the run was interrupted",
  denied: "Meta refuses the Page, the app or the token",
  partial: "some due ones are left",
};

/** One line: how many, where to, and how it ended. */
export function reportVerdict({ outcome, totals, target }: Report): string {
  const { sent, untried, released } = totals;
  const messages = sent === 1 ? "1 message" : `${count(sent)} messages`;
  const where = target === "meta" ? "to Meta" : "to a sandbox";
  const all = `${messages} sent ${where}`;
  if (outcome !== "ok") return `${all}; ${ENDS[outcome]}.`;
  const isIdle = sent + untried + released + totals.failed + totals.unknown === 0;
  return isIdle ? "Nothing was due; nothing was sent." : `${all}.`;
}

/** `152 requests, 19.8/s on average, at most 20 in a second; 2 × paused (1 min): …`. */
export function paceWords({ requests, mean_per_second, peak_per_second, pauses }: ReportedPace) {
  const mean = `${mean_per_second.toFixed(1)}/s on average`;
  const speed = `${count(requests)} requests, ${mean}, at most ${peak_per_second} in a second`;
  const waits = pauses.map(
    (pause) =>
      `paused ${pause.count} × for ${pause.cause} (${duration(Math.round(pause.seconds))})`,
  );
  return [speed, ...waits].join("; ");
}

/** Outcome, rule with campaign, actual, limit. */
export function guardRows(guards: readonly Guard[]): string[][] {
  return guards.map(({ outcome, rule, campaign, actual, limit }) => {
    const least = rule === "empty_audience" ? "at least" : "of at most";
    const whose = campaign === null ? "" : ` ${campaign}`;
    return [outcome, `${rule}${whose}`, count(actual), `${least} ${count(limit)}`];
  });
}
