import type { Campaign } from "../model/campaign.ts";
import type { Guards } from "../model/workspace.ts";
import { writtenCeiling } from "./intent.ts";

/**
 * The most people that an apply of this plan may send a campaign to: the audience may breathe by
 * the growth the workspace allows, never above the written limit (SPEC section 7).
 */
export function ceilingOf(campaign: Campaign, eligible: number, guards: Guards): number {
  const { percent, atLeast } = guards.maxGrowth ?? { percent: 0, atLeast: 0 };
  // Whole numbers first: 1.1 as a factor would make 10 of 9.
  const grown = Math.max(Math.floor((eligible * (100 + percent)) / 100), atLeast);
  return Math.min(grown, writtenCeiling(campaign, guards) ?? grown);
}
