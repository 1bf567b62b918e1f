import type { CampaignReport } from "../model/report.ts";
import type { DecidedCampaign } from "../plan/build-plan.ts";
import type { ApplyRun } from "./apply-plan.ts";
import { rememberStop } from "./memory.ts";
import { untriedReport, waveStop } from "./send-planned.ts";

/** A campaign that the stop of a wave keeps back. */
export async function reportHeld(
  { judged, planned, standings }: DecidedCampaign,
  run: ApplyRun,
): Promise<CampaignReport> {
  const current = standings.map(({ occurrence }) => occurrence);
  for (const standing of standings) {
    await rememberStop(standing, { campaign: judged.campaign, current }, run);
  }
  return { ...untriedReport(planned), stopped: waveStop(planned.rollout) };
}
