import { wordDiffText } from "../message/word-diff.ts";
import type { Plan, PlannedCampaign } from "../model/plan.ts";
import { messageText } from "./message-text.ts";
import { count, countPeople } from "./reason-words.ts";

/** What a change of files does to one campaign; empty without a base. */
export function changeLines(campaign: PlannedCampaign): string[] {
  const { change, renamed_from, changes = [], entering = 0, leaving = 0, samples } = campaign;
  if (change === undefined || change === "none") return [];
  const moves = [
    ...(entering > 0 ? [`${count(entering)} enter`] : []),
    ...(leaving > 0 ? [`${count(leaving)} leave`] : []),
  ];
  const from = change === "renamed" ? ` from ${renamed_from}, whose history it keeps` : "";
  const audience = moves.length === 0 ? "" : `; of the audience ${moves.join(", ")}`;
  return [
    `~ ${change}${from}${audience}`,
    ...changes.map(({ path, before, after }) => `  ${path}: ${valuesText(before, after)}`),
    ...samples.flatMap(({ variant, locale, message, before }) => {
      if (before === undefined) return [];
      const labels = [variant, locale ?? "base"].filter((label) => label !== null).join("/");
      const [was, is] = [before, message].map((one) => messageText(one as never));
      return [`  ${labels} reads: ${wordDiffText(was ?? "", is ?? "")}`];
    }),
  ];
}

/** What a change does beside its campaigns. */
export function comparedLines({ snapshot }: Plan): string[] {
  if (snapshot.compared === undefined) return [];
  const { removed, guards } = snapshot.compared;
  const touched = snapshot.campaigns.filter(({ change }) => change && change !== "none").length;
  const total = touched + removed.length;
  const base = snapshot.git.base?.slice(0, 7) ?? "";
  return [
    `Compared with ${base}: ${count(total)} ${total === 1 ? "campaign" : "campaigns"} touched.`,
    ...removed.map(({ id, because, leaving }) => {
      const word = because === "deleted" ? "removed" : `now ${because}`;
      return `- ${id}  ${word}; ${countPeople(leaving)} in its audience`;
    }),
    ...guards.map(({ path, before, after }) => {
      const values = valuesText(before, after);
      return `~ guards.${path}: ${values}  (this plan is judged by the base's)`;
    }),
  ];
}

function valuesText(before: unknown, after: unknown): string {
  if (typeof before === "string" && typeof after === "string") return wordDiffText(before, after);
  return `${before ?? "nothing"} → ${after ?? "nothing"}`;
}
