import { readFileSync } from "node:fs";
import { BUBBLE_CSS } from "../../bubble/bubble-css.ts";
import { type Answer, type Reply, reply } from "../answer.ts";

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};

/** Folders of the built program that a browser may read: the page, and what it imports. */
const FOLDERS = /^(sandbox\/page|bubble|model)\/[a-z-]+\.(?:html|css|js|svg)$/;

/**
 * Nothing but the page's own files, from here; no inline script or style; nobody may frame it. What
 * messages name, images above all, is never fetched.
 */
const HEADERS = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; " +
    "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "cache-control": "no-cache",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

const read = new Map<string, Reply>();

/** `GET /inbox/…`: the page and its parts, as they lie in the built program. */
export function staticFile(path: readonly string[]): Answer {
  const wanted = path.slice(1).join("/") || "sandbox/page/inbox.html";
  if (wanted === "bubble/bubble.css")
    return { ...reply(200, TYPES["css"] ?? "", BUBBLE_CSS), headers: HEADERS };
  const known = read.get(wanted) ?? readPart(wanted);
  if (known === undefined) return reply(404, "text/plain", "The sandbox has no such page");
  read.set(wanted, known);
  return known;
}

function readPart(wanted: string): Reply | undefined {
  if (!FOLDERS.test(wanted)) return undefined;
  try {
    const text = readFileSync(new URL(`../../${wanted}`, import.meta.url), "utf8");
    const type = TYPES[wanted.split(".").at(-1) ?? ""] ?? "text/plain";
    return { ...reply(200, type, text), headers: HEADERS };
  } catch {
    return undefined;
  }
}
