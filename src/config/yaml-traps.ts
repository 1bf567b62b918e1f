import type * as Yaml from "yaml";
import type { Range } from "./event-ranges.ts";

/** Levels of brackets, or of dashes in a line: beyond them the parser's stack is at risk. */
const MAX_BRACKETS = 200;
const MANY_DASHES = /^ *(?:[-?:][ \t]+){65}/m;
const BRACKETS = { open: ["[", "{"].map(codeOf), close: ["]", "}"].map(codeOf) };
/** More of them in one file are noise. */
const MAX_REPEATED = 50;

/** Whether a text nests so deeply that it must not be parsed: a look at its characters. */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (BRACKETS.open.includes(code)) depth++;
    else if (depth > 0 && BRACKETS.close.includes(code)) depth--;
    if (depth > MAX_BRACKETS) return true;
  }
  return MANY_DASHES.test(text);
}

/** Whether YAML reads a number as another than it looks: `007` as 7. */
export function losesZeros(source: string): boolean {
  return /^[-+]?0\d/.test(source);
}

/** The parser, and what it made of a text. */
export interface Parsed {
  readonly yaml: typeof Yaml;
  readonly document: Yaml.Document.Parsed;
}

/** Numbers that lose the zeros they begin with: ids without quotes. */
export function rewrittenNumbers({ yaml, document }: Parsed): readonly Range[] {
  const found: Range[] = [];
  yaml.visit(document, {
    Scalar: (_key, node) => {
      const isRewritten = typeof node.value === "number" && losesZeros(node.source ?? "");
      if (isRewritten) found.push(rangeOf(node));
    },
  });
  return found;
}

/** Keys that stand in the same map before. The parser's own check takes quadratic time. */
export function repeatedKeys({ yaml, document }: Parsed): readonly Range[] {
  const found: Range[] = [];
  yaml.visit(document, {
    Map: (_key, map) => {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        if (!yaml.isScalar(key)) continue;
        if (seen.has(key.value)) found.push(rangeOf(key));
        if (found.length >= MAX_REPEATED) return yaml.visit.BREAK;
        seen.add(key.value);
      }
      return undefined;
    },
  });
  return found;
}

/** Where the alias stands that cannot be followed. */
export function lostAlias({ yaml, document }: Parsed): Range {
  let range: Range = [0, 0];
  yaml.visit(document, {
    Alias: (_key, alias) => {
      range = rangeOf(alias);
      return alias.resolve(document) === undefined ? yaml.visit.BREAK : undefined;
    },
  });
  return range;
}

function rangeOf({ range }: Yaml.Node): Range {
  return [range?.[0] ?? 0, range?.[1] ?? 0];
}

function codeOf(char: string): number {
  return char.charCodeAt(0);
}
