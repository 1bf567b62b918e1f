import { isHaltByMeta } from "../model/halt.ts";
import type { CampaignReport, CutOff, Report } from "../model/report.ts";

/** How a run ended, by the order of SPEC section 6: interrupted, denied, partial, ok. */
export function outcomeOf(
  campaigns: readonly CampaignReport[],
  cutOff: CutOff | null,
): Report["outcome"] {
  if (cutOff?.by === "signal") return "interrupted";
  if (campaigns.some(({ stopped }) => stopped?.scope === "run" || stopped?.scope === "page")) {
    return "denied";
  }
  if (cutOff?.by === "halt" && isHaltByMeta(cutOff.because)) return "denied";
  const isComplete = campaigns.every(
    ({ released, untried, stopped }) => released === 0 && untried === 0 && stopped === null,
  );
  return isComplete ? "ok" : "partial";
}
