import type { HtmlNode } from "../../bubble/html-node.ts";
import type { CampaignReport, Report } from "../../model/report.ts";
import { barHtml } from "./bar.ts";
import { element, named } from "./element.ts";
import { type HtmlTable, tableHtml } from "./table.ts";

/** A row a campaign, each a funnel of its own; some have a fold further down. */
export function reportOverview(
  campaigns: readonly CampaignReport[],
  totals: Report["totals"] | null,
  folds: ReadonlyMap<CampaignReport, string>,
): HtmlNode {
  const rows: HtmlTable["rows"] = campaigns.map((one) => ({ cells: cellsOf(one, folds.get(one)) }));
  return tableHtml({
    caption: "Campaigns, in the order they were sent; bars show what became of those tried",
    columns: COLUMNS,
    rows: totals === null || campaigns.length === 1 ? rows : [...rows, sumRow(totals)],
  });
}

function sumRow(totals: Report["totals"]): HtmlTable["rows"][number] {
  return { cells: ["All campaigns", ...numbers(totals), [outcomeBar(totals)]], isSum: true };
}

const NUMBERS = ["Matched", "Left out", "Sent", "Failed", "Unknown", "Due again", "Not tried"];
const COLUMNS: HtmlTable["columns"] = [
  { title: "Campaign" },
  ...NUMBERS.map((title) => ({ title, kind: "number" as const })),
  { title: "Share", kind: "bars" },
];

function cellsOf(
  campaign: CampaignReport,
  anchor: string | undefined,
): HtmlTable["rows"][number]["cells"] {
  const left_out = Object.values(campaign.left_out).reduce((sum, people) => sum + people, 0);
  const name = named(campaign.id);
  return [
    anchor === undefined ? [name] : [element("a", { href: `#${anchor}` }, [name])],
    ...numbers({ ...campaign, left_out }),
    [outcomeBar(campaign)],
  ];
}

function numbers(of: Report["totals"]): number[] {
  const { matched, left_out, sent, failed, unknown, released, untried } = of;
  return [matched, left_out, sent, failed, unknown, released, untried];
}

function outcomeBar(of: Omit<Report["totals"], "left_out" | "matched">): HtmlNode {
  const { sent, failed, unknown, released, untried } = of;
  return barHtml(
    [
      { ink: "reached", length: sent },
      { ink: "failed", length: failed },
      { ink: "unknown", length: unknown },
      { ink: "open", length: released + untried },
    ],
    { whole: sent + failed + unknown + released + untried },
  );
}
