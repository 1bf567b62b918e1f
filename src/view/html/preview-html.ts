import { bubbleHtml } from "../../bubble/bubble-html.ts";
import { bubbleOf } from "../../bubble/bubble-of.ts";
import { type HtmlNode, node } from "../../bubble/html-node.ts";
import type { Meter, Preview, PreviewVersion, Sight, SightValue } from "../../model/preview.ts";
import { escapeLine } from "../escape.ts";
import { partName, shownMeters } from "../meter-lines.ts";
import { leftOutLines, versionName } from "../preview-words.ts";
import { count } from "../reason-words.ts";
import { element, named, placeHtml } from "./element.ts";
import { htmlDocument } from "./html-document.ts";
import { PREVIEW_CSS } from "./preview-css.ts";

/** A preview as one self-contained HTML file: nothing is fetched, nothing can be run. */
export function showPreviewHtml(preview: Preview): string {
  const { campaign, description, source, versions } = preview;
  const body = element("main", "", [
    element("h1", "", [named(campaign)]),
    description === "" ? null : element("p", { dir: "auto" }, description),
    element("p", "dim", [placeHtml(source)]),
    leftOutHtml(leftOutLines(preview)),
    ...versions.map(versionHtml),
  ]);
  return htmlDocument(`Preview of ${campaign}`, [body], PREVIEW_CSS);
}

function leftOutHtml(lines: readonly string[]): HtmlNode | null {
  if (lines.length === 0) return null;
  const items = lines.map((line) => element("li", "", [element("bdi", "", line)]));
  return element("section", "alert", [
    element("p", "", [element("strong", "", "Who would be left out")]),
    element("ul", "", items),
  ]);
}

function versionHtml(version: PreviewVersion): HtmlNode {
  return element("section", "", [
    element("h2", "", [named(versionName(version))]),
    element("div", "sights", version.sights.map(sightHtml)),
  ]);
}

function sightHtml(sight: Sight): HtmlNode {
  const { person, isOwn, outcome, because, message, values, meters } = sight;
  const isMissing = outcome === "missing_value";
  const why = `✗ left out: ${outcome}. ${because.join(" ")}`;
  return element("article", "sight", [
    element("h3", "", [named(person)]),
    isOwn ? element("p", "dim", "would get this version") : null,
    values.length === 0 ? null : element("dl", "values", values.flatMap(valueHtml)),
    outcome === "message" ? null : element("p", { class: "why", dir: "auto" }, why),
    isMissing ? null : bubbleHtml(bubbleOf(message), { live: false }),
    isMissing ? null : metersHtml(meters),
  ]);
}

const NOTES: Readonly<Record<SightValue["from"], string>> = {
  person: "",
  made_up: " (made up)",
  fallback: " stands for it",
  nothing: "",
};

function valueHtml({ name, value, from }: SightValue): readonly HtmlNode[] {
  const isMissing = from === "fallback" || from === "nothing";
  const shown = value === null ? "–" : node("bdi", {}, [escapeLine(value)]);
  return [
    element("dt", "", [named(name), isMissing ? " is missing" : ""]),
    element("dd", "", [shown, element("span", "dim", NOTES[from])]),
  ];
}

function metersHtml(meters: readonly Meter[]): HtmlNode | null {
  if (meters.length === 0) return null;
  const { shown, rest } = shownMeters(meters);
  return element("div", "meters", [
    element("h4", "", "Meta's limits"),
    shown.length === 0 ? null : element("ul", "", shown.map(meterHtml)),
    rest === "" ? null : element("p", "dim", rest),
  ]);
}

function meterHtml(meter: Meter): HtmlNode {
  const { used, limit } = meter;
  const path = partName(meter);
  const use = `${count(used)} / ${count(limit)}`;
  const over = used > limit ? `, ${count(used - limit)} too many` : "";
  // A bar that is drawn with the browser's own element needs no style of its own.
  const bar = element("meter", {
    "aria-label": escapeLine(`${path}: ${use}`),
    min: "0",
    max: String(limit),
    value: String(Math.min(used, limit)),
  });
  return element("li", used > limit ? "meter over" : "meter", [
    named(path),
    element("span", "use", `${use}${over}`),
    bar,
  ]);
}
