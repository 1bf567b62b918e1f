import stringWidth from "string-width";
import { escapeText } from "./escape.ts";

/** A line between two parts of a box. */
export const RULE = { kind: "rule" } as const;
export type BoxRow = string | typeof RULE;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Columns of a terminal: wide characters take two, marks none. */
export function columnsOf(text: string): number {
  return PLAIN.test(text) ? text.length : stringWidth(text);
}

/** Measuring other characters takes a hundred times as long. */
const PLAIN = /^[ -~]*$/;

export function padTo(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - columnsOf(text)));
}

/** Text from anywhere in lines of at most `width` columns; it can pose as nothing else. */
export function wrapColumns(text: string, width: number): string[] {
  const safe = escapeText(text).replaceAll("\t", "    ");
  return safe.split("\n").flatMap((line) => wrapLine(line, width));
}

/** The same where there are no words to part, as in an address. */
export function chunked(text: string, width: number): string[] {
  return pieces(escapeText(text).replace(/\s/g, " "), width);
}

function wrapLine(line: string, width: number): string[] {
  const lines: string[] = [];
  let current = "";
  let used = 0;
  for (const word of line.split(/( +)/).flatMap((part) => pieces(part, width))) {
    const columns = columnsOf(word);
    const isBlank = word.trim() === "";
    if (used > 0 && used + columns > width) {
      lines.push(current.trimEnd());
      [current, used] = ["", 0];
      if (isBlank) continue;
    }
    current += word;
    used += columns;
  }
  return [...lines, current.trimEnd()];
}

/** A word that is longer than a line, in parts that are not. */
function pieces(word: string, width: number): string[] {
  if (columnsOf(word) <= width) return [word];
  const parts: string[] = [""];
  let used = 0;
  for (const { segment } of graphemes.segment(word)) {
    const columns = columnsOf(segment);
    if (used + columns > width && used > 0) {
      parts.push("");
      used = 0;
    }
    parts[parts.length - 1] += segment;
    used += columns;
  }
  return parts;
}

/** The first `width` columns of a text, with `…` where it goes on. */
export function cutTo(text: string, width: number): string {
  const [first = "", second] = wrapLine(text.replace(/\s+/g, " "), width);
  if (second === undefined) return first;
  const room = pieces(text.replace(/\s+/g, " "), width - 1)[0] ?? "";
  return `${room}…`;
}

/** Rows with a frame around them, as wide as the widest of them. */
export function boxLines(rows: readonly BoxRow[], least = 0): string[] {
  const widths = rows.map((row) => (typeof row === "string" ? columnsOf(row) : 0));
  const width = Math.max(least, ...widths);
  const edge = "─".repeat(width + 2);
  const inner = rows.map((row) =>
    typeof row === "string" ? `│ ${padTo(row, width)} │` : `├${edge}┤`,
  );
  return [`╭${edge}╮`, ...inner, `╰${edge}╯`];
}

/** Blocks beside each other, as many in a row as fit. */
export function besideEachOther(blocks: readonly (readonly string[])[], width: number): string[] {
  const gap = 2;
  const rows: (readonly string[])[][] = [];
  let used = 0;
  for (const block of blocks) {
    const columns = Math.max(0, ...block.map(columnsOf));
    const row = rows.at(-1);
    if (row !== undefined && used + gap + columns <= width) {
      row.push(block);
      used += gap + columns;
    } else {
      rows.push([block]);
      used = columns;
    }
  }
  return rows.flatMap((row) => joined(row, gap));
}

function joined(blocks: readonly (readonly string[])[], gap: number): string[] {
  const height = Math.max(...blocks.map(({ length }) => length));
  const widths = blocks.map((block) => Math.max(0, ...block.map(columnsOf)));
  return Array.from({ length: height }, (_, at) =>
    blocks
      .map((block, index) => padTo(block[at] ?? "", widths[index] ?? 0))
      .join(" ".repeat(gap))
      .trimEnd(),
  );
}
