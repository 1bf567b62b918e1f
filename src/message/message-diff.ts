import type * as Diff from "diff";
import { isJsonObject, type JsonObject, type JsonPath, type JsonValue } from "../model/json.ts";
import { loadWhenNeeded } from "../model/load-when-needed.ts";
import { wordDiff } from "./word-diff.ts";

/** One place in which two messages differ; undefined where one of them has nothing there. */
export interface MessageChange {
  readonly path: JsonPath;
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
}

/** The smallest parts in which two messages differ, in the order of the first. */
export function messageChanges(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  path: JsonPath = [],
): readonly MessageChange[] {
  if (isJsonObject(before) && isJsonObject(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) =>
      messageChanges(partOf(before, key), partOf(after, key), [...path, key]),
    );
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const indexes = Array.from({ length: Math.max(before.length, after.length) }, (_, at) => at);
    return indexes.flatMap((at) => messageChanges(before[at], after[at], [...path, at]));
  }
  return before === after ? [] : [{ path, before, after }];
}

function partOf(owner: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(owner, key) ? owner[key] : undefined;
}

/**
 * A change in lines: texts word by word, `Hi [-there-]{+friend+}`, those of several lines line by
 * line; all else as JSON after `-` and `+`. What both have is shortened.
 */
export function changeLines({ path, before, after }: MessageChange): readonly string[] {
  const name = showPlace(path);
  if (typeof before === "string" && typeof after === "string")
    return textLines(name, before, after);
  return [
    ...(before === undefined ? [] : [`- ${name}: ${JSON.stringify(before)}`]),
    ...(after === undefined ? [] : [`+ ${name}: ${JSON.stringify(after)}`]),
  ];
}

function textLines(name: string, before: string, after: string): readonly string[] {
  const [was, is] = [before.split("\n"), after.split("\n")];
  if (was.length === 1 && is.length === 1) return [`${name}: ${wordMarks(before, after)}`];
  const { diffArrays } = loadWhenNeeded<typeof Diff>("diff");
  const parts = diffArrays(was, is).flatMap(({ value, added, removed }, at, all) => {
    if (added) return value.map((line) => `+ ${lineShown(line)}`);
    if (removed) return value.map((line) => `- ${lineShown(line)}`);
    return context(value, { isFirst: at === 0, isLast: at === all.length - 1 });
  });
  return [`${name}:`, ...parts];
}

/** How many equal lines are shown beside those that differ. */
const CONTEXT_LINES = 2;

function context(
  lines: readonly string[],
  { isFirst, isLast }: { readonly isFirst: boolean; readonly isLast: boolean },
): readonly string[] {
  const before = isFirst ? 0 : CONTEXT_LINES;
  const after = isLast ? 0 : CONTEXT_LINES;
  if (lines.length <= before + after + 1) return lines.map(sameLine);
  const end = lines.length - after;
  return [...lines.slice(0, before).map(sameLine), "…", ...lines.slice(end).map(sameLine)];
}

/** Blanks at an end of the line are seen in quotes. */
function lineShown(line: string): string {
  return visible(line === line.trim() ? line : JSON.stringify(line));
}

function sameLine(line: string): string {
  return `| ${line}`;
}

/** How much of a longer equal stretch is shown at each of its ends, in characters. */
const STRETCH = 30;

function wordMarks(before: string, after: string): string {
  const parts = wordDiff(before, after);
  return parts
    .map(({ kind, text }, at) => {
      if (kind === "gone") return `[-${visible(text)}-]`;
      if (kind === "new") return `{+${visible(text)}+}`;
      return shortened(text, at === 0, at === parts.length - 1);
    })
    .join("");
}

function shortened(text: string, isFirst: boolean, isLast: boolean): string {
  const letters = [...text];
  if (letters.length <= 3 * STRETCH) return text;
  const start = isFirst ? "" : letters.slice(0, STRETCH).join("");
  const end = isLast ? "" : letters.slice(-STRETCH).join("");
  return `${start}…${end}`;
}

/** What cannot be seen, such as a no-break space, as an escape. */
function visible(text: string): string {
  const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return text.replace(/(?! )[\p{Cc}\p{Cf}\p{Zs}\p{Zl}\p{Zp}\p{Cs}]/gu, escaped);
}

/** `quick_replies[0].title` */
export function showPlace(path: JsonPath): string {
  const parts = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`));
  return parts.join("").replace(/^\./, "");
}
