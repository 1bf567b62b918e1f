import { bubbleHtml } from "../../bubble/bubble-html.ts";
import { bubbleOf } from "../../bubble/bubble-of.ts";
import type { HtmlNode } from "../../bubble/html-node.ts";
import { wordDiff } from "../../message/word-diff.ts";
import type { JsonObject } from "../../model/json.ts";
import type { PlannedCampaign } from "../../model/plan.ts";
import { messageText } from "../message-text.ts";
import { countPeople } from "../reason-words.ts";
import { element, named } from "./element.ts";

type Sample = PlannedCampaign["samples"][number];

/** The messages of a campaign as their readers see them; a changed one before and after. */
export function samplesHtml({ samples }: PlannedCampaign): HtmlNode[] {
  if (samples.length === 0) return [];
  const changed = samples.some(({ before }) => before !== undefined);
  return [
    element("h4", "", changed ? "Messages, before and after" : "Messages"),
    element("div", "bubbles", samples.map(sampleHtml)),
  ];
}

function sampleHtml(sample: Sample): HtmlNode {
  const { people, message, before } = sample;
  const words = countPeople(people);
  const caption = element("figcaption", "", [...labels(sample), words]);
  if (before === undefined) return element("figure", "", [caption, shown(message)]);
  const [was, is] = [before, message].map((one) => messageText(one as JsonObject));
  return element("figure", "", [
    caption,
    element("div", "pair", [side("Before", before), side("After", message)]),
    element("p", "", diffHtml(was ?? "", is ?? "")),
  ]);
}

function labels({ variant, locale }: Sample) {
  const base = locale === null ? ["base, "] : ["locale ", named(locale), ", "];
  return variant === null ? base : ["variant ", named(variant), ", ", ...base];
}

function side(title: string, message: Sample["message"]): HtmlNode {
  return element("div", "", [element("p", "dim", title), shown(message)]);
}

function shown(message: Sample["message"]): HtmlNode {
  return bubbleHtml(bubbleOf(message as JsonObject), { live: false });
}

/** Two texts as one, word by word: what is gone is struck out, what is new is underlined. */
export function diffHtml(before: string, after: string) {
  const tags = { same: "span", gone: "del", new: "ins" } as const;
  return wordDiff(before, after).map(({ kind, text }) => element(tags[kind], "", text));
}
