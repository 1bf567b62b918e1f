import type { Button, QuickReply } from "./bubble.ts";
import { type HtmlNode, node } from "./html-node.ts";

/** `live`: links and buttons that can be tapped; otherwise they only look like it. */
export interface Look {
  readonly live: boolean;
}

export function buttonsHtml(buttons: readonly Button[], look: Look): HtmlNode | null {
  if (buttons.length === 0) return null;
  return node(
    "div",
    "bubble-buttons",
    buttons.map((button) => buttonHtml(button, look)),
  );
}

function buttonHtml(button: Button, look: Look): HtmlNode {
  const { title, action, value } = button;
  const attributes = { class: `bubble-button bubble-${action}`, dir: "auto" };
  const tapped = tapHtml(button, look, { attributes, children: [title] });
  if (tapped !== null) return tapped;
  return node("span", value === "" ? attributes : { ...attributes, title: value }, [title]);
}

/**
 * What can be tapped in a live bubble, a postback or an address, around what is drawn; else null.
 * A postback carries what is posted for it in `data-title` and `data-payload`.
 */
export function tapHtml(
  { title, action, value }: Button,
  { live }: Look,
  drawn: Pick<HtmlNode, "attributes" | "children">,
): HtmlNode | null {
  if (live && action === "postback") {
    const posted = { "data-tap": "postback", "data-title": title, "data-payload": value };
    return node("button", { ...drawn.attributes, type: "button", ...posted }, drawn.children);
  }
  if (!live || action !== "url" || !isWebUrl(value)) return null;
  return node("a", { ...drawn.attributes, ...linkTo(value) }, drawn.children);
}

export function linkHtml(url: string, text: string): HtmlNode {
  return node("a", { dir: "auto", ...linkTo(url) }, [text]);
}

/** A link that tells the other side nothing about where it was. */
function linkTo(url: string): Readonly<Record<string, string>> {
  return { href: url, target: "_blank", rel: "noopener noreferrer nofollow" };
}

function isWebUrl(value: string): boolean {
  return /^https?:\/\/\S+$/i.test(value);
}

export function repliesHtml(replies: readonly QuickReply[], look: Look): HtmlNode | null {
  if (replies.length === 0) return null;
  const items = replies.map((reply) => node("li", {}, [replyHtml(reply, look)]));
  return node("ul", { class: "bubble-replies", "aria-label": "Quick replies" }, items);
}

function replyHtml({ title, payload, image, type }: QuickReply, { live }: Look): HtmlNode {
  const look = { class: "bubble-reply", dir: "auto" };
  const icon = image === null ? null : node("span", { class: "bubble-icon", title: image.name });
  if (!live) return node("span", look, [icon, title]);
  const posted = { "data-tap": type, "data-title": title, "data-payload": payload };
  return node("button", { ...look, type: "button", ...posted }, [icon, title]);
}
