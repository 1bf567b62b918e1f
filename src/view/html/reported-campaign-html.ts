import type { HtmlNode } from "../../bubble/html-node.ts";
import type { CampaignReport } from "../../model/report.ts";
import { count, duration } from "../reason-words.ts";
import { element, named, placeHtml } from "./element.ts";
import { errorsHtml } from "./errors-html.ts";
import { funnelHtml, reportFunnel } from "./funnel.ts";
import { rolloutHtml } from "./rollout-html.ts";

interface ReportedHtml {
  /** What links to it name. */
  readonly anchor: string;
  readonly isOpen: boolean;
}

/** One campaign in a fold: what became of everybody, what went wrong, where its waves stand. */
export function reportedCampaignHtml(campaign: CampaignReport, of: ReportedHtml): HtmlNode {
  const { id, sent, matched, seconds, source, errors, rollout, stopped } = campaign;
  const open: Record<string, string> = of.isOpen ? { open: "" } : {};
  const stop =
    stopped === null || stopped.scope === "wave"
      ? []
      : [
          element("div", "alert", [
            element("p", "", [element("strong", "", "Stopped"), ` (${stopped.scope}): `]),
            element("p", "", stopped.because),
          ]),
        ];
  return element("details", { id: of.anchor, ...open }, [
    element("summary", "", [
      element("h3", "", [named(id)]),
      ` ${count(sent)} sent of ${count(matched)} matched`,
    ]),
    element("p", "dim", [`in ${duration(seconds)} · `, placeHtml(source)]),
    ...stop,
    element("h4", "", "What became of everybody"),
    funnelHtml(reportFunnel(campaign)),
    ...(errors.length === 0 ? [] : [element("h4", "", "What went wrong"), errorsHtml(errors)]),
    ...rolloutHtml(rollout, source.file),
  ]);
}
