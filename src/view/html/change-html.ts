import type { HtmlNode } from "../../bubble/html-node.ts";
import type { Plan, PlannedCampaign } from "../../model/plan.ts";
import { countPeople } from "../reason-words.ts";
import { element, named } from "./element.ts";
import { diffHtml } from "./message-html.ts";

type Change = NonNullable<PlannedCampaign["changes"]>[number];

/** What a change of files does to one campaign; empty without a base. */
export function changesHtml({ changes = [], renamed_from }: PlannedCampaign): HtmlNode[] {
  const renamed =
    renamed_from === undefined
      ? []
      : [element("p", "", ["Renamed from ", named(renamed_from, "code"), "; keeps its history."])];
  if (changes.length === 0) return renamed;
  return [...renamed, element("h4", "", "What changes"), changeList(changes)];
}

/** What the change does beside the campaigns that stay: those that go, and guards that move. */
export function comparedHtml({ snapshot }: Plan): HtmlNode[] {
  if (snapshot.compared === undefined) return [];
  const { removed, guards } = snapshot.compared;
  const gone = removed.map(({ id, because, leaving }) => {
    const word = because === "deleted" ? "removed" : `now ${because}`;
    return element("li", "", [
      named(id, "code"),
      ` ${word}; ${countPeople(leaving)} in its audience`,
    ]);
  });
  return [
    ...(gone.length === 0
      ? []
      : [
          element("h3", "", "No longer active"),
          element("p", "dim", "What was sent stays in the ledger."),
          element("ul", "", gone),
        ]),
    ...(guards.length === 0
      ? []
      : [
          element("div", "alert warn", [
            element("p", "", "Guards change. This plan is judged by the ones of the base."),
            changeList(guards),
          ]),
        ]),
  ];
}

function changeList(changes: readonly Change[]): HtmlNode {
  return element("ul", "", changes.map(changeHtml));
}

function changeHtml({ path, before, after }: Change): HtmlNode {
  const values =
    typeof before === "string" && typeof after === "string"
      ? diffHtml(before, after)
      : [element("del", "", valueText(before)), " → ", element("ins", "", valueText(after))];
  return element("li", "", [named(path, "code"), " ", ...values]);
}

function valueText(value: Change["before"]): string {
  return value === null ? "nothing" : String(value);
}
