import { combinations, mergeLayers } from "../message/layers.ts";
import type { Campaign } from "../model/campaign.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../model/json.ts";
import type { Template } from "./templates.ts";

const FIRST_ID = 103_000_000_000_000;

/**
 * The utility templates that campaigns name, approved, each with as many placeholders as its first
 * use fills. A name that depends on the person somewhere is left out: it then stands for any.
 */
export function templatesOf(campaigns: readonly Campaign[]): readonly Template[] {
  const named = campaigns
    .flatMap(({ content }) => combinations(content))
    .map(({ layers }) => mergeLayers(layers)["template"])
    .filter(isJsonObject)
    .map((written) => ({ written, name: String(written["name"]), language: languageOf(written) }));
  const open = new Set(named.filter(isOpen).map(({ name }) => name));
  const found = new Map<string, Template>();
  for (const { written, name, language } of named) {
    const key = `${name} ${language}`;
    if (open.has(name) || found.has(key)) continue;
    const id = String(FIRST_ID + found.size);
    const components = componentsOf(written["components"]);
    found.set(key, { id, name, language, status: "APPROVED", components });
  }
  return [...found.values()];
}

function isOpen({ name, language }: { readonly name: string; readonly language: string }): boolean {
  return `${name}${language}`.includes("{{");
}

function languageOf({ language }: JsonObject): string {
  return isJsonObject(language) ? String(language["code"]) : "";
}

function componentsOf(written: JsonValue | undefined): readonly unknown[] {
  const parts = Array.isArray(written) ? written.filter(isJsonObject) : [];
  return parts.map(({ type, parameters }) => {
    const kind = String(type).toUpperCase();
    // Buttons have labels of their own, and their parameters are counted by nobody.
    if (kind === "BUTTONS") return { type: kind };
    const count = Array.isArray(parameters) ? parameters.length : 0;
    const text = Array.from({ length: count }, (_, place) => `{{${place + 1}}}`).join(" and ");
    return { type: kind, text };
  });
}
