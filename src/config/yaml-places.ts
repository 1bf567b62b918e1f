import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair } from "yaml";
import type { Place } from "../diag/diagnostic.ts";
import type { JsonPath } from "../model/json.ts";

/** The text of a YAML file, by lines. */
export interface Lines {
  readonly file: string;
  /** As it may be shown: secrets masked, lengths kept. */
  readonly text: string;
  /** Offset at which each line begins. */
  readonly starts: readonly number[];
}

/** The stretch from `start` to `end` (offsets), cut at the end of its first line. */
export function placeAt(lines: Lines, start: number, end = start): Place {
  const line = lineOf(lines.starts, start);
  const lineStart = lines.starts[line - 1] ?? 0;
  const nextStart = lines.starts[line] ?? lines.text.length + 1;
  const lineText = lines.text.slice(lineStart, nextStart - 1).replace(/\r$/, "");
  const column = Math.min(start - lineStart, lineText.length) + 1;
  const endColumn = Math.min(end - lineStart, lineText.trimEnd().length) + 1;
  const place = { file: lines.file, line, column, lineText };
  return endColumn > column ? { ...place, endColumn } : place;
}

/**
 * Where a value stands in its file; `atKey` points at its key instead. A path that does not lead
 * to a value ends at the key of the last one on the way that is there.
 */
export function placeOf(of: {
  readonly lines: Lines;
  readonly document: Document.Parsed;
  readonly path: JsonPath;
  readonly atKey: boolean;
}): Place {
  const found = follow(of.document, of.path);
  const wanted = of.atKey || !found.complete ? found.key : found.node;
  const node = isEmpty(wanted) ? (found.key ?? found.node) : wanted;
  const [start, end] = node?.range ?? [0, 0];
  return placeAt(of.lines, start, end);
}

interface Found {
  readonly node: Node | undefined;
  readonly key: Node | undefined;
  readonly complete: boolean;
}

function follow(document: Document.Parsed, path: JsonPath): Found {
  let found: Found = { node: document.contents ?? undefined, key: undefined, complete: true };
  for (const step of path) {
    const next = stepInto(document, found.node, step);
    if (next === undefined) return { ...found, complete: false };
    found = next;
  }
  return found;
}

function stepInto(
  document: Document.Parsed,
  from: Node | undefined,
  step: string | number,
): Found | undefined {
  const node = isAlias(from) ? from.resolve(document) : from;
  if (isMap<Node, Node | null>(node)) {
    // Of keys that stand twice the last one counts.
    const pair = node.items.findLast((item) => keyText(item) === String(step));
    return pair && { node: pair.value ?? undefined, key: pair.key, complete: true };
  }
  const entry = isSeq<Node>(node) ? node.items[Number(step)] : undefined;
  return entry && { node: entry, key: entry, complete: true };
}

function keyText(pair: Pair<Node, Node | null>): string {
  return isScalar(pair.key) ? String(pair.key.value) : "";
}

function isEmpty(node: Node | undefined): boolean {
  return node === undefined || node.range?.[0] === node.range?.[1];
}

/** The number, from 1, of the line that holds an offset. */
function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}
