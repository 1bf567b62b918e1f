import type { HtmlNode } from "../../bubble/html-node.ts";
import type { Reason } from "../../model/delivery.ts";
import type { PlannedCampaign } from "../../model/plan.ts";
import type { CampaignReport } from "../../model/report.ts";
import { count, REASON_WORDS } from "../reason-words.ts";
import { barHtml, type Ink } from "./bar.ts";
import { type HtmlTable, tableHtml } from "./table.ts";

/** From those who match to what became of them. */
export interface Funnel {
  readonly matched: number;
  /** In order; they add up to `matched`. */
  readonly steps: readonly FunnelStep[];
}

interface FunnelStep {
  readonly label: string;
  readonly people: number;
  readonly ink: Ink;
}

export function planFunnel({ matched, eligible, left_out }: PlannedCampaign): Funnel {
  const reached = { label: "eligible", people: eligible, ink: "reached" } as const;
  return { matched, steps: [...leftSteps(left_out), reached] };
}

/** What nobody met is left away, but for those who were sent to. */
export function reportFunnel(campaign: CampaignReport): Funnel {
  const { matched, left_out, sent, failed, unknown, released, untried } = campaign;
  const steps: readonly FunnelStep[] = [
    ...leftSteps(left_out),
    { label: "sent", people: sent, ink: "reached" },
    { label: "failed", people: failed, ink: "failed" },
    { label: "unknown", people: unknown, ink: "unknown" },
    { label: "due again", people: released, ink: "open" },
    { label: "not tried", people: untried, ink: "open" },
  ];
  return { matched, steps: steps.filter(({ people, label }) => people > 0 || label === "sent") };
}

function leftSteps(leftOut: Readonly<Record<string, number>>): FunnelStep[] {
  return Object.entries(leftOut).map(([reason, people]) => {
    const words = REASON_WORDS[reason as Reason] ?? reason;
    return { label: `left out: ${words}`, people, ink: "left" };
  });
}

/** Each step below the one before, where it begins: together they are as wide as all who match. */
export function funnelHtml({ matched, steps }: Funnel): HtmlNode {
  let from = matched;
  const drawn = steps.map(({ people, ink }) => {
    from -= people;
    return barHtml([{ ink, length: people }], { whole: matched, from });
  });
  const rows: HtmlTable["rows"] = [
    {
      cells: ["matched", matched, [barHtml([{ ink: "matched", length: matched }], of(matched))]],
      isSum: true,
    },
    ...steps.map(({ label, people }, index) => ({
      cells: [label, people, [drawn[index] ?? null]] as const,
    })),
  ];
  return tableHtml({
    caption: `${count(matched)} matched = ${steps.map(({ people }) => count(people)).join(" + ")}`,
    columns: [
      { title: "Step" },
      { title: "People", kind: "number" },
      { title: "Share", kind: "bars" },
    ],
    rows,
  });
}

function of(whole: number): { readonly whole: number } {
  return { whole };
}
