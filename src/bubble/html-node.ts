/** One element of HTML as a value: a page makes DOM of it, a document text. */
export interface HtmlNode {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly HtmlChild[];
}

/** A text is always text, whatever is in it; null is nothing. */
export type HtmlChild = HtmlNode | string | null;

/** `class` is the attribute that nearly every element has. */
export function node(
  tag: string,
  attributes: Readonly<Record<string, string>> | string,
  children: readonly HtmlChild[] = [],
): HtmlNode {
  const all = typeof attributes === "string" ? { class: attributes } : attributes;
  return { tag, attributes: all, children };
}

/** An element for a text in any script, written in its own direction; null for an empty one. */
export function textNode(tag: string, className: string, text: string): HtmlNode | null {
  return text === "" ? null : node(tag, { class: className, dir: "auto" }, [text]);
}
