import type { Place } from "../diag/diagnostic.ts";
import { maskSecretLines } from "./mask-secrets.ts";

/** The text of a YAML file, by lines. */
export interface Lines {
  readonly file: string;
  /** As it may be shown: secrets masked, lengths kept. */
  readonly text: string;
  /** Offset at which each line begins. */
  readonly starts: readonly number[];
}

/** The lines of a file's text, parted once somebody looks at them. */
export function linesOf(file: string, text: string): Lines {
  let shown: string | undefined;
  let starts: readonly number[] | undefined;
  return {
    file,
    get text() {
      shown ??= maskSecretLines(text);
      return shown;
    },
    get starts() {
      starts ??= lineStarts(text);
      return starts;
    },
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** A place that is looked for once somebody looks at it: most are noted and never shown. */
export function placeLater(file: string, find: () => Place): Place {
  let found: Place | undefined;
  const now = (): Place => {
    found ??= find();
    return found;
  };
  return {
    file,
    get line() {
      return now().line;
    },
    get column() {
      return now().column;
    },
    get endColumn() {
      return now().endColumn;
    },
    get lineText() {
      return now().lineText;
    },
  };
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

/** What stands at a place, as it may be shown. */
export function textAt({ lineText = "", column, endColumn }: Place): string {
  return lineText.slice(column - 1, endColumn === undefined ? undefined : endColumn - 1);
}

/** The number, from 1, of the line that holds an offset. */
export function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}
