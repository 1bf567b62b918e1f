import { type HtmlChild, type HtmlNode, node } from "../../bubble/html-node.ts";
import { escapeLine } from "../escape.ts";

/** What of a name is shown; what nobody would read does not push the rest off the page. */
const MAX_NAME = 160;

/** Texts of these alone are clean as they are, which nearly all are. */
const PLAIN = /^[\w ,.()/+-]*$/;

/**
 * An element of a page about a plan, a report or a ledger. Texts stay on one line and can hide or
 * reorder nothing. `of`: its classes, or its attributes, which are never made from data.
 */
export function element(
  tag: string,
  of: Readonly<Record<string, string>> | string = "",
  children: readonly HtmlChild[] | string = [],
): HtmlNode {
  const shown = typeof children === "string" ? [children] : children;
  const clean = shown.map((child) =>
    typeof child !== "string" || PLAIN.test(child) ? child : escapeLine(child),
  );
  return node(tag, of === "" ? {} : of, clean);
}

/**
 * A name from files or data: it lends its direction of writing to nothing around it, and breaks
 * after a slash where it has to.
 */
export function named(name: string, tag: "bdi" | "code" = "bdi"): HtmlNode {
  const parts = shortened(name).split(/(?<=\/)/);
  const broken = parts.flatMap((part, n) => (n === 0 ? [part] : [element("wbr"), part]));
  return element(tag, {}, broken);
}

export function shortened(name: string): string {
  const letters = [...name.slice(0, 2 * MAX_NAME)];
  return letters.length <= MAX_NAME ? name : `${letters.slice(0, MAX_NAME - 1).join("")}…`;
}

/** `campaigns/order/shipped.yaml:2`. */
export function placeHtml({ file, line }: { readonly file: string; readonly line: number }) {
  return named(`${file}:${line}`, "code");
}

/** An instant in ISO 8601, to the minute: `2026-12-01 09:30 UTC`. */
export function instantHtml(instant: string): HtmlNode {
  const shown = `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
  return element("time", { datetime: instant.slice(0, 32) }, shown);
}

/** Lines to be copied as they are. */
export function linesHtml(lines: string): HtmlNode {
  const shown = lines.split("\n").map((line) => escapeLine(line));
  return node("pre", "lines", [node("code", {}, [shown.join("\n")])]);
}
