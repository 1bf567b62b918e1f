import { escapeLine, escapeText } from "./escape.ts";

/*
 * Text from YAML or data inside GitHub's Markdown. Nothing in it may start a tag, a table cell, a
 * fence, a mention, a reference, a link or a workflow command.
 */

const MARKS = /[\\`*_{}[\]()<>#+!|~&$]/g;
// What GitHub turns into something else without any mark: people, issues, addresses.
const LINKED = /@|#(?=\d)|(?<=\bGH)-(?=\d)|:(?=\/\/)|(?<=\bwww)\.|:(?=[a-z_\d+-]+:)/gi;
const ZERO_WIDTH = "\u200b";

/** One line of text that reads as it is. */
export function mdText(text: string): string {
  const parted = escapeLine(text).replace(LINKED, (mark) => `${ZERO_WIDTH}${mark}${ZERO_WIDTH}`);
  return parted.replace(MARKS, (mark) => `&#${mark.charCodeAt(0)};`);
}

/** One line as code; inside of tables too. */
export function mdCode(text: string): string {
  const line = escapeLine(text).replaceAll("|", "\u2758").trim() || " ";
  const fence = "`".repeat(longestRun(line) + 1);
  const pad = line.startsWith("`") || line.endsWith("`") ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** Lines as a block of code, to be copied as they are. */
export function mdFence(text: string, language = ""): string {
  const shown = escapeText(text);
  const fence = "`".repeat(Math.max(3, longestRun(shown) + 1));
  return `${fence}${language}\n${shown}\n${fence}`;
}

/** A part that opens at a click. `title` is plain text: Markdown is not read there. */
export function mdDetails(title: string, body: string): string {
  const shown = escapeLine(title).replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);
  return `<details><summary><code>${shown}</code></summary>\n\n${body}\n\n</details>`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
