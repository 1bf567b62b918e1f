import type { HtmlChild, HtmlNode } from "./html-node.ts";

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const SPECIAL = /[&<>"'\p{Cc}]/u;

/** Elements that have neither children nor an end. */
const VOID = new Set(["br", "hr", "link", "meta", "wbr"]);

/** HTML source; every text and every attribute's value is escaped. */
export function htmlText(children: readonly HtmlChild[]): string {
  return children.map(childText).join("");
}

function childText(child: HtmlChild): string {
  if (child === null) return "";
  return typeof child === "string" ? escapeHtml(child) : elementText(child);
}

function elementText({ tag, attributes, children }: HtmlNode): string {
  const written = Object.entries(attributes).map(([name, value]) => {
    return ` ${name}="${escapeHtml(value)}"`;
  });
  const start = `<${tag}${written.join("")}>`;
  return VOID.has(tag) ? start : `${start}${htmlText(children)}</${tag}>`;
}

/** Control characters that no HTML document may hold become U+FFFD. */
export function escapeHtml(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return text
    .replace(/(?![\t\n\r])\p{Cc}/gu, "\ufffd")
    .replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);
}
