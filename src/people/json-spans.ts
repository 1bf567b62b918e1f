/*
 * Where the parts of a JSON text stand. The text is known to be JSON: nothing is checked here.
 */

/** A key of an object, and where its value stands. */
export interface Member {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

const [QUOTE, BACKSLASH, COMMA, COLON] = [34, 92, 44, 58];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125];

/** The first place after the value that begins at `at`. */
export function endOfValue(text: string, at: number): number {
  const first = text.charCodeAt(at);
  if (first === QUOTE) return endOfString(text, at);
  if (first === OPEN_OBJECT || first === OPEN_LIST) return endOfNested(text, at);
  let end = at;
  while (end < text.length && !endsPlain(text.charCodeAt(end))) end++;
  return end;
}

/** The members of the object that the text is. */
export function membersOf(text: string): Member[] {
  const members: Member[] = [];
  let at = skipBlanks(text, 1);
  while (text.charCodeAt(at) === QUOTE) {
    const nameEnd = endOfString(text, at);
    const name = String(JSON.parse(text.slice(at, nameEnd)));
    const from = skipBlanks(text, nameEnd);
    const to = endOfValue(text, from);
    members.push({ name, from, to });
    at = skipBlanks(text, to);
  }
  return members;
}

function endOfString(text: string, at: number): number {
  for (let end = at + 1; ; end++) {
    const code = text.charCodeAt(end);
    if (code === BACKSLASH) end++;
    else if (code === QUOTE) return end + 1;
  }
}

function endOfNested(text: string, at: number): number {
  let depth = 0;
  for (let end = at; ; end++) {
    const code = text.charCodeAt(end);
    if (code === QUOTE) end = endOfString(text, end) - 1;
    else if (code === OPEN_OBJECT || code === OPEN_LIST) depth++;
    else if (code === CLOSE_OBJECT || code === CLOSE_LIST) depth--;
    if (depth === 0) return end + 1;
  }
}

function endsPlain(code: number): boolean {
  return code <= 32 || code === COMMA || code === CLOSE_LIST || code === CLOSE_OBJECT;
}

/** Blanks, and the commas and colons between parts. */
function skipBlanks(text: string, at: number): number {
  let next = at;
  for (;;) {
    const code = text.charCodeAt(next);
    if (!(code <= 32 || code === COMMA || code === COLON)) return next;
    next++;
  }
}
