// Control characters but for tab and line feed, and marks that turn the direction of writing.
const UNSAFE = /(?![\t\n])[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Text from YAML or data for a terminal: without controls that could pose as our own output. */
export function escapeText(text: string): string {
  return text.replace(UNSAFE, "�");
}

/** The same on one line. */
export function escapeLine(text: string): string {
  return escapeText(text).replace(/\s+/g, " ").trim();
}
