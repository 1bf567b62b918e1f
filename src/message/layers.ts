import type { Content, Variant } from "../model/campaign.ts";
import { isJsonObject, type JsonObject, type JsonPath, type JsonValue } from "../model/json.ts";
import { mergePatch } from "./merge-patch.ts";

/** The campaign's message, or a patch over it, and where it stands in the campaign's file. */
export interface Layer {
  readonly path: JsonPath;
  readonly patch: JsonObject;
}

/** One message that people can get: what a variant says in a locale (null: the base text). */
export interface Combination {
  readonly variant: string | null;
  readonly locale: string | null;
  /** From the campaign's message upwards; never empty. */
  readonly layers: readonly Layer[];
}

/** Every combination of variant and locale, in file order. */
export function combinations(content: Content): readonly Combination[] {
  const variants = content.variants.length === 0 ? [null] : content.variants;
  return variants.flatMap((variant) => combinationsOf(content, variant));
}

/** The message and every patch over it, each once. */
export function allLayers(content: Content): readonly Layer[] {
  return [
    baseLayer(content),
    ...localeLayers(content.locales, ["locales"]),
    ...content.variants.flatMap((variant) => [
      ...variantLayer(variant),
      ...localeLayers(variant.locales, ["variants", variant.name, "locales"]),
    ]),
  ];
}

/** The message that `layers` make together. */
export function mergeLayers(layers: readonly Layer[]): JsonObject {
  return layers.reduce<JsonObject>((message, layer) => mergePatch(message, layer.patch), {});
}

/** Whether a patch itself decides what stands at `path`: by a leaf, a list or a removal. */
export function writes(patch: JsonObject, path: JsonPath): boolean {
  let value: JsonValue = patch;
  for (const key of path) {
    if (!isJsonObject(value)) return true;
    const next: JsonValue | undefined = Object.hasOwn(value, key) ? value[key] : undefined;
    if (next === undefined) return false;
    value = next;
  }
  return !isJsonObject(value);
}

/** The place in the campaign's file of a place in the merged message, or of what surrounds it. */
export function placeIn(layer: Layer, path: JsonPath): JsonPath {
  const found: (string | number)[] = [];
  let value: JsonValue | undefined = layer.patch;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) break;
    value = (value as Readonly<Record<string | number, JsonValue>>)[key];
    found.push(key);
  }
  return [...layer.path, ...found];
}

/** Where the value at `path` of the merged message was written. */
export function sourceOf(layers: readonly Layer[], path: JsonPath): JsonPath {
  const layer = layers.findLast((candidate) => writes(candidate.patch, path)) ?? layers[0];
  return layer === undefined ? path : placeIn(layer, path);
}

function combinationsOf(content: Content, variant: Variant | null): readonly Combination[] {
  const layers = [baseLayer(content), ...(variant === null ? [] : variantLayer(variant))];
  const name = variant?.name ?? null;
  const localized = localesOf(content, variant).map((layer) => ({
    variant: name,
    locale: String(layer.path.at(-1)),
    layers: [...layers, layer],
  }));
  return [{ variant: name, locale: null, layers }, ...localized];
}

/** A variant that says something of its own says it in its own locales. */
function localesOf(content: Content, variant: Variant | null): readonly Layer[] {
  if (variant === null || (variant.message === undefined && variant.locales.size === 0)) {
    return localeLayers(content.locales, ["locales"]);
  }
  return localeLayers(variant.locales, ["variants", variant.name, "locales"]);
}

function baseLayer(content: Content): Layer {
  return { path: ["message"], patch: content.message };
}

function variantLayer(variant: Variant): readonly Layer[] {
  if (variant.message === undefined) return [];
  return [{ path: ["variants", variant.name, "message"], patch: variant.message }];
}

function localeLayers(locales: ReadonlyMap<string, JsonObject>, path: JsonPath): readonly Layer[] {
  return [...locales].map(([locale, patch]) => ({ path: [...path, locale], patch }));
}
