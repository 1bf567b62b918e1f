import type * as Yaml from "yaml";
import type { JsonPath, JsonValue } from "../model/json.ts";
import { loadWhenNeeded } from "../model/load-when-needed.ts";
import type { Range } from "./event-ranges.ts";
import { lostAlias, type Parsed, repeatedKeys, rewrittenNumbers } from "./yaml-traps.ts";

type ParsedDocument = Yaml.Document.Parsed;

/** Enough for a hand-written file, too few for a bomb of aliases. */
const MAX_ALIASES = 100;

/** A YAML text as the parser sees it that finds every fault and its place. */
export type WholeYaml =
  | {
      readonly kind: "document";
      readonly faults: readonly Yaml.YAMLError[];
      readonly repeatedKeys: readonly Range[];
      readonly rewrittenNumbers: readonly Range[];
      lostAlias(): Range;
      /** Gives undefined where an alias names nothing, or aliases grow too much. */
      value(): JsonValue | undefined;
      range(path: JsonPath, atKey: boolean): Range;
    }
  /** Its nesting exhausts the parser's stack. */
  | { readonly kind: "deep" };

/** Reads any text as YAML 1.2 (core schema): `NO`, `on` and `21:00` are text, `<<` is a key. */
export function readWholeYaml(text: string): WholeYaml {
  const yaml = loadWhenNeeded<typeof Yaml>("yaml");
  const document = parseYamlText(text);
  if (document === undefined) return { kind: "deep" };
  const parsed = { yaml, document };
  return {
    kind: "document",
    faults: [...document.errors, ...document.warnings],
    repeatedKeys: repeatedKeys(parsed),
    rewrittenNumbers: rewrittenNumbers(parsed),
    lostAlias: () => lostAlias(parsed),
    value: () => jsonOf(document),
    range: (path, atKey) => rangeOf(parsed, path, atKey),
  };
}

/** Undefined where the nesting exhausts the parser's stack. */
export function parseYamlText(text: string, more: Yaml.ParseOptions = {}) {
  const { parseDocument } = loadWhenNeeded<typeof Yaml>("yaml");
  try {
    return parseDocument(text, { ...OPTIONS, ...more });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const OPTIONS = {
  version: "1.2",
  schema: "core",
  merge: false,
  stringKeys: true,
  // `repeatedKeys` finds them in less time.
  uniqueKeys: false,
  resolveKnownTags: false,
  prettyErrors: false,
  logLevel: "error",
} as const;

function jsonOf(document: ParsedDocument): JsonValue | undefined {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
}

interface Found {
  readonly node: Yaml.Node | undefined;
  readonly key: Yaml.Node | undefined;
}

/** See `rangeOf` in event-ranges.ts, which says what it gives. */
function rangeOf(parsed: Parsed, path: JsonPath, atKey: boolean): Range {
  let found: Found = { node: parsed.document.contents ?? undefined, key: undefined };
  let isThere = true;
  for (const step of path) {
    const next = stepInto(parsed, found.node, step);
    isThere = next !== undefined;
    if (next === undefined) break;
    found = next;
  }
  const wanted = atKey || !isThere ? found.key : found.node;
  const node = isEmpty(wanted) ? (found.key ?? found.node) : wanted;
  const [start, end] = node?.range ?? [0, 0];
  return [start, end];
}

function stepInto(
  { yaml, document }: Parsed,
  from: Yaml.Node | undefined,
  step: string | number,
): Found | undefined {
  const node = yaml.isAlias(from) ? from.resolve(document) : from;
  if (yaml.isMap<Yaml.Node, Yaml.Node | null>(node)) {
    // Of keys that stand twice the last one counts.
    const pair = node.items.findLast(
      ({ key }) => yaml.isScalar(key) && String(key.value) === `${step}`,
    );
    return pair && { node: pair.value ?? undefined, key: pair.key };
  }
  const entry = yaml.isSeq<Yaml.Node>(node) ? node.items[Number(step)] : undefined;
  return entry && { node: entry, key: entry };
}

function isEmpty(node: Yaml.Node | undefined): boolean {
  return node === undefined || node.range?.[0] === node.range?.[1];
}
