import type { HtmlChild, HtmlNode } from "../../bubble/html-node.ts";
import type { Guard, PlannedCampaign } from "../../model/plan.ts";
import { count, countPeople, duration, givesWay } from "../reason-words.ts";
import { isHeld } from "../rollout-lines.ts";
import { audienceHtml } from "./audience-html.ts";
import { changesHtml } from "./change-html.ts";
import { element, instantHtml, named, placeHtml } from "./element.ts";
import { funnelHtml, planFunnel } from "./funnel.ts";
import { samplesHtml } from "./message-html.ts";
import { rolloutHtml } from "./rollout-html.ts";

interface PlannedHtml {
  /** What links to it name. */
  readonly anchor: string;
  readonly isOpen: boolean;
  readonly growth: Guard | undefined;
}

/** One campaign in a fold: whom it reaches, why not the others, what it says, what changes. */
export function plannedCampaignHtml(campaign: PlannedCampaign, of: PlannedHtml): HtmlNode {
  const { id, source, rollout } = campaign;
  const open: Record<string, string> = of.isOpen ? { open: "" } : {};
  return element("details", { id: of.anchor, ...open }, [
    element("summary", "", [
      element("h3", "", [named(id)]),
      ` ${effectWords(campaign)}, ${peopleWords(campaign)}`,
    ]),
    element("p", "dim", factsLine(campaign)),
    ...changesHtml(campaign),
    element("h4", "", "Who gets it, and why not the others"),
    funnelHtml(planFunnel(campaign)),
    ...audienceHtml(campaign, of.growth),
    ...samplesHtml(campaign),
    ...rolloutHtml(rollout, source.file),
  ]);
}

/** `changed, sends now`. */
export function effectWords(campaign: PlannedCampaign): string {
  const { action, change } = campaign;
  const does = { send: "sends now", upcoming: "sends later", none: "sends nothing" }[action];
  const shown = isHeld(campaign) ? "stopped by its rollout" : does;
  return change === undefined || change === "none" ? shown : `${change}, ${shown}`;
}

function peopleWords({ action, eligible, matched }: PlannedCampaign): string {
  const people = countPeople(eligible);
  return action === "upcoming" ? `${people} of ${count(matched)} by today's data` : people;
}

function factsLine(campaign: PlannedCampaign): HtmlChild[] {
  const { purpose, due_at, seconds, superseded, source, action, ceiling } = campaign;
  const due = due_at === null ? [] : ["due ", instantHtml(due_at), " · "];
  const most = `an apply of this plan sends to at most ${count(ceiling)}`;
  const sends = action === "send" ? [`about ${duration(seconds)} · ${most} · `] : [];
  const late = superseded > 0 ? [`${givesWay(superseded)} · `] : [];
  return [`${purpose} · `, ...due, ...sends, ...late, placeHtml(source)];
}
