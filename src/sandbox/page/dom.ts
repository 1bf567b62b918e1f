import type { HtmlChild } from "../../bubble/html-node.ts";

/** Makes DOM of a node. Texts become text nodes: nothing that a message holds is ever parsed. */
export function toDom(child: HtmlChild): Node {
  if (child === null) return document.createDocumentFragment();
  if (typeof child === "string") return document.createTextNode(child);
  const element = document.createElement(child.tag);
  for (const [name, value] of Object.entries(child.attributes)) element.setAttribute(name, value);
  element.append(...child.children.map(toDom));
  return element;
}

/** The element of the page with this id and kind; the page is broken when there is none. */
export function byId<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`The page has no ${kind.name} #${id}`);
  return element;
}
