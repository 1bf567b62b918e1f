// Control characters but for tab and line feed, and marks that turn the direction of writing.
const UNSAFE = /(?![\t\n])[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

// What a line of an Actions log begins with to be taken as a command.
const COMMAND = /^(\s*)(::|##\[)/gm;

/** Text from YAML or data for a terminal or a log: it can pose neither as output nor as command. */
export function escapeText(text: string): string {
  return text.replace(UNSAFE, "\ufffd").replace(COMMAND, "$1\\$2");
}

/** The same on one line; blanks at its start stay. */
export function escapeLine(text: string): string {
  return escapeText(text.replace(/\s*[\r\n]+\s*/g, " "));
}
