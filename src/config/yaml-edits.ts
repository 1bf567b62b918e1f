import type * as Yaml from "yaml";
import { canonicalJson } from "../model/canonical-json.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../model/json.ts";
import { blockLines, flowText, type Setting, scalarLike } from "./yaml-texts.ts";

/** A stretch of a text (offsets) and what stands there instead. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A YAML file as text and as nodes with their tokens. */
export interface Source extends Omit<Setting, "inFlow"> {
  readonly text: string;
  readonly document: Yaml.Document.Parsed;
}

export function applyEdits(text: string, edits: readonly Edit[]): string {
  // Of two at one place, the one that was found further inside comes first in the text.
  const fromEnd = [...edits].reverse().sort((a, b) => b.start - a.start || b.end - a.end);
  return fromEnd.reduce(
    (rest, edit) => rest.slice(0, edit.start) + edit.text + rest.slice(edit.end),
    text,
  );
}

/** The edits after which a node has another value; as small as they can be. */
export function editsFor(node: Yaml.Node, value: JsonValue, site: Site): readonly Edit[] {
  const { yaml, document } = site;
  if (same(node.toJS(document), value)) return [];
  if (yaml.isMap<Yaml.Scalar, Yaml.Node | null>(node) && isJsonObject(value)) {
    return mapEdits(node, value, site);
  }
  if (yaml.isSeq<Yaml.Node>(node) && Array.isArray(value)) return listEdits(node, value, site);
  if (yaml.isScalar(node) && (typeof value !== "object" || value === null)) {
    const { start, end } = stretchOf(node);
    const source = site.text.slice(start, end);
    const column = start - lineStart(start, site);
    return [{ start, end, text: scalarLike(node, value, { source, setting: site, column }) }];
  }
  return [wholly(node, value, site)];
}

/** Where a node stands. */
export type Site = Source & Setting;

/** On one line in place of all that was there; beside its key, where it stood below it. */
function wholly(node: Yaml.Node, value: JsonValue, site: Site): Edit {
  const { start } = stretchOf(node);
  const end = lastEnd(node, site);
  const isWholeLine = site.text[end - 1] === "\n";
  const text = flowText(value, site) + (isWholeLine ? site.eol : "");
  const key = site.text.slice(0, start).trimEnd();
  const isBelow = key.endsWith(":") && site.text.slice(key.length, start).includes("\n");
  return isBelow ? { start: key.length, end, text: ` ${text}` } : { start, end, text };
}

type Pair = Yaml.Pair<Yaml.Scalar, Yaml.Node | null>;
type YamlMap = Yaml.YAMLMap<Yaml.Scalar, Yaml.Node | null>;

function mapEdits(map: YamlMap, value: JsonObject, outer: Site): readonly Edit[] {
  const site = { ...outer, inFlow: outer.inFlow || map.flow === true };
  const written = new Set(map.items.map(({ key }) => String(key.value)));
  const isKept = ({ key }: Pair) => Object.hasOwn(value, String(key.value));
  const added = Object.entries(value).filter(([key]) => !written.has(key));
  const parts: Part[] = map.items.map((pair) => ({
    start: stretchOf(pair.key).start,
    end: pairEnd(pair, site),
    isKept: isKept(pair),
  }));
  const edits = map.items.filter(isKept).flatMap(({ key, value: node }) => {
    const wanted = value[String(key.value)] ?? null;
    return node === null ? [] : editsFor(node, wanted, site);
  });
  const fresh = added.map(([key, own]) => ({ [key]: own }));
  const around = map.flow
    ? flowEdits(parts, { fresh, at: parts.length }, site)
    : blockEdits(parts, { fresh, at: parts.length }, site);
  return around === undefined ? [wholly(map, value, outer)] : [...edits, ...around];
}

/** What begins or ends alike stays; between that, entries are changed one by one. */
function listEdits(
  list: Yaml.YAMLSeq<Yaml.Node>,
  value: readonly JsonValue[],
  outer: Site,
): readonly Edit[] {
  const site = { ...outer, inFlow: outer.inFlow || list.flow === true };
  const before = list.items.map((node) => node.toJS(site.document) as JsonValue);
  const shorter = Math.min(before.length, value.length);
  let first = 0;
  while (first < shorter && same(before[first], value[first])) first++;
  let last = 0;
  while (last < shorter - first && same(before.at(-1 - last), value.at(-1 - last))) last++;
  const paired = shorter - last;
  const isKept = (at: number) => at < paired || at >= before.length - last;
  const edits = list.items
    .slice(first, paired)
    .flatMap((node, at) => editsFor(node, value[first + at] ?? null, site));
  const parts = list.items.map((node, at) => ({
    start: list.flow ? stretchOf(node).start : dashOf(list, at),
    end: lastEnd(node, site),
    isKept: isKept(at),
  }));
  const fresh = value.slice(paired, value.length - last).map((one) => [one]);
  const around = list.flow
    ? flowEdits(parts, { fresh, at: paired }, site)
    : blockEdits(parts, { fresh, at: paired }, site);
  return around === undefined ? [wholly(list, [...value], outer)] : [...edits, ...around];
}

