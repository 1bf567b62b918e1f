import fc from "fast-check";

/** What commands of an Actions log, terminals and readers could take for something else. */
const PIECES = [
  "\n::add-mask::e",
  "::error::x",
  "##[add-mask]e",
  "%0A::error::",
  "%",
  "\r",
  "\r\n",
  "\n",
  "\t",
  ",line=1::",
  ":",
  "\u001b[2J",
  "\u009b31m",
  "\u0000",
  "\u202e",
  "\u2066",
  "\u200f",
  "\u2028::error::x",
  "\u0085",
  "\u00a0::error::",
  "Result: campaigns=0",
  "a.yaml:1:1  KEY_MISSING  x",
  "ü",
  "🙂",
];

/** Texts made to break out of whatever they are put into. */
export const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: "binary" })), { maxLength: 6 })
  .map((pieces) => pieces.join(""));

/** What no text of ours may hold: controls, line ends of other kinds, marks of direction. */
export const UNSAFE = /(?![\t\n])[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

/** An annotation as the Actions runner reads it from a line. */
export interface Annotation {
  readonly command: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/** Reads a line as the runner does (ActionCommand.TryParseV2): undefined where it is no command. */
export function annotationOf(line: string): Annotation | undefined {
  const command = line.trimStart();
  const end = command.indexOf("::", 2);
  if (!command.startsWith("::") || end === -1) return undefined;
  const [name = "", ...rest] = command.slice(2, end).split(" ");
  const pairs = rest.join(" ").split(",").filter(Boolean);
  const properties = pairs.map((pair) => {
    const at = pair.indexOf("=");
    return [pair.slice(0, at), unescaped(pair.slice(at + 1))];
  });
  return {
    command: name,
    properties: Object.fromEntries(properties),
    message: unescaped(command.slice(end + 2)),
  };
}

function unescaped(text: string): string {
  const marks: Record<string, string> = {
    "%0D": "\r",
    "%0A": "\n",
    "%3A": ":",
    "%2C": ",",
    "%25": "%",
  };
  return text.replace(/%(?:0D|0A|3A|2C|25)/g, (mark) => marks[mark] ?? mark);
}
