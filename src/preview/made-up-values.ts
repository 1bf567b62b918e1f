import type { RenderValues } from "../message/compile-content.ts";
import type { Attribute, AttributeType } from "../model/attribute.ts";
import type { Instant } from "../model/instant.ts";

export type RenderValue = RenderValues[string];

/** Texts by what an attribute is called, the first that fits. */
const BY_NAME: readonly (readonly [RegExp, string])[] = [
  [/url|link|href|image|photo|picture/i, "https://shop.example/a17"],
  [/first_?name|given/i, "Ana"],
  [/last_?name|surname|family/i, "Silva"],
  [/full_?name|^name$/i, "Ana Silva"],
  [/city|town/i, "Berlin"],
  [/country/i, "DE"],
  [/locale|language/i, "de_DE"],
  [/time_?zone/i, "Europe/Berlin"],
  [/e_?mail/i, "ana@shop.example"],
  [/phone|mobile/i, "+49 30 901820"],
  [/currency/i, "EUR"],
  [/code|number|_id$|^id$/i, "A17"],
];

const BY_TYPE: Readonly<Record<Exclude<AttributeType, "string">, (now: Instant) => RenderValue>> = {
  number: () => 29.95,
  integer: () => 3,
  boolean: () => true,
  date: (now) => new Date(now).toISOString().slice(0, 10),
  timestamp: (now) => now,
  "string[]": () => ["one", "two"],
};

/** A likely value of an attribute of whom nothing is known. */
export function madeUpValue({ name, type }: Attribute, now: Instant): RenderValue {
  if (type !== "string") return BY_TYPE[type](now);
  const own = name.replace(/^event\./, "");
  const [, text] = BY_NAME.find(([pattern]) => pattern.test(own)) ?? [];
  return text ?? own.replaceAll("_", " ");
}
