import Mustache from "mustache";

/** One piece of a template. `name` is a variable's name, or `.` for the value of the section. */
export type Token =
  | { readonly kind: "text"; readonly text: string }
  /** `escaped`: two braces, not three. */
  | { readonly kind: "print"; readonly name: string; readonly escaped: boolean }
  | {
      readonly kind: "section";
      readonly name: string;
      /** `{{^name}}`: printed where the test is false. */
      readonly inverted: boolean;
      readonly tokens: readonly Token[];
    };

export type ParsedTemplate =
  | { readonly kind: "template"; readonly tokens: readonly Token[] }
  | { readonly kind: "fault"; readonly summary: string; readonly detail: string };

/** A mustache template as tokens; comments are gone. Partials and delimiter changes are faults. */
export function parseTemplate(text: string): ParsedTemplate {
  try {
    return { kind: "template", tokens: (Mustache.parse(text) as readonly Span[]).flatMap(toToken) };
  } catch (error) {
    if (error instanceof UnsupportedTag) return { kind: "fault", ...error.fault };
    return syntaxFault(text, error instanceof Error ? error.message : "");
  }
}

/** The text of a template without any tag that depends on a person; else undefined. */
export function fixedText(tokens: readonly Token[]): string | undefined {
  let fixed = "";
  for (const token of tokens) {
    if (token.kind !== "text") return undefined;
    fixed += token.text;
  }
  return fixed;
}

/** How many characters come out whatever the values are. */
export function leastLength(tokens: readonly Token[]): number {
  return tokens.reduce((sum, token) => sum + (token.kind === "text" ? token.text.length : 0), 0);
}

/** A token of mustache.js: type, content, start, end, and the tokens inside a section. */
type Span = readonly [string, string, number, number, (readonly Span[])?, ...unknown[]];

interface Fault {
  readonly summary: string;
  readonly detail: string;
}

class UnsupportedTag extends Error {
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault.summary);
    this.fault = fault;
  }
}

const DELIMITERS: Fault = {
  summary: "Tag not supported",
  detail: "Tags that change the delimiters, {{=…=}}, are not supported. Keep {{ and }}.",
};

function toToken([type, content, , , inner]: Span): readonly Token[] {
  switch (type) {
    case "text":
      return [{ kind: "text", text: content }];
    case "name":
    case "&":
      return [{ kind: "print", name: content, escaped: type === "name" }];
    case "#":
    case "^": {
      const tokens = (inner ?? []).flatMap(toToken);
      return [{ kind: "section", name: content, inverted: type === "^", tokens }];
    }
    case ">":
      throw new UnsupportedTag({
        summary: "Tag not supported",
        detail: `Partials such as {{> ${content}}} are not supported. Write the text out here.`,
      });
    case "=":
      throw new UnsupportedTag(DELIMITERS);
    default:
      return [];
  }
}

function syntaxFault(text: string, message: string): ParsedTemplate {
  if (message.startsWith("Invalid tags")) return { kind: "fault", ...DELIMITERS };
  const summary = "Template cannot be read";
  const section = /^(Unopened|Unclosed) section "(.*)" at/s.exec(message);
  if (section === null) return { kind: "fault", summary, detail: unclosedTag(text) };
  const name = section[2];
  const detail =
    section[1] === "Unopened"
      ? `{{/${name}}} closes a section that is not open. Write {{#${name}}} where it begins.`
      : `The section {{#${name}}} is not closed. Write {{/${name}}} where it ends.`;
  return { kind: "fault", summary, detail };
}

function unclosedTag(text: string): string {
  let start = text.lastIndexOf("{{");
  if (text[start - 1] === "{") start -= 1;
  const closing = text.startsWith("{{{", start) ? "}}}" : "}}";
  return `The tag that begins with "${text.slice(start, start + 30)}" is not closed by ${closing}.`;
}
