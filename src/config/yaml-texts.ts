import type * as Yaml from "yaml";
import type { JsonObject, JsonValue } from "../model/json.ts";

/** Where a new YAML text is to stand. */
export interface Setting {
  readonly yaml: typeof Yaml;
  /** Between `{ }` or `[ ]`. */
  readonly inFlow: boolean;
  /** The file's own line end. */
  readonly eol: string;
}

/** The least room that a folded text gets. */
const LEAST_WIDTH = 40;
/** Without it a longer text in double quotes shows its line ends as empty lines. */
const LONGEST = Number.MAX_SAFE_INTEGER;
const ONE_LINE = { lineWidth: 0, doubleQuotedMinMultiLineLength: LONGEST };

interface Before {
  /** As it stood. */
  readonly source: string;
  readonly setting: Setting;
}

/**
 * A scalar in place of `before`, whose source is `source`, from
 * column `column` on (from 0), in the same style where it can be.
 */
export function scalarLike(
  before: Yaml.Scalar,
  value: JsonValue,
  { source, setting, column }: Before & { readonly column: number },
): string {
  const { type } = before;
  const isBlock = type === "BLOCK_LITERAL" || type === "BLOCK_FOLDED";
  // What follows a block begins on a line of its own.
  if (typeof value !== "string") return `${JSON.stringify(value)}${isBlock ? setting.eol : ""}`;
  if (type === "BLOCK_LITERAL" || type === "BLOCK_FOLDED") {
    const text = blockScalar(value, { type, source, setting });
    return text ?? `${quoted(value, "QUOTE_DOUBLE", setting)}${setting.eol}`;
  }
  const own = typeof before.value === "string" && type ? type : "QUOTE_DOUBLE";
  const text = quoted(value, own, setting);
  const isRight = own !== "PLAIN" || readsAs(value, text, setting);
  const kind = isRight ? own : "QUOTE_DOUBLE";
  return source.includes("\n")
    ? foldedQuotes(value, kind, { source, setting, column })
    : isRight
      ? text
      : quoted(value, kind, setting);
}

/** A value on one line. */
export function flowText(value: JsonValue, { yaml }: Setting): string {
  const document = new yaml.Document(value);
  yaml.visit(document, {
    Scalar: (_, scalar) => {
      // Unquoted it would take several lines.
      if (String(scalar.value).includes("\n")) scalar.type = "QUOTE_DOUBLE";
    },
  });
  return document.toString({ ...ONE_LINE, collectionStyle: "flow" }).trimEnd();
}

/** A map's pair or a list's entry as lines of their own, set in by `column` blanks. */
export function blockLines(
  value: JsonObject | readonly JsonValue[],
  column: number,
  { yaml, eol }: Setting,
): string {
  const lines = yaml.stringify(value, ONE_LINE).replace(/\n$/, "").split("\n");
  const pad = " ".repeat(column);
  return lines.map((line) => (line === "" ? eol : `${pad}${line}${eol}`)).join("");
}

function quoted(value: string, type: Yaml.Scalar.Type, { yaml }: Setting): string {
  const scalar = new yaml.Scalar(value);
  // Lines of their own would need the right indent.
  scalar.type = value.includes("\n") ? "QUOTE_DOUBLE" : type;
  return new yaml.Document(scalar).toString(ONE_LINE).trimEnd();
}

/** On as many lines as it takes, no longer than they were and set in as they were. */
function foldedQuotes(
  value: string,
  type: Yaml.Scalar.Type,
  { source, setting, column }: Before & { readonly column: number },
): string {
  const { yaml, eol } = setting;
  const [first = "", ...others] = source.split(/\r?\n/);
  const pad = /^ */.exec(others.find((line) => line.trim() !== "") ?? "")?.[0] ?? "";
  const longest = Math.max(column + first.length, ...others.map((line) => line.length));
  const scalar = new yaml.Scalar(value);
  scalar.type = value.includes("\n") ? "QUOTE_DOUBLE" : type;
  // Further lines begin in column 2 here, and the first one as far from there as in the file.
  const key = "k".repeat(Math.max(1, column - pad.length));
  const width = Math.max(LEAST_WIDTH, longest - pad.length + 2);
  const shape = { lineWidth: width, doubleQuotedMinMultiLineLength: LONGEST };
  const text = new yaml.Document({ [key]: scalar }).toString(shape).trimEnd();
  const lines = text
    .slice(key.length + 1)
    .trimStart()
    .split("\n");
  return lines.map((line, at) => (at === 0 ? line : pad + line.trimStart())).join(eol);
}

function readsAs(value: string, text: string, { yaml, inFlow }: Setting): boolean {
  try {
    const read: unknown = yaml.parse(inFlow ? `[${text}]` : `- a: ${text}\n`);
    return JSON.stringify(read) === JSON.stringify([inFlow ? value : { a: value }]);
  } catch {
    return false;
  }
}

interface Block extends Before {
  readonly type: "BLOCK_LITERAL" | "BLOCK_FOLDED";
}

/** Its header's comment and its indent stay; undefined where no block can hold the value. */
function blockScalar(value: string, { type, source, setting }: Block): string | undefined {
  const { yaml, eol } = setting;
  const [head = "", ...lines] = source.split(/\r?\n/);
  const pad = /^ +/.exec(lines.find((line) => line.trim() !== "") ?? "")?.[0];
  if (pad === undefined || /^[|>][-+]?\d/.test(head) || /^\s|\r/.test(value)) return undefined;
  const scalar = new yaml.Scalar(value);
  scalar.type = type;
  const longest = Math.max(LEAST_WIDTH, ...lines.map((line) => line.length - pad.length));
  const written = new yaml.Document(scalar).toString({ lineWidth: longest });
  const [mark = "", ...content] = written.replace(/\n$/, "").split("\n");
  if (!/^[|>][-+]?$/.test(mark)) return undefined;
  const comment = head.replace(/^[|>][-+]?/, "");
  const set = content.map((line) => (line === "" ? "" : `${pad}${line}`));
  return [`${mark}${comment}`, ...set].map((line) => `${line}${eol}`).join("");
}
