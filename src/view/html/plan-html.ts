import type { HtmlNode } from "../../bubble/html-node.ts";
import type { Guard, Plan, PlannedCampaign } from "../../model/plan.ts";
import { consentRule, planVerdict } from "../plan-text.ts";
import { barDefinitions } from "./bar.ts";
import { calendarHtml } from "./calendar-html.ts";
import { comparedHtml } from "./change-html.ts";
import { element, instantHtml, named } from "./element.ts";
import { FEW, MOST_FOLDS, moreRows, partedRows } from "./folds.ts";
import { guardsHtml } from "./guards-html.ts";
import { htmlDocument } from "./html-document.ts";
import { factsHtml, verdictHtml, warningsHtml } from "./page-parts.ts";
import { planOverview } from "./plan-overview-html.ts";
import { plannedCampaignHtml } from "./planned-campaign-html.ts";

/** A plan as one HTML document that stands alone, made from nothing but the plan. */
export function showPlanHtml(plan: Plan): string {
  const { intent, snapshot } = plan;
  const folds = foldsOf(snapshot.campaigns);
  const body = element("main", folds.size <= FEW ? "few" : "many", [
    barDefinitions(),
    ...headHtml(plan),
    element("h2", { id: "guards" }, "Guards"),
    ...guardsHtml(snapshot.guards),
    element("h2", { id: "campaigns" }, "Campaigns"),
    ...comparedHtml(plan),
    ...campaignsHtml(plan, folds),
    ...calendarHtml(plan),
    ...warningsHtml(snapshot.warnings),
    footHtml(plan),
  ]);
  return htmlDocument(`Campaign plan · ${intent.workspace}`, [body]);
}

function headHtml(plan: Plan): HtmlNode[] {
  const { intent, snapshot, summary } = plan;
  const { head, base, dirty } = snapshot.git;
  const kind = summary.blocked > 0 ? "bad" : summary.recipients > 0 ? "good" : "quiet";
  const unsaid = dirty ? ", with files changed since" : "";
  return [
    element("h1", "", ["Campaign plan · ", named(intent.workspace)]),
    verdictHtml(planVerdict(plan), kind),
    ...(kind === "good" ? [element("p", "", "A message cannot be unsent.")] : []),
    factsHtml([
      ["As of", [instantHtml(snapshot.now)]],
      ...(head === null ? [] : [["Commit", [named(head, "code"), unsaid]] as const]),
      ...(base === null ? [] : [["Compared with", [named(base, "code")]] as const]),
      ["Consent", [consentRule(plan)]],
      ["Approve by intent", [named(plan.digests.intent, "code")]],
    ]),
  ];
}

/** Those that send, are held or change, then what is to come, by people; each with its anchor. */
function foldsOf(campaigns: readonly PlannedCampaign[]): Map<PlannedCampaign, string> {
  const told = campaigns.filter((one) => rank(one) < 3);
  const ranked = [...told].sort((a, b) => rank(a) - rank(b) || b.eligible - a.eligible);
  const chosen = new Set(ranked.slice(0, MOST_FOLDS));
  return new Map(told.filter((one) => chosen.has(one)).map((one, n) => [one, `campaign-${n + 1}`]));
}

function rank({ action, change, rollout }: PlannedCampaign): number {
  if (change !== undefined && change !== "none") return 0;
  if (action === "send" || (rollout?.held ?? 0) > 0) return 1;
  return action === "upcoming" ? 2 : 3;
}

function campaignsHtml({ snapshot }: Plan, folds: ReadonlyMap<PlannedCampaign, string>) {
  const { campaigns, guards } = snapshot;
  if (campaigns.length === 0) return [element("p", "", "No campaign is active.")];
  const growth = growthGuards(guards);
  const isOpen = (one: PlannedCampaign) => folds.size <= FEW && rank(one) < 2;
  const { rows, more } = partedRows(campaigns, folds);
  return [
    planOverview(rows, folds),
    ...moreRows(more.length, () => planOverview(more, folds)),
    ...[...folds].map(([one, anchor]) =>
      plannedCampaignHtml(one, { anchor, isOpen: isOpen(one), growth: growth.get(one.id) }),
    ),
  ];
}

function growthGuards(guards: readonly Guard[]): Map<string, Guard> {
  const growth = guards.filter(({ rule }) => rule === "max_growth");
  return new Map(growth.flatMap((one) => (one.campaign === null ? [] : [[one.campaign, one]])));
}

function footHtml({ digests }: Plan): HtmlNode {
  return element("footer", "", [
    element("p", "dim", [
      "People are counts; values of people stand as •••. Snapshot ",
      named(digests.snapshot, "code"),
      ".",
    ]),
  ]);
}
