import type { Card, MediaFile } from "./bubble.ts";
import { buttonsHtml, type Look, linkHtml } from "./button-html.ts";
import { type HtmlNode, node, textNode } from "./html-node.ts";

/** A part that looks like a card: a frame with rounded corners. */
export function framed(kind: string, children: HtmlNode["children"]): HtmlNode {
  return node("div", `bubble-part bubble-frame bubble-${kind}`, children);
}

const FILE_WORDS = { image: "Image", video: "Video", audio: "Audio", file: "File" } as const;

export function fileHtml({ type, name, url }: MediaFile): HtmlNode {
  const label = { role: "img", "aria-label": `${FILE_WORDS[type]}: ${name}` };
  const place = { class: `bubble-media bubble-${type}-place`, ...label };
  return node("div", url === null ? place : { ...place, title: url }, [
    node("span", { class: "bubble-file-name", dir: "auto" }, [name]),
  ]);
}

export function cardChildren(card: Card, look: Look): HtmlNode["children"] {
  const { title, subtitle, image, url, buttons } = card;
  const heading =
    look.live && url !== null
      ? node("p", "bubble-title", [linkHtml(url, title)])
      : textNode("p", "bubble-title", title);
  return [
    image === null ? null : fileHtml(image),
    heading,
    textNode("p", "bubble-subtitle", subtitle),
    buttonsHtml(buttons, look),
  ];
}
