import { formatInstant } from "../model/instant.ts";
import type { Warning } from "../model/plan.ts";
import type { CampaignReport, Report } from "../model/report.ts";
import type { Decision } from "../plan/build-plan.ts";
import type { ApplyRun } from "./apply-plan.ts";
import { nextSteps } from "./next-steps.ts";
import { outcomeOf } from "./outcome-of.ts";

/** What a run came to, as a document. */
export function reportOf(
  run: ApplyRun,
  { plan }: Decision,
  ran: {
    readonly startedAt: number;
    readonly campaigns: readonly CampaignReport[];
    readonly unresolvedBefore: number;
  },
): Report {
  const { campaigns, unresolvedBefore } = ran;
  const { guards, warnings } = plan.snapshot;
  const cutOff = run.end.reason;
  const totals = totalsOf(campaigns);
  const tokenName = run.workspace.page.accessToken.env;
  return {
    format: "posthorn.report/1",
    workspace: run.workspace.id,
    run_id: run.writer.run.id,
    target: run.target,
    commit: run.writer.run.commit,
    intent: plan.digests.intent,
    started_at: formatInstant(ran.startedAt),
    finished_at: formatInstant(run.clock.now()),
    outcome: outcomeOf(campaigns, cutOff),
    cut_off: cutOff,
    totals,
    campaigns: [...campaigns],
    pace: run.requests.figures(run.limits.pauses),
    unresolved_before: unresolvedBefore,
    guards,
    warnings: [...warnings, ...run.changes.warnings, ...versionWarnings(run)],
    next: nextSteps({ campaigns, totals, cutOff, unresolvedBefore, tokenName }),
  };
}

/** Versions die two years after the next one, and are then served by an older one silently. */
function versionWarnings({ gateway, workspace }: ApplyRun): Warning[] {
  if (gateway.otherVersion === null) return [];
  const detail =
    `graph.version is ${workspace.graph.version}, and ${gateway.otherVersion} answered: Meta no ` +
    "longer has the one you asked for, or not yet. Set graph.version to one that it has.";
  return [{ code: "GRAPH_VERSION", summary: "Another version answered", detail, source: null }];
}

function totalsOf(campaigns: readonly CampaignReport[]): Report["totals"] {
  const total = (part: (campaign: CampaignReport) => number) =>
    campaigns.reduce((sum, campaign) => sum + part(campaign), 0);
  return {
    matched: total(({ matched }) => matched),
    left_out: total(({ left_out }) => Object.values(left_out).reduce((sum, n) => sum + n, 0)),
    sent: total(({ sent }) => sent),
    failed: total(({ failed }) => failed),
    unknown: total(({ unknown }) => unknown),
    released: total(({ released }) => released),
    untried: total(({ untried }) => untried),
  };
}
