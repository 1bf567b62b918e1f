import type { CampaignReport, Report } from "../model/report.ts";

/** How a run ended, by the order of SPEC section 6: interrupted, denied, partial, ok. */
export function outcomeOf(
  campaigns: readonly CampaignReport[],
  signal: AbortSignal,
): Report["outcome"] {
  if (signal.aborted && isSignalName(signal.reason)) return "interrupted";
  if (campaigns.some(({ stopped }) => stopped?.scope === "run" || stopped?.scope === "page")) {
    return "denied";
  }
  const isComplete = campaigns.every(
    ({ released, untried, stopped }) => released === 0 && untried === 0 && stopped === null,
  );
  return isComplete ? "ok" : "partial";
}

function isSignalName(reason: unknown): boolean {
  return reason === "SIGINT" || reason === "SIGTERM";
}
