import type { HtmlChild, HtmlNode } from "../../bubble/html-node.ts";
import type { PlannedCampaign } from "../../model/plan.ts";
import { count, reasonsText } from "../reason-words.ts";
import { barHtml } from "./bar.ts";
import { element, instantHtml, named } from "./element.ts";
import { effectWords } from "./planned-campaign-html.ts";
import { type HtmlTable, tableHtml } from "./table.ts";

/** A row a campaign, each a funnel of its own; some have a fold further down. */
export function planOverview(
  campaigns: readonly PlannedCampaign[],
  folds: ReadonlyMap<PlannedCampaign, string>,
): HtmlNode {
  const whole = Math.max(...campaigns.map(({ matched }) => matched), 0);
  return tableHtml({
    caption: "Campaigns, in the order they are judged and sent; bars show eligible of matched",
    columns: COLUMNS,
    rows: campaigns.map((campaign) => ({ cells: cellsOf(campaign, folds.get(campaign), whole) })),
  });
}

const COLUMNS: HtmlTable["columns"] = [
  { title: "Campaign" },
  { title: "Effect", kind: "name" },
  { title: "Matched", kind: "number" },
  { title: "Left out", kind: "number" },
  { title: "Eligible", kind: "number" },
  { title: "Share", kind: "bars" },
  { title: "Due" },
];

function cellsOf(
  campaign: PlannedCampaign,
  anchor: string | undefined,
  whole: number,
): HtmlTable["rows"][number]["cells"] {
  const { id, matched, eligible, left_out, due_at } = campaign;
  const left = matched - eligible;
  const bar = barHtml(
    [
      { ink: "reached", length: eligible },
      { ink: "left", length: left },
    ],
    { whole },
  );
  // Where there is no fold with the funnel, its reasons stand here.
  const why = anchor === undefined && left > 0 ? [element("p", "dim", reasonsText(left_out))] : [];
  const effect: HtmlChild[] = [effectWords(campaign), ...why];
  return [
    anchor === undefined ? [named(id)] : [element("a", { href: `#${anchor}` }, [named(id)])],
    effect,
    matched,
    left === 0 ? "0" : `−${count(left)}`,
    eligible,
    [bar],
    due_at === null ? "" : [instantHtml(due_at)],
  ];
}
