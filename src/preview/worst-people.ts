import type { RenderValues } from "../message/compile-content.ts";
import { hasValue } from "../message/compile-template.ts";
import type { Attribute } from "../model/attribute.ts";
import { ownValue } from "../model/own-value.ts";
import { madeUpValue, type RenderValue } from "./made-up-values.ts";
import { type PreviewPerson, type PreviewScope, withoutPsid } from "./preview-person.ts";

/** Arabic, with a bracket and a digit, which turn around in it. */
const RIGHT_TO_LEFT = "نور الدين (2)";
/** Seven code points that are one picture, of 11 UTF-16 units. */
const FAMILY = "👩‍👩‍👧‍👦";
const PARTY = "🎉";

/**
 * People who show what a message has to stand: the longest values that the data holds, none at
 * all, texts from right to left, and texts of emoji that reach up to the first limit.
 */
export function worstPeople(scope: PreviewScope, longest: RenderValues): PreviewPerson[] {
  const { workspace, attributes, now } = scope;
  const nobody = { zone: workspace.timezone, madeUp: new Set<string>(), own: null };
  const made = valuesBy(attributes, (one) => madeUpValue(one, now));
  const lacking = attributes.filter(({ name }) => !hasValue(ownValue(longest, name)));
  const most = { ...made, ...longest, ...valuesBy(lacking, (one) => made[one.name] ?? null) };
  const withTexts = (text: string) =>
    valuesBy(attributes, (one) => textFor(one, text) ?? made[one.name] ?? null);
  const all = new Set(attributes.map(({ name }) => name));
  return [
    {
      ...nobody,
      name: "the longest values in the data",
      values: withoutPsid(most, workspace),
      madeUp: new Set(lacking.map(({ name }) => name)),
    },
    { ...nobody, name: "somebody of whom nothing is known", values: {} },
    { ...nobody, name: "right-to-left text", values: withTexts(RIGHT_TO_LEFT), madeUp: all },
    {
      ...nobody,
      name: "emoji up to the limit",
      values: withTexts(PARTY),
      madeUp: all,
      grown: (characters) => withTexts(emojiOf(characters)),
    },
  ];
}

function valuesBy(
  attributes: readonly Attribute[],
  choose: (one: Attribute) => RenderValue,
): RenderValues {
  return Object.fromEntries(attributes.map((one) => [one.name, choose(one)]));
}

/** Undefined for what is no free text: an address has to stay one. */
function textFor(attribute: Attribute, text: string): RenderValue | undefined {
  if (attribute.type === "string[]") return [text];
  const isAddress = String(madeUpValue(attribute, 0)).startsWith("https:");
  return attribute.type === "string" && !isAddress ? text : undefined;
}

/** So many UTF-16 units, or one less, of emoji. */
function emojiOf(characters: number): string {
  const family = characters >= FAMILY.length ? FAMILY : "";
  return family + PARTY.repeat(Math.floor((characters - family.length) / PARTY.length));
}
