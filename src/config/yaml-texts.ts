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

/** A scalar in place of `before`, whose source is `source`, in the same style where it can be. */
export function scalarLike(
  before: Yaml.Scalar,
  value: JsonValue,
  { source, setting }: { readonly source: string; readonly setting: Setting },
): string {
  if (typeof value !== "string") return JSON.stringify(value);
  const { type } = before;
  if (type === "BLOCK_LITERAL" || type === "BLOCK_FOLDED") {
    const text = blockScalar(value, { type, source, setting });
    // What follows a block begins on a line of its own.
    return text ?? `${quoted(value, "QUOTE_DOUBLE", setting)}${setting.eol}`;
  }
  const own = typeof before.value === "string" && type ? type : "QUOTE_DOUBLE";
  const text = quoted(value, own, setting);
  return own === "PLAIN" && !readsAs(value, text, setting)
    ? quoted(value, "QUOTE_DOUBLE", setting)
    : text;
}

/** A value on one line. */
export function flowText(value: JsonValue, { yaml }: Setting): string {
  return yaml.stringify(value, { collectionStyle: "flow", lineWidth: 0 }).trimEnd();
}

/** A map's pair or a list's entry as lines of their own, set in by `column` blanks. */
export function blockLines(
  value: JsonObject | readonly JsonValue[],
  column: number,
  { yaml, eol }: Setting,
): string {
  const lines = yaml.stringify(value, { lineWidth: 0 }).trimEnd().split("\n");
  const pad = " ".repeat(column);
  return lines.map((line) => (line === "" ? eol : `${pad}${line}${eol}`)).join("");
}

function quoted(value: string, type: Yaml.Scalar.Type, { yaml }: Setting): string {
  const scalar = new yaml.Scalar(value);
  // Lines of their own would need the right indent.
  scalar.type = value.includes("\n") ? "QUOTE_DOUBLE" : type;
  return new yaml.Document(scalar).toString({ lineWidth: 0 }).trimEnd();
}

function readsAs(value: string, text: string, { yaml, inFlow }: Setting): boolean {
  try {
    const read: unknown = yaml.parse(inFlow ? `[${text}]` : `- a: ${text}\n`);
    return JSON.stringify(read) === JSON.stringify([inFlow ? value : { a: value }]);
  } catch {
    return false;
  }
}

interface Block {
  readonly type: "BLOCK_LITERAL" | "BLOCK_FOLDED";
  /** As it stood. */
  readonly source: string;
  readonly setting: Setting;
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
