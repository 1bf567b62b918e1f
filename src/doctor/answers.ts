import type { Check, CheckName } from "../model/checkup.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../model/json.ts";
import type { GraphAnswer, GraphRefusal } from "../ports/graph-reader.ts";
import { error, warning } from "./verdicts.ts";

type NoAnswer = Exclude<GraphAnswer, { kind: "told" }>;

/** A question that stays open: Meta was not reached, or refuses it. `needs`: the rights for it. */
export function unanswered(name: CheckName, answer: NoAnswer, needs: string): Check {
  if (answer.kind === "unreached") return unreached(name, answer.reason);
  return warning(name, {
    code: "META_REFUSED",
    found: `Meta does not tell: ${refusalWords(answer.refusal)}.`,
    next: `This question needs ${needs}. Sends may work all the same.`,
  });
}

export function unreached(name: CheckName, reason: string): Check {
  return error(name, "error", {
    code: "META_UNREACHED",
    found: `The Graph API gave no answer: ${reason}.`,
    next:
      "Look whether this machine reaches graph.facebook.com (network, proxy, POSTHORN_GRAPH_URL) " +
      "and run this again. metastatus.com tells of outages.",
  });
}

/** Meta's words with the codes that its documentation lists. */
export function refusalWords({ code, subcode, message }: GraphRefusal): string {
  const words = message.replace(/^\(#\d+\)\s*/, "").replace(/\.$/, "");
  if (code === null) return words;
  return `${words} (code ${code}${subcode === null ? "" : `/${subcode}`})`;
}

/** The objects of a list, such as `data` of an answer. */
export function objectsIn(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

export function textsIn(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];
}

/** `a, b and c`. */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}
