// Control characters but for tab and line feed, line ends that not all see as such, and marks that
// turn the direction of writing.
const UNSAFE = /(?![\t\n])[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

// What an Actions log takes for a command: the one at the start of a line, the other anywhere.
const COMMAND = /^(\s*)::/gm;
const OLD_COMMAND = /##\[/g;

/** Text from YAML or data for a terminal or a log: it can pose neither as output nor as command. */
export function escapeText(text: string): string {
  return text.replace(UNSAFE, "\ufffd").replace(COMMAND, "$1\\::").replace(OLD_COMMAND, "##\\[");
}

/** A value as JSON for programs; what a terminal could obey is written as an escape. */
export function showJson(value: unknown): string {
  const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return `${JSON.stringify(value, null, 2).replace(UNSAFE, escaped)}\n`;
}

/** The same on one line; blanks at its start stay. */
export function escapeLine(text: string): string {
  return escapeText(text.replace(/\s*[\r\n]+\s*/g, " "));
}
