import { styleText } from "node:util";
import { bubbleOf } from "../bubble/bubble-of.ts";
import type { Preview, PreviewVersion, Sight, SightValue } from "../model/preview.ts";
import { columnsOf, cutTo, padTo, wrapColumns } from "./box.ts";
import { bubbleLines } from "./bubble-lines.ts";
import { escapeLine } from "./escape.ts";
import { meterLines } from "./meter-lines.ts";
import { leftOutLines, versionName } from "./preview-words.ts";
import { wrap } from "./wrap.ts";

const INDENT = "  ";
const LONGEST_VALUE = 40;
const SHOWN_ALIKE = 3;

interface Look {
  /** Columns. */
  readonly width: number;
  readonly color: boolean;
}

/** A preview for people at a terminal: every version, and in it what everybody would see. */
export function showPreviewText(preview: Preview, look: Look): string {
  const { campaign, description, source, versions } = preview;
  const head = [
    ...lineOf(`${campaign}  ${source.file}:${source.line}`, look.width),
    ...(description === "" ? [] : lineOf(description, look.width)),
  ];
  const blocks = [head, ...versions.map((one) => versionLines(one, look))];
  const left = leftOutLines(preview).flatMap((line) => wrap(line, look.width, "✗ "));
  if (left.length > 0) blocks.push(left.map((line) => colored("red", escapeLine(line), look)));
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function versionLines(version: PreviewVersion, look: Look): string[] {
  const name = ` ${escapeLine(versionName(version))} `;
  const rule = `──${name}${"─".repeat(Math.max(2, look.width - columnsOf(name) - 2))}`;
  return [rule, ...version.sights.flatMap((sight) => ["", ...sightLines(sight, look)])];
}

function sightLines(sight: Sight, look: Look): string[] {
  const room = look.width - INDENT.length;
  const own = sight.isOwn ? ", who would get this version" : "";
  const style = sight.outcome === "invalid_message" ? "red" : "yellow";
  const left =
    sight.outcome === "message"
      ? []
      : wrap(`left out: ${sight.outcome}. ${sight.because.join(" ")}`, room, "✗ ");
  const bubble =
    sight.outcome === "missing_value" ? [] : folded(bubbleLines(bubbleOf(sight.message), room));
  const meters = sight.outcome === "missing_value" ? [] : ["", ...meterLines(sight.meters)];
  return [
    ...lineOf(`${sight.person}${own}`, look.width),
    ...[
      ...valueLines(sight.values, room),
      ...bubble,
      ...left.map((line) => colored(style, escapeLine(line), look)),
      ...meters,
    ].map((line) => (line === "" ? "" : INDENT + line)),
  ];
}

/** A text on as many lines as it takes, none of which can pose as something else. */
function lineOf(text: string, width: number): string[] {
  return wrapColumns(escapeLine(text), width).map((line) => escapeLine(line));
}

/** Of many lines that are all alike, one. */
function folded(lines: readonly string[]): string[] {
  const runs: { readonly line: string; count: number }[] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last?.line === line) last.count++;
    else runs.push({ line, count: 1 });
  }
  return runs.flatMap(({ line, count }) =>
    count <= SHOWN_ALIKE
      ? Array.from({ length: count }, () => line)
      : [line, moreLines(line, count - 1)],
  );
}

/** In the same frame. */
function moreLines(line: string, count: number): string {
  const words = padTo(`│ … ${count} more lines like this`, columnsOf(line) - 1);
  return line.endsWith("│") ? `${words}│` : words;
}

function valueLines(values: readonly SightValue[], room: number): string[] {
  if (values.length === 0) return [];
  return wrap(
    values.map((one, at) => valueText(one) + (at + 1 < values.length ? " ·" : "")),
    room,
  );
}

/** `first_name “Ana”`, `city missing: “Berlin” stands for it`. */
function valueText({ name, value, from }: SightValue): string {
  if (value === null) return `${name} missing`;
  const text = escapeLine(value);
  const length = value.length;
  const shown = `“${cutTo(text, LONGEST_VALUE)}”`;
  const long = columnsOf(text) > LONGEST_VALUE ? ` (${length} characters)` : "";
  if (from === "fallback") return `${name} missing: ${shown} stands for it`;
  return `${name} ${shown}${long}${from === "made_up" ? " (made up)" : ""}`;
}

function colored(style: "red" | "yellow", line: string, { color }: Look): string {
  return color ? styleText(style, line, { validateStream: false }) : line;
}
