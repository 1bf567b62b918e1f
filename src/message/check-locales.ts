import type { Finding } from "../diag/diagnostic.ts";
import type { Content, Variant } from "../model/campaign.ts";
import type { JsonObject, JsonPath } from "../model/json.ts";
import { localeKey } from "./match-locale.ts";

/** What is wrong with the sets of locales; paths lead from the campaign's document. */
export function checkLocales(content: Content): readonly Finding[] {
  return [
    ...checkTwice(content.locales, ["locales"]),
    ...content.variants.flatMap((variant) => [
      ...checkTwice(variant.locales, ["variants", variant.name, "locales"]),
      ...checkOwn(variant, content.locales),
    ]),
  ];
}

function checkTwice(locales: ReadonlyMap<string, JsonObject>, path: JsonPath): readonly Finding[] {
  const first = new Map<string, string>();
  return [...locales.keys()].flatMap((locale): readonly Finding[] => {
    const other = first.get(localeKey(locale));
    first.set(localeKey(locale), other ?? locale);
    if (other === undefined) return [];
    const detail = `"${locale}" and "${other}" are the same locale. Keep one of them.`;
    const summary = "Locale written twice";
    return [{ code: "LOCALE_TWICE", path: [...path, locale], atKey: true, summary, detail }];
  });
}

/** Without this, people of those locales would get the variant in the wrong language. */
function checkOwn(variant: Variant, all: ReadonlyMap<string, JsonObject>): readonly Finding[] {
  if (variant.message === undefined) return [];
  const own = new Set([...variant.locales.keys()].map(localeKey));
  const lacking = [...all.keys()].filter((locale) => !own.has(localeKey(locale)));
  if (lacking.length === 0) return [];
  const detail =
    `Variant "${variant.name}" has a message of its own, but none for ${lacking.join(", ")}, ` +
    `which the campaign has. Add them under variants.${variant.name}.locales.`;
  return [
    {
      code: "VARIANT_LOCALES",
      severity: own.size === 0 ? "error" : "warning",
      path: ["variants", variant.name],
      atKey: true,
      summary: "Variant lacks locales",
      detail,
    },
  ];
}
