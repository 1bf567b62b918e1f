import { isJsonObject, type JsonObject, type JsonPath, type JsonValue } from "../model/json.ts";
import { checkLeaf, fitsLeaf } from "./check-leaf.ts";
import {
  compileTemplate,
  encodeForUrl,
  type Scope,
  type TemplateSettings,
} from "./compile-template.ts";
import { type Layer, mergeLayers, sourceOf } from "./layers.ts";
import { FREE_LEAF, type LeafRules, leafRules, pointerTo } from "./leaf-rules.ts";
import { fixedText, parseTemplate } from "./parse-template.ts";

/** Builds one person's message; what is wrong with it is left in the scope. */
export type BuildMessage = (scope: Scope) => JsonObject;

/**
 * The message of one combination as a function of a person's values. The texts with tags are
 * checked as they are built; nothing else can differ between people, and that was checked before.
 */
export function compileMessage(
  layers: readonly Layer[],
  settings: Omit<TemplateSettings, "encode">,
): BuildMessage {
  const message = mergeLayers(layers);
  const site: Site = { layers, settings, rules: leafRules(message) };
  return compileObject(message, [], site).build;
}

interface Site {
  readonly layers: readonly Layer[];
  readonly settings: Omit<TemplateSettings, "encode">;
  readonly rules: LeafRules;
}

/** `isFixed`: the same for everyone, so that one value can serve all. */
interface Part<T extends JsonValue> {
  readonly isFixed: boolean;
  readonly build: (scope: Scope) => T;
}

function compileValue(value: JsonValue, path: JsonPath, site: Site): Part<JsonValue> {
  if (typeof value === "string") return compileText(value, path, site);
  if (Array.isArray(value)) return compileList(value, path, site);
  if (isJsonObject(value)) return compileObject(value, path, site);
  return { isFixed: true, build: () => value };
}

function compileObject(value: JsonObject, path: JsonPath, site: Site): Part<JsonObject> {
  const parts = Object.entries(value).map(
    ([key, entry]) => [key, compileValue(entry, [...path, key], site)] as const,
  );
  const nobody: Scope = { values: {}, zone: "UTC", dot: null, missing: [], findings: [] };
  const fixed = Object.fromEntries(
    parts.map(([key, part]) => [key, part.isFixed ? part.build(nobody) : null]),
  );
  const varying = parts.filter(([, part]) => !part.isFixed);
  if (varying.length === 0) return { isFixed: true, build: () => fixed };
  const build = (scope: Scope) => {
    const built: Record<string, JsonValue> = { ...fixed };
    for (const [key, part] of varying) built[key] = part.build(scope);
    return built;
  };
  return { isFixed: false, build };
}

function compileList(value: readonly JsonValue[], path: JsonPath, site: Site): Part<JsonValue> {
  const parts = value.map((entry, index) => compileValue(entry, [...path, index], site));
  const build = (scope: Scope) => parts.map((part) => part.build(scope));
  if (parts.some((part) => !part.isFixed)) return { isFixed: false, build };
  const fixed = build({ values: {}, zone: "UTC", dot: null, missing: [], findings: [] });
  return { isFixed: true, build: () => fixed };
}

function compileText(text: string, path: JsonPath, site: Site): Part<string> {
  const parsed = parseTemplate(text);
  const tokens = parsed.kind === "template" ? parsed.tokens : [];
  const fixed = fixedText(tokens);
  if (fixed !== undefined) return { isFixed: true, build: () => fixed };
  const rule = site.rules.get(pointerTo(path)) ?? FREE_LEAF;
  const encode = rule.isUrl ? encodeForUrl : (value: string) => value;
  const print = compileTemplate(tokens, { ...site.settings, encode });
  const source = sourceOf(site.layers, path);
  const build = (scope: Scope) => {
    const printed = print(scope);
    if (!fitsLeaf(printed, rule)) {
      for (const finding of checkLeaf(path, printed, rule)) {
        scope.findings.push({ ...finding, path: source });
      }
    }
    return printed;
  };
  return { isFixed: false, build };
}
