import { hash } from "node:crypto";
import { BUBBLE_CSS } from "../../bubble/bubble-css.ts";
import type { HtmlNode } from "../../bubble/html-node.ts";
import { escapeHtml, htmlText } from "../../bubble/html-text.ts";
import { escapeLine } from "../escape.ts";
import { PAGE_CSS } from "./page-css.ts";

/**
 * The page may run no script, load nothing and send nothing anywhere. It has one style sheet, named
 * by its hash: no other one counts, were it ever to get in.
 */
function policyFor(css: string): string {
  return [
    "default-src 'none'",
    `style-src 'sha256-${hash("sha256", css, "base64")}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/** Elements that begin a line of the source, so that two documents can be compared by line. */
const BLOCK = /<(?=(?:h[1-4]|p|section|details|table|tr|figure|figcaption|li|ul|ol|dl|pre)\b)/g;

/**
 * A document that stands alone: it can be mailed, kept and printed. `body` is all that is in it,
 * `looks` a style sheet of its own beside that of every page.
 * Nothing in it can be taken for a command where it is printed in the log of an Actions job.
 */
export function htmlDocument(title: string, body: readonly HtmlNode[], looks = ""): string {
  const css = `${PAGE_CSS}${BUBBLE_CSS}${looks}`;
  const inert = htmlText(body)
    .replace(/[\r\n\u2028\u2029]/g, (end) => `&#${end.charCodeAt(0)};`)
    .replaceAll("##[", "##&#91;")
    .replace(BLOCK, "\n<");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyFor(css)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(escapeLine(title).replaceAll("##[", "##\\["))}</title>
<style>${css}</style>
</head>
<body>
${inert}
</body>
</html>
`;
}