/** A pair of a map or an entry of a list, from its key or dash on. */
interface Part {
  readonly start: number;
  readonly end: number;
  readonly isKept: boolean;
}

/** New parts, each a map or list of one, after so many of the old ones. */
interface Fresh {
  readonly fresh: readonly (JsonObject | readonly JsonValue[])[];
  readonly at: number;
}

/** Undefined where the whole has to be written anew. */
function blockEdits(
  parts: readonly Part[],
  { fresh, at }: Fresh,
  site: Site,
): readonly Edit[] | undefined {
  const [first] = parts;
  const before = parts[at - 1];
  if (first === undefined || (fresh.length > 0 && before === undefined)) return undefined;
  const gone = parts.filter(({ isKept }) => !isKept);
  if (gone.length === parts.length && fresh.length === 0) return undefined;
  const ownLine = (part: Part) => site.text.slice(lineStart(part.start, site), part.start);
  if (gone.some((part) => ownLine(part).trim() !== "")) return undefined;
  const removed = gone.map(({ start, end }) => {
    return { start: lineStart(start, site), end: nextLine(end, site), text: "" };
  });
  const column = first.start - lineStart(first.start, site);
  const lines = fresh.map((one) => blockLines(one, column, site)).join("");
  if (lines === "" || before === undefined) return removed;
  const place = nextLine(before.end, site);
  const isOpen = site.text[place - 1] !== "\n";
  const text = isOpen ? `${site.eol}${lines.slice(0, -site.eol.length)}` : lines;
  return [...removed, { start: place, end: place, text }];
}

function flowEdits(
  parts: readonly Part[],
  { fresh, at }: Fresh,
  site: Site,
): readonly Edit[] | undefined {
  const lastKept = parts.findLastIndex(({ isKept }) => isKept);
  const anchor = parts[lastKept];
  if (anchor === undefined || (fresh.length > 0 && at === 0)) return undefined;
  const removed = parts.slice(0, lastKept).flatMap(({ start, isKept }, index) => {
    return isKept ? [] : [{ start, end: parts[index + 1]?.start ?? start, text: "" }];
  });
  const tail = parts.at(-1) ?? anchor;
  const cut = tail === anchor ? [] : [{ start: anchor.end, end: tail.end, text: "" }];
  if (fresh.length === 0) return [...removed, ...cut];
  const place = Math.min(anchor.end, parts[at - 1]?.end ?? anchor.end);
  const text = fresh.map((one) => `, ${inner(flowText(one as JsonValue, site))}`).join("");
  return [...removed, ...cut, { start: place, end: place, text }];
}

/** Without the brackets around it. */
function inner(text: string): string {
  return text.slice(1, -1).trim();
}

function stretchOf(node: Yaml.Node): { readonly start: number; readonly end: number } {
  const [start, end] = node.range ?? [0, 0, 0];
  return { start, end };
}

function pairEnd({ key, value }: Pair, site: Site): number {
  if (value === null || stretchOf(value).start === stretchOf(value).end) {
    return site.text.indexOf(":", stretchOf(key).end) + 1;
  }
  return lastEnd(value, site);
}

/** The end of a block collection's own range lies after comments that may belong elsewhere. */
function lastEnd(node: Yaml.Node, site: Site): number {
  const { yaml } = site;
  if (!yaml.isCollection(node) || node.flow === true) return stretchOf(node).end;
  const last = node.items.at(-1);
  if (yaml.isPair(last)) return pairEnd(last as Pair, site);
  return yaml.isNode(last) ? lastEnd(last, site) : stretchOf(node).end;
}

function dashOf({ srcToken }: Yaml.YAMLSeq, at: number): number {
  const item = srcToken !== undefined && "items" in srcToken ? srcToken.items[at] : undefined;
  return item?.start.find(({ type }) => type === "seq-item-ind")?.offset ?? 0;
}

function lineStart(offset: number, { text }: Source): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** The start of the line after the one that ends at or after `offset`. */
function nextLine(offset: number, { text }: Source): number {
  if (text[offset - 1] === "\n") return offset;
  const end = text.indexOf("\n", offset);
  return end === -1 ? text.length : end + 1;
}

function same(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}
